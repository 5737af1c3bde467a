-- Removes a record and its entry in the index.
-- KEYS[1]  the record's hash
-- KEYS[2]  the ordered index of its kind
-- ARGV[1]  the record's id
-- Returns the number of removed records.
redis.call('ZREM', KEYS[2], ARGV[1])
return redis.call('DEL', KEYS[1])
