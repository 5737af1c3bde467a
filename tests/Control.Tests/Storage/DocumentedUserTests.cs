using Eventicat.Control.Tests.Auditing;
using Eventicat.Control.Tests.TestSupport;
using Eventicat.Control.Tests.Tokens;
using Eventicat.Control.Tests.Users;
using Eventicat.TestSupport.Redis;

namespace Eventicat.Control.Tests.Storage;

public sealed class DocumentedUserRecordTests(RedisFixture redis) : RecordStoreContract(ControlPlace.OfDashboardsUser(redis));

public sealed class DocumentedUserAuditTests(RedisFixture redis) : AuditLogContract(ControlPlace.OfDashboardsUser(redis));

public sealed class DocumentedUserTokenTests(RedisFixture redis) : TokenContract(ControlPlace.OfDashboardsUser(redis));

public sealed class DocumentedUserUserTests(RedisFixture redis) : UserContract(ControlPlace.OfDashboardsUser(redis));
