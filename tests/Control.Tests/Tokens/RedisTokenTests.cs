using Eventicat.Control.Tests.TestSupport;
using Eventicat.TestSupport.Redis;

namespace Eventicat.Control.Tests.Tokens;

public sealed class RedisTokenTests(RedisFixture redis) : TokenContract(ControlPlace.OfRedis(redis));
