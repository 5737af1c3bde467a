-- Removes a hint whose account's record no longer names it, unless somebody has claimed it again.
-- KEYS[1]  the hint
-- ARGV[1]  its value before the record was changed
-- Returns the number of removed hints.
if redis.call('GET', KEYS[1]) == ARGV[1] then
  return redis.call('DEL', KEYS[1])
end
return 0
