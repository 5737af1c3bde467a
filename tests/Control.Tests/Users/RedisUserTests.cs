using Eventicat.Control.Tests.TestSupport;
using Eventicat.TestSupport.Redis;

namespace Eventicat.Control.Tests.Users;

public sealed class RedisUserTests(RedisFixture redis) : UserContract(ControlPlace.OfRedis(redis));
