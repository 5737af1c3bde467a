namespace Eventicat.Gateway.Errors;

/// <summary>The catalogue: every answer that the gateway gives itself. Texts are public and say nothing of the inside.</summary>
internal static class GatewayErrors
{
    public static readonly GatewayError MalformedQuery = new() { Name = "malformed_query", Status = 400, Message = "Malformed query", EndsConnection = true };
    public static readonly GatewayError MalformedRequest = new() { Name = "malformed_request", Status = 400, Message = "Malformed request", EndsConnection = true };
    public static readonly GatewayError AmbiguousAggregator = new() { Name = "ambiguous_aggregator", Status = 400, Message = "Parameter _id given more than once" };

    /// <summary>Missing, malformed, unknown, revoked, expired, disabled: one answer, so that none can be told apart.</summary>
    public static readonly GatewayError InvalidApiKey = new() { Name = "invalid_api_key", Status = 401, Message = "Invalid API key" };

    /// <summary>To the client the same as <see cref="InvalidApiKey"/>; only the log tells them apart.</summary>
    public static readonly GatewayError UrlKeyRefused = new() { Name = "url_key_refused", Status = 401, Message = InvalidApiKey.Message };

    public static readonly GatewayError MissingScope = new() { Name = "missing_scope", Status = 403, Message = "API key lacks the scope for this request" };
    public static readonly GatewayError UrlKeyOnRead = new() { Name = "url_key_on_read", Status = 403, Message = "Reading needs the API key in the Authorization header" };
    public static readonly GatewayError HttpsRequired = new() { Name = "https_required", Status = 403, Message = "HTTPS required" };
    public static readonly GatewayError UpgradeNotAllowed = new() { Name = "upgrade_not_allowed", Status = 403, Message = "Upgrade not allowed" };
    public static readonly GatewayError NotFound = new() { Name = "not_found", Status = 404, Message = "Not found" };

    /// <summary>Missing, empty, unknown, another account's: one answer, so that ids cannot be probed.</summary>
    public static readonly GatewayError InvalidAggregator = new() { Name = "invalid_aggregator", Status = 404, Message = "Invalid aggregator" };

    public static readonly GatewayError MethodNotAllowed = new() { Name = "method_not_allowed", Status = 405, Message = "Method not allowed" };
    public static readonly GatewayError RequestTimeout = new() { Name = "request_timeout", Status = 408, Message = "Request body too slow" };
    public static readonly GatewayError PayloadTooLarge = new() { Name = "payload_too_large", Status = 413, Message = "Payload too large", EndsConnection = true };
    public static readonly GatewayError UriTooLong = new() { Name = "uri_too_long", Status = 414, Message = "URI too long" };
    public static readonly GatewayError HeadersTooLarge = new() { Name = "headers_too_large", Status = 431, Message = "Request header fields too large" };

    /// <summary>Its body has members of its own; <c>RateLimiting</c> writes it.</summary>
    public static readonly GatewayError RateLimitExceeded = new() { Name = "rate_limit_exceeded", Status = 429, Message = "Rate limit exceeded" };

    /// <summary>Says nothing of the key, which was not looked at; belongs to an address, not to an account.</summary>
    public static readonly GatewayError TooManyFailedAttempts = new() { Name = "too_many_failed_attempts", Status = 429, Message = "Too many failed attempts", RetryAfterSeconds = 1 };

    public static readonly GatewayError Internal = new() { Name = "internal", Status = 500, Message = "Internal error" };
    public static readonly GatewayError BackendUnreachable = new() { Name = "backend_unreachable", Status = 502, Message = "Backend unreachable", RetryAfterSeconds = 1 };
    public static readonly GatewayError BackendEndedRequest = new() { Name = "backend_ended_request", Status = 502, Message = "Backend ended the request", RetryAfterSeconds = 1 };
    public static readonly GatewayError InvalidBackendResponse = new() { Name = "invalid_backend_response", Status = 502, Message = "Invalid backend response", RetryAfterSeconds = 1 };
    public static readonly GatewayError NoBackend = new() { Name = "no_backend", Status = 503, Message = "No backend available", RetryAfterSeconds = 1 };
    public static readonly GatewayError AuthenticationUnavailable = new() { Name = "authentication_unavailable", Status = 503, Message = "Authentication unavailable", RetryAfterSeconds = 1 };
    public static readonly GatewayError RateLimiterUnavailable = new() { Name = "rate_limiter_unavailable", Status = 503, Message = "Rate limiter unavailable", RetryAfterSeconds = 1 };
    /// <summary>On the management listener only.</summary>
    public static readonly GatewayError UsageUnavailable = new() { Name = "usage_unavailable", Status = 503, Message = "Usage unavailable", RetryAfterSeconds = 1 };

    public static readonly GatewayError BackendTooSlow = new() { Name = "backend_too_slow", Status = 504, Message = "Backend too slow", RetryAfterSeconds = 1 };
}
