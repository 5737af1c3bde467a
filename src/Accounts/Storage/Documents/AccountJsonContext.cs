using System.Text.Json.Serialization;
using Eventicat.Hosting.Formats;

namespace Eventicat.Accounts.Storage.Documents;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    Converters = [typeof(Rfc3339Converter)],
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(DocumentJson))]
internal sealed partial class AccountJsonContext : JsonSerializerContext;
