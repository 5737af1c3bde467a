-- Decides on permits of one account, exactly: in any window, wherever it is placed, at most `permits` are granted.
--
-- KEYS[1]  the account's log: a LIST of grant times in microseconds of this server's clock, oldest first
-- KEYS[2]  the account's record: a HASH whose field `epoch` names its version; in the same slot as the log
-- ARGV[1]  permits     ARGV[2]  window in microseconds     ARGV[3]  how many are asked for
-- ARGV[4]  '1': grant as many as there are; '0': all or nothing
-- ARGV[5]  the epoch the caller decided on, or '' for a caller whose accounts live elsewhere
-- ARGV[6…] pairs, oldest first: how many microseconds ago the caller granted permits by itself, and how many. They are
--          entered before the decision, as granted at max(TIME - age, last entry); the log may then exceed `permits`
--
-- Who asks for nothing takes nothing out of the log: the window may be one that is not in force, or not any longer.
-- Where nothing is told either, nothing is written.
--
-- Returns { granted, in use, now, reset at, retry at }, times in microseconds; granted is -1, and nothing was spent,
-- when the account has another epoch. `reset at` is when one more permit is free than now, `retry at` when the refused
-- request would be granted; both are 0 when they have no meaning.

local log = KEYS[1]
local permits, window, asked = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])

if ARGV[5] ~= '' and (redis.call('HGET', KEYS[2], 'epoch') or '') ~= ARGV[5] then
  return { -1, 0, 0, 0, 0 }
end

local function at(index)
  return tonumber(redis.call('LINDEX', log, index))
end

local function append(times)
  for first = 1, #times, 1000 do
    redis.call('RPUSH', log, unpack(times, first, math.min(first + 999, #times)))
  end
end

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local count = redis.call('LLEN', log)
-- By how much the log's times are to be read as earlier, where it ought to be moved and is not to be written.
local unmoved = 0

if count > 0 then
  local ahead = at(-1) - now
  if ahead > 1000000 and asked > 0 then
    -- The clock was set back. The log moves with it, newest entry to now: every entry looks at most as old as it is,
    -- so nothing is granted too early, and nobody waits longer than one window.
    local moved = redis.call('LRANGE', log, 0, -1)
    for i = 1, count do
      moved[i] = string.format('%.0f', tonumber(moved[i]) - ahead)
    end
    redis.call('DEL', log)
    append(moved)
    redis.call('PEXPIRE', log, math.ceil(window / 1000))
  elseif ahead > 0 then
    now = now + ahead
    if ahead > 1000000 then
      unmoved = ahead
    end
  end
end

local cutoff, first = now - window, 0
if count > 0 and at(0) <= cutoff then
  local expired, live = 0, count
  while live - expired > 1 do
    local middle = math.floor((expired + live) / 2)
    if at(middle) <= cutoff then expired = middle else live = middle end
  end
  count = count - live
  if asked == 0 then
    first = live
  elseif count == 0 then
    redis.call('DEL', log)
  else
    redis.call('LTRIM', log, live, -1)
  end
end

local is_told = #ARGV > 5
if is_told then
  local last, stamps = first + count > 0 and at(-1) or 0, {}
  for i = 6, #ARGV, 2 do
    local granted_at = tonumber(time[1]) * 1000000 + tonumber(time[2]) + unmoved - tonumber(ARGV[i])
    if granted_at > cutoff then
      last = math.max(granted_at, last)
      for _ = 1, tonumber(ARGV[i + 1]) do
        stamps[#stamps + 1] = string.format('%.0f', last)
      end
    end
  end
  append(stamps)
  count = count + #stamps
end

local granted = math.max(0, math.min(asked, permits - count))
if granted < asked and ARGV[4] ~= '1' then
  granted = 0
end

if granted > 0 then
  local stamp, stamps = string.format('%.0f', now), {}
  for i = 1, granted do
    stamps[i] = stamp
  end
  append(stamps)
  redis.call('PEXPIRE', log, math.ceil(window / 1000))
  count = count + granted
elseif count > 0 and (asked > 0 or is_told) then
  -- A window that was lengthened must outlive the log's old expiry, and a log that was just begun has none.
  local needed = math.ceil((at(-1) + window - now) / 1000)
  if redis.call('PTTL', log) < needed then
    redis.call('PEXPIRE', log, needed)
  end
end

local function leaves(index)
  if index < 0 or index >= count then
    return 0
  end
  return at(first + index) + window - unmoved
end

local retry = 0
if granted < asked then
  -- Partial grants leave single requests waiting: the first of them needs one permit.
  local needed = asked
  if ARGV[4] == '1' then
    needed = 1
  end
  retry = leaves(count + needed - permits - 1)
end
return { granted, count, now - unmoved, leaves(math.max(0, count - permits)), retry }
