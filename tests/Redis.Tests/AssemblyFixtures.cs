using Eventicat.TestSupport.Redis;

[assembly: AssemblyFixture(typeof(RedisFixture))]
