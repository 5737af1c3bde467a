using Microsoft.Data.Sqlite;

namespace Eventicat.EndToEnd.Tests.Sink;

/// <summary>What is in the database, read beside the sink and without repairing anything for it.</summary>
internal static class StoredRows
{
    /// <summary>Every row in commit order.</summary>
    public static List<(string RequestId, string Id, string Name)> Read(string folder)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "data", "events.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var check = new SqliteCommand("PRAGMA integrity_check", connection);
        Assert.Equal("ok", check.ExecuteScalar());
        using var command = new SqliteCommand("SELECT request_id, id, name FROM event ORDER BY seq", connection);
        using var row = command.ExecuteReader();
        var rows = new List<(string, string, string)>();
        while (row.Read())
        {
            rows.Add((row.GetString(0), row.GetString(1), row.GetString(2)));
        }

        return rows;
    }

    /// <summary>Every acknowledged event is there exactly once, as its receipt says, and nothing else is.</summary>
    public static void ShouldBeExactly(string folder, IEnumerable<SentEvent> acknowledged)
    {
        var rows = Read(folder);
        Assert.Equal(
            acknowledged.Select(item => (item.RequestId, item.Id!, item.Name)).Order(),
            rows.Order());
        Assert.Equal(rows.Select(row => row.Id).Order(StringComparer.Ordinal), rows.Select(row => row.Id));
    }
}
