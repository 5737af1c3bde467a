-- Finds out whether this server takes writes, and writes nothing: there is no list under the name.
-- KEYS[1]  a name that nobody uses
-- Returns 0.
return redis.call('RPUSHX', KEYS[1], '')
