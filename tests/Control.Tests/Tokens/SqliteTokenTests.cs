using Eventicat.Control.Tests.TestSupport;

namespace Eventicat.Control.Tests.Tokens;

public sealed class SqliteTokenTests() : TokenContract(ControlPlace.OfSqlite());
