using Eventicat.Control.Tests.TestSupport;

namespace Eventicat.Control.Tests.Storage;

public sealed class SqliteRecordStoreTests() : RecordStoreContract(ControlPlace.OfSqlite());
