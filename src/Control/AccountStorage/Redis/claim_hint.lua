-- Claims a key digest or an aggregator id for an account, before the account's record names it.
-- KEYS[1]  the hint
-- ARGV[1]  the account
-- ARGV[2]  the hint's value that the caller found to be dangling, or ''
-- ARGV[3]  microseconds for which another account's claim is safe, since its record may be about to be written
-- Returns {1, the claim's time in microseconds} or {0, the value that stands in the way}.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local held = redis.call('GET', KEYS[1])
if held then
  local holder, since = string.match(held, '^(%S+) (%d+)$')
  local dangling = held == ARGV[2] and now - (tonumber(since) or 0) >= tonumber(ARGV[3])
  if holder ~= ARGV[1] and not dangling then
    return {0, held}
  end
end
local claimed = string.format('%.0f', now)
redis.call('SET', KEYS[1], ARGV[1] .. ' ' .. claimed)
return {1, claimed}
