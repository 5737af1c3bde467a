using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Eventicat.Accounts;
using Eventicat.Accounts.Storage;
using Eventicat.Gateway.Errors;
using Eventicat.Gateway.Requests;
using Eventicat.Gateway.Usage.Storing;
using Eventicat.Gateway.Usage.Storing.Memory;

namespace Eventicat.Gateway.Usage.Answering;

/// <summary>Answers what accounts do, below <c>/usage</c> of the management listener. Whoever reaches that needs no key.</summary>
internal sealed class UsageEndpoints(RequestDelegate next, IUsageStore store, IAccountReader accounts, IAccountWindows windows)
{
    private const int DefaultUrlKeys = 100;
    private const int DefaultKeys = 1000;

    public async Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            await context.WriteErrorAsync(GatewayErrors.MethodNotAllowed);
            return;
        }

        try
        {
            await (context.Request.Path.Value switch
            {
                "/url-keys" => ListUrlKeysAsync(context),
                "/keys" when store is MemoryUsageStore memory => ListKeysAsync(context, memory),
                "/keys" => next(context),
                { Length: > 1 } path when AccountId.TryParse(path[1..], out var account) => ReadAccountAsync(context, account),
                _ => next(context),
            });
        }
        catch (Exception exception) when (exception is UsageStoreUnavailableException or AccountStoreUnavailableException)
        {
            await context.WriteErrorAsync(GatewayErrors.UsageUnavailable);
        }
    }

    private async Task ReadAccountAsync(HttpContext context, AccountId id)
    {
        if (await accounts.FindAsync(id, context.RequestAborted) is not { Account: var account })
        {
            await next(context);
            return;
        }

        var window = windows.PeekAsync(account, context.RequestAborted);
        var history = await store.ReadAsync(id, context.RequestAborted);
        await WriteAsync(context, AccountUsageBody.Of(id.ToString(), await window, history), UsageJson.Default.AccountUsageBody);
    }

    private async Task ListUrlKeysAsync(HttpContext context)
    {
        UrlKeyUse? after = null;
        if (!UsageQuery.TryReadNumber(context.Request, "limit", DefaultUrlKeys, 1, UsageQuery.MaxLimit, out var limit)
            || (UsageQuery.ReadCursor(context.Request) is { } cursor && !UsageCursor.TryRead(cursor, out after)))
        {
            await context.WriteErrorAsync(GatewayErrors.MalformedRequest);
            return;
        }

        // One more than asked for tells whether there are more.
        var uses = await store.ListUrlKeysAsync(after, (int)limit + 1, context.RequestAborted);
        var page = uses.Take((int)limit).ToList();
        await WriteAsync(
            context,
            new UrlKeysBody(page.Select(use => new UrlKeyBody(use.Account.ToString(), use.Count, use.Last)), uses.Count > limit ? UsageCursor.Of(page[^1]) : null),
            UsageJson.Default.UrlKeysBody);
    }

    private static async Task ListKeysAsync(HttpContext context, MemoryUsageStore memory)
    {
        KeyUse? after = null;
        if (!UsageQuery.TryReadNumber(context.Request, "limit", DefaultKeys, 1, UsageQuery.MaxLimit, out var limit)
            || !UsageQuery.TryReadNumber(context.Request, "since", 0, 0, long.MaxValue, out var since)
            || (UsageQuery.ReadCursor(context.Request) is { } cursor && !UsageCursor.TryRead(cursor, out after)))
        {
            await context.WriteErrorAsync(GatewayErrors.MalformedRequest);
            return;
        }

        var uses = memory.ListKeys(since, after, (int)limit + 1);
        var page = uses.Take((int)limit).ToList();
        await WriteAsync(
            context,
            new KeysBody(page.Select(use => new KeyBody(use.Account.ToString(), use.Key.ToString(), use.Last)), uses.Count > limit ? UsageCursor.Of(page[^1]) : null),
            UsageJson.Default.KeysBody);
    }

    private static Task WriteAsync<T>(HttpContext context, T body, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return JsonSerializer.SerializeAsync(context.Response.Body, body, type, context.RequestAborted);
    }
}

/// <summary>The query parameters of lists.</summary>
internal static class UsageQuery
{
    public const int MaxLimit = 1000;

    /// <returns><c>false</c>: there, and not a number from <paramref name="min"/> to <paramref name="max"/>.</returns>
    public static bool TryReadNumber(HttpRequest request, string name, long missing, long min, long max, out long value)
    {
        value = missing;
        return request.Query[name] is var given && (given.Count == 0
            || (long.TryParse(given.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= min && value <= max));
    }

    public static string? ReadCursor(HttpRequest request) => request.Query["after"].ToString() is { Length: > 0 } text ? text : null;
}
