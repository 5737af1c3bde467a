-- Appends an entry to the log of all entries and, where it is about one, to that of its account.
-- KEYS[1]  the counter that numbers entries
-- KEYS[2]  the sorted set of all entries, by their numbers
-- KEYS[3]  that of the account's, may be missing
-- ARGV[1]  how many entries the log of all keeps
-- ARGV[2]  how many entries an account's log keeps
-- ARGV[3]  the entry
local number = string.format('%.0f', redis.call('INCR', KEYS[1]))
local member = number .. ':' .. ARGV[3]
for i = 2, #KEYS do
  redis.call('ZADD', KEYS[i], number, member)
  redis.call('ZREMRANGEBYRANK', KEYS[i], 0, -1 - tonumber(ARGV[i - 1]))
end
return 1
