-- Looks at the log that sliding_window.lua keeps, by the same rules, and writes nothing.
--
-- KEYS[1]  the account's log: a LIST of grant times in microseconds of this server's clock, oldest first
-- ARGV[1]  permits     ARGV[2]  window in microseconds
--
-- Returns { in use, reset at }: how many grants count at present, and the time in microseconds at which one more permit
-- is free than now, or now when none is in use.

local log = KEYS[1]
local permits, window = tonumber(ARGV[1]), tonumber(ARGV[2])

local function at(index)
  return tonumber(redis.call('LINDEX', log, index))
end

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local length = redis.call('LLEN', log)
if length == 0 then
  return { 0, now }
end

-- Entries ahead of the clock: by more than a second they would be moved back by that much, by less time would be.
local ahead = math.max(0, at(-1) - now)
local moved = 0
if ahead > 1000000 then
  moved = ahead
end

local cutoff = now + ahead - window
if at(-1) <= cutoff then
  return { 0, now }
end

local first = 0
if at(0) <= cutoff then
  local expired, live = 0, length - 1
  while live - expired > 1 do
    local middle = math.floor((expired + live) / 2)
    if at(middle) <= cutoff then expired = middle else live = middle end
  end
  first = live
end

local used = length - first
return { used, at(first + math.max(0, used - permits)) + window - moved }
