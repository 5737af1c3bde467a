using System.Text.Json.Serialization;

namespace Eventicat.Accounts.Storage.Documents;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(DocumentJson))]
internal sealed partial class AccountJsonContext : JsonSerializerContext;
