using System.Text.Json;
using System.Text.Json.Serialization;
using Eventicat.Accounts;
using Eventicat.Control.Storage;

namespace Eventicat.Control.Users;

/// <summary>A user as it is stored.</summary>
internal sealed record UserJson(
    UserRole Role,
    string? Account,
    DateTimeOffset Created,
    DateTimeOffset? LastSignIn,
    string? PasswordHash,
    string SecurityStamp,
    int FailedSignIns,
    DateTimeOffset? LockoutEnd,
    InvitationRecord? Invitation)
{
    public static string Write(User user) => JsonSerializer.Serialize(
        new UserJson(
            user.Role, user.Account?.ToString(), user.Created, user.LastSignIn, user.PasswordHash, user.SecurityStamp,
            user.FailedSignIns, user.LockoutEnd, user.Invitation),
        UserJsonContext.Default.UserJson);

    public static User Read(StoredRecord record)
    {
        var json = JsonSerializer.Deserialize(record.Json, UserJsonContext.Default.UserJson)!;
        return new User
        {
            Name = UserName.Parse(record.Id),
            Role = json.Role,
            Account = AccountId.TryParse(json.Account, out var account) ? account : null,
            Created = json.Created,
            LastSignIn = json.LastSignIn,
            PasswordHash = json.PasswordHash,
            SecurityStamp = json.SecurityStamp,
            FailedSignIns = json.FailedSignIns,
            LockoutEnd = json.LockoutEnd,
            Invitation = json.Invitation,
            Version = record.Version,
        };
    }
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(UserJson))]
internal sealed partial class UserJsonContext : JsonSerializerContext;
