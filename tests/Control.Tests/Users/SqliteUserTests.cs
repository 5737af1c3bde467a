using Eventicat.Control.Tests.TestSupport;

namespace Eventicat.Control.Tests.Users;

public sealed class SqliteUserTests() : UserContract(ControlPlace.OfSqlite());
