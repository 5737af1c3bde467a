-- Finds out whether this server takes writes, and permits this user what is needed, and writes nothing: there is no
-- list under the name, and of the commands it is only asked whether they would be permitted (from Redis 7.0 on).
-- KEYS[1]  a name that nobody uses
-- ARGV     the commands, each as the number of its words and these; their keys need not be on this server
-- Returns 0.
local first = 1
while redis.acl_check_cmd and first <= #ARGV do
  local last = first + tonumber(ARGV[first])
  if not redis.acl_check_cmd(unpack(ARGV, first + 1, last)) then
    return redis.error_reply('NOPERM This user has no permissions to run ' .. ARGV[first + 1])
  end
  first = last + 1
end
return redis.call('RPUSHX', KEYS[1], '')
