using System.Text.Json;
using System.Text.Json.Serialization;

namespace Eventicat.Control.Tokens;

/// <summary>What is kept of an operator token: everything but the token.</summary>
/// <param name="Id">The public part.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Sha256">Of the token, in hexadecimal digits.</param>
/// <param name="Created">When.</param>
/// <param name="Expires">The first moment at which it no longer works; <c>null</c> for never.</param>
/// <param name="Used">When last, to the hour.</param>
public sealed record TokenRecord(
    string Id, string Name, string Sha256, DateTimeOffset Created, DateTimeOffset? Expires, DateTimeOffset? Used)
{
    internal string Write() => JsonSerializer.Serialize(this, TokenJsonContext.Default.TokenRecord);

    internal static TokenRecord Read(string json) => JsonSerializer.Deserialize(json, TokenJsonContext.Default.TokenRecord)!;
}

[JsonSerializable(typeof(TokenRecord))]
internal sealed partial class TokenJsonContext : JsonSerializerContext;

/// <summary>A token that has just been made. <paramref name="Secret"/> exists here only: it is shown once and then gone.</summary>
public sealed record NewToken(TokenRecord Record, OperatorToken Secret);
