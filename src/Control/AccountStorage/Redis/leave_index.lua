-- Takes an account out of the index after its record was deleted, unless somebody has put it in again meanwhile.
-- KEYS[1]  the index
-- KEYS[2]  hash of the accounts that are about to leave the index
-- ARGV[1]  the account
-- ARGV[2]  what the hash says of it if nobody did
-- Returns the number of removed entries.
if redis.call('HGET', KEYS[2], ARGV[1]) ~= ARGV[2] then
  return 0
end
redis.call('HDEL', KEYS[2], ARGV[1])
return redis.call('ZREM', KEYS[1], ARGV[1])
