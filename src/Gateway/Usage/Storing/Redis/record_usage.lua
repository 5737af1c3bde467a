-- Adds what one account did within one minute.
--
-- KEYS[1]  the minutes of an hour: a HASH of counts, fields `MM:NAME`
-- KEYS[2]  the hours of a day: a HASH of counts, fields `HH:NAME`
-- KEYS[3]  when each key was last used: a HASH of Unix seconds by key id; in the same slot as the others
-- ARGV[1]  the minute, 'MM'     ARGV[2]  the hour, 'HH'
-- ARGV[3], ARGV[4]  the Unix seconds at which KEYS[1] and KEYS[2] expire     ARGV[5]  seconds that KEYS[3] lives on
-- ARGV[6]  how many counts follow, each a name and a number; then key ids, each with its last use
local counts = tonumber(ARGV[6])
for i = 7, 5 + 2 * counts, 2 do
  redis.call('HINCRBY', KEYS[1], ARGV[1] .. ':' .. ARGV[i], ARGV[i + 1])
  redis.call('HINCRBY', KEYS[2], ARGV[2] .. ':' .. ARGV[i], ARGV[i + 1])
end
redis.call('EXPIREAT', KEYS[1], ARGV[3])
redis.call('EXPIREAT', KEYS[2], ARGV[4])
for i = 7 + 2 * counts, #ARGV, 2 do
  if tonumber(redis.call('HGET', KEYS[3], ARGV[i]) or '0') < tonumber(ARGV[i + 1]) then
    redis.call('HSET', KEYS[3], ARGV[i], ARGV[i + 1])
  end
end
redis.call('EXPIRE', KEYS[3], ARGV[5])
return 1
