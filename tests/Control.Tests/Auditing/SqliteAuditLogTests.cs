using Eventicat.Control.Tests.TestSupport;

namespace Eventicat.Control.Tests.Auditing;

public sealed class SqliteAuditLogTests() : AuditLogContract(ControlPlace.OfSqlite());
