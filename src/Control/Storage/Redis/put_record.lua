-- Stores a record if it is still the one that the caller has read.
-- KEYS[1]  the record's hash
-- KEYS[2]  the ordered index of its kind
-- ARGV[1]  the version that the caller has read; '0': there must be no record
-- ARGV[2]  the new content
-- ARGV[3]  the record's id
-- ARGV[4]  unix time in milliseconds at which it expires; '0': never, and then it is listed
-- Returns 1 when it was stored.
local version = redis.call('HGET', KEYS[1], 'version') or '0'
if version ~= ARGV[1] then
  return 0
end
redis.call('HSET', KEYS[1], 'version', string.format('%.0f', tonumber(version) + 1), 'json', ARGV[2])
if ARGV[4] == '0' then
  redis.call('PERSIST', KEYS[1])
  redis.call('ZADD', KEYS[2], 0, ARGV[3])
else
  redis.call('PEXPIREAT', KEYS[1], ARGV[4])
  redis.call('ZREM', KEYS[2], ARGV[3])
end
return 1
