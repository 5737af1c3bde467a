-- Appends an entry to the stream of all entries and, where it is about one, to that of its account.
-- KEYS[1]  the stream of all
-- KEYS[2]  the account's stream, may be missing
-- ARGV[1]  how many entries the stream of all keeps, about
-- ARGV[2]  how many entries an account's stream keeps, about
-- ARGV[3]  the entry
redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*', 'entry', ARGV[3])
if KEYS[2] then
  redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[2], '*', 'entry', ARGV[3])
end
return 1
