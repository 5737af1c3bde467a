using Eventicat.Accounts;
using Eventicat.Control.KeyUse;
using Eventicat.Control.Operations;
using Eventicat.Dashboard.Admin.ApiDocument;
using Eventicat.Dashboard.Admin.Requests;

namespace Eventicat.Dashboard.Admin.Keys;

internal static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder admin)
    {
        var keys = admin.MapGroup("/accounts/{account}/keys").WithTags("Keys");
        keys.MapGet("", ListAsync).Describe("List an account's keys", "Includes revoked and expired keys.")
            .Answers<KeyListBody>(200, KeyListBody.Example).Refuses(404);
        keys.MapPost("", CreateAsync).Describe("Make a key", "The key is in this answer and nowhere else.")
            .Takes(NewKeyRequest.Example).Answers<NewKeyBody>(201, NewKeyBody.Example).Refuses(400, 404).Idempotent().HonoursIfMatch();
        keys.MapPost("/import", ImportAsync).Describe("Import an existing key", "The key keeps working. Only its digest is kept.")
            .Takes(ImportKeyRequest.Example).Answers<KeyBody>(201, KeyBody.Example).Refuses(400, 404, 409).Idempotent().HonoursIfMatch();
        keys.MapPost("/{key}/regenerate", RegenerateAsync).Describe("Replace a key", "The new key has the same name and scopes. The old key ends after the grace, or at once without one.")
            .Takes(RegenerateKeyRequest.Example).Answers<NewKeyBody>(201, NewKeyBody.Example).Refuses(400, 404, 409).Idempotent().HonoursIfMatch();
        keys.MapDelete("/{key}", RevokeAsync).Describe("Revoke a key", "The key ends at once. Revoking it again changes nothing.")
            .Answers(204).Refuses(404).HonoursIfMatch();
    }

    private static async Task<Answer> ListAsync(
        AccountId account, AccountOperations accounts, IKeyUse keyUse, CancellationToken cancellationToken)
    {
        var found = await accounts.FindAsync(account, cancellationToken);
        if (!found.Succeeded)
        {
            return Answer.Denied(found.Denial);
        }

        var used = await keyUse.ReadAsync(account, cancellationToken);
        return new(StatusCodes.Status200OK, new KeyListBody(found.Value.Keys.Select(
            key => KeyBody.Of(key, used.TryGetValue(key.Id, out var last) ? last : null))));
    }

    private static async Task<Answer> CreateAsync(
        AdminCall call, AccountId account, JsonBody<NewKeyRequest> body, KeyOperations keys, CancellationToken cancellationToken) =>
        Made(account, await keys.CreateAsync(call.Operation, account, body.Value.ToSettings(), cancellationToken));

    private static async Task<Answer> ImportAsync(
        AdminCall call, AccountId account, JsonBody<ImportKeyRequest> body, KeyOperations keys, CancellationToken cancellationToken)
    {
        KeyId? id = null;
        if (body.Value.Id is { } text)
        {
            if (!KeyId.TryParse(text, out var chosen))
            {
                return Answer.InvalidId("id");
            }

            id = chosen;
        }

        var imported = await keys.ImportAsync(call.Operation, account, body.Value.Key, id, body.Value.ToSettings(), cancellationToken);
        return Answer.Of(imported, made => KeyBody.Of(made.Key), StatusCodes.Status201Created);
    }

    private static async Task<Answer> RegenerateAsync(
        AdminCall call, AccountId account, KeyId key, JsonBody<RegenerateKeyRequest> body, KeyOperations keys, CancellationToken cancellationToken) =>
        Made(account, await keys.RegenerateAsync(call.Operation, account, key, body.Value.Grace, cancellationToken));

    private static async Task<Answer> RevokeAsync(
        AdminCall call, AccountId account, KeyId key, KeyOperations keys, CancellationToken cancellationToken) =>
        Answer.NoContent(await keys.RevokeAsync(call.Operation, account, key, cancellationToken));

    private static Answer Made(AccountId account, OperationResult<NewKey> result) =>
        Answer.Of(result, made => NewKeyBody.Of(account, made), StatusCodes.Status201Created);
}
