-- Replaces an account's record, if it is still the one that the caller has read.
-- KEYS[1]  the account's hash
-- ARGV[1]  the version that the caller has read: the epoch, or else the trace of a deleted account, or else '0'
-- ARGV[2]  the new document; '': the account shall not exist
-- ARGV[3]  the time in microseconds after which the caller's claims are no longer safe; '0': it has none
-- ARGV[4]  milliseconds for which a deleted account leaves a trace
-- Returns the new epoch, or '' when nothing was changed.
local epoch = redis.call('HGET', KEYS[1], 'epoch')
local version = epoch or redis.call('HGET', KEYS[1], 'gone') or '0'
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
if version ~= ARGV[1] or (ARGV[3] ~= '0' and now > tonumber(ARGV[3])) then
  return ''
end
-- Of the clock, so that an account that is deleted and created again does not repeat an epoch.
local changed = string.format('%.0f', math.max(tonumber(version) + 1, now))
if ARGV[2] == '' then
  -- The trace stops a writer that found no account before this one was created: to it, nothing seems to have happened.
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], 'gone', changed)
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
else
  if not epoch then
    -- With its expiry, which would end the new account as well.
    redis.call('DEL', KEYS[1])
  end
  redis.call('HSET', KEYS[1], 'doc', ARGV[2], 'epoch', changed)
end
return changed
