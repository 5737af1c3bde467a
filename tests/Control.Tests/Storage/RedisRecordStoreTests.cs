using Eventicat.Control.Tests.TestSupport;
using Eventicat.TestSupport.Redis;

namespace Eventicat.Control.Tests.Storage;

public sealed class RedisRecordStoreTests(RedisFixture redis) : RecordStoreContract(ControlPlace.OfRedis(redis));
