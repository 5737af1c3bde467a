-- Replaces an account's record, if it is still the one that the caller has read.
-- KEYS[1]  the account's hash
-- ARGV[1]  the epoch that the caller has read; '0': the account must not exist
-- ARGV[2]  the new document; '': the account shall not exist
-- ARGV[3]  the time in microseconds after which the caller's claims are no longer safe; '0': it has none
-- Returns the new epoch, or '' when nothing was changed.
local epoch = redis.call('HGET', KEYS[1], 'epoch') or '0'
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
if epoch ~= ARGV[1] or (ARGV[3] ~= '0' and now > tonumber(ARGV[3])) then
  return ''
end
-- Of the clock, so that an account that is deleted and created again does not repeat an epoch.
local changed = string.format('%.0f', math.max(tonumber(epoch) + 1, now))
if ARGV[2] == '' then
  redis.call('DEL', KEYS[1])
else
  redis.call('HSET', KEYS[1], 'doc', ARGV[2], 'epoch', changed)
end
return changed
