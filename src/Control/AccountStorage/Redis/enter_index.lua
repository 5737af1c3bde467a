-- Puts accounts into the index of all accounts, before their records are written.
-- KEYS[1]  the index, a sorted set with the score 0
-- KEYS[2]  hash of the accounts that are about to leave the index
-- ARGV     the accounts
-- Returns the time in microseconds.
local leaving = redis.call('EXISTS', KEYS[2]) == 1
for _, account in ipairs(ARGV) do
  if leaving then
    redis.call('HDEL', KEYS[2], account)
  end
  redis.call('ZADD', KEYS[1], 0, account)
end
local time = redis.call('TIME')
return string.format('%.0f', tonumber(time[1]) * 1000000 + tonumber(time[2]))
