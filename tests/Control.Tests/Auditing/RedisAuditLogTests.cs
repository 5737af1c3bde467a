using Eventicat.Control.Tests.TestSupport;
using Eventicat.TestSupport.Redis;

namespace Eventicat.Control.Tests.Auditing;

public sealed class RedisAuditLogTests(RedisFixture redis) : AuditLogContract(ControlPlace.OfRedis(redis));
