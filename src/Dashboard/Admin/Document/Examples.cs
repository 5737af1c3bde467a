namespace Eventicat.Dashboard.Admin.Document;

/// <summary>Bodies that show what requests and answers look like. No key in them is complete.</summary>
internal static class Examples
{
    public const string Account =
        """{"id":"acme","name":"Acme Inc.","disabled":false,"limit":{"permits":5000,"window":"00:01:00"},"urlKeys":"warn"}""";

    public const string AccountPage = $$"""{"accounts":[{{Account}}],"next":"acme"}""";

    public const string NewAccount = """{"id":"acme","name":"Acme Inc.","limit":{"permits":5000,"window":"00:01:00"}}""";

    public const string AccountPatch = """{"name":"Acme Ltd.","disabled":true,"limit":null}""";

    public const string Key = """
        {"id":"k3J9xQ2b","name":"production","scopes":["ingest"],"created":"2027-01-01T00:00:00+00:00","expires":null,"revoked":null,
        "lastUsed":"2027-01-31T12:00:00+00:00"}
        """;

    public const string Keys = $$"""{"keys":[{{Key}}]}""";

    public const string NewKeyRequest = """{"name":"production","scopes":["ingest"],"expires":"2028-01-01T00:00:00Z"}""";

    public const string NewKey = """
        {"id":"k3J9xQ2b","account":"acme","name":"production","scopes":["ingest"],"created":"2027-01-01T00:00:00+00:00",
        "expires":"2028-01-01T00:00:00+00:00","key":"evc_k3J9xQ2b_…"}
        """;

    public const string ImportKeyRequest = """{"key":"existing-key","id":"legacy","name":"from before"}""";

    public const string RegenerateKeyRequest = """{"grace":"01:00:00"}""";

    public const string LeakReport = """{"key":"evc_k3J9xQ2b_…"}""";

    public const string Leak = """{"account":"acme","key":"k3J9xQ2b","revoked":"2027-01-31T12:00:00+00:00"}""";

    public const string Aggregator = """{"id":"agg_signups","name":"Sign-ups"}""";

    public const string Aggregators = $$"""{"aggregators":[{{Aggregator}}]}""";

    public const string AggregatorPatch = """{"name":"New sign-ups"}""";

    public const string Usage = """
        {"window":{"limit":1000,"window":"00:01:00","used":3,"remaining":997,"resetTime":1801483260},
        "minutes":[{"time":1801483200,"outcomes":{"forwarded":3},"urlKeys":0}],"hours":[],"keys":{"k3J9xQ2b":1801483201}}
        """;

    public const string UrlKeys = """{"accounts":[{"id":"acme","urlKeys":12,"last":1801483201}],"next":null}""";

    public const string Users = """
        {"users":[{"name":"ada@example.com","operator":false,"account":"acme","created":"2027-01-01T00:00:00+00:00","lastSignIn":null,
        "invitedUntil":"2027-01-04T00:00:00+00:00"}],"next":null}
        """;

    public const string NewUser = """{"name":"ada@example.com","account":"acme"}""";

    public const string Invitation = """
        {"name":"ada@example.com","operator":false,"account":"acme","expires":"2027-01-04T00:00:00+00:00","code":"…",
        "link":"https://dashboard.example.com/welcome?user=ada%40example.com&code=…"}
        """;

    public const string Tokens = """
        {"tokens":[{"id":"Zk3J9xQ2","name":"deploy","created":"2027-01-01T00:00:00+00:00","expires":null,"used":null}],"next":null}
        """;

    public const string NewTokenRequest = """{"name":"deploy","expires":"2028-01-01T00:00:00Z"}""";

    public const string NewToken = """
        {"id":"Zk3J9xQ2","name":"deploy","created":"2027-01-01T00:00:00+00:00","expires":"2028-01-01T00:00:00+00:00","token":"evo_Zk3J9xQ2_…"}
        """;

    public const string Audit = """
        {"entries":[{"time":"2027-01-31T12:00:00+00:00","actor":"token:deploy","action":"key.create","account":"acme","subject":"k3J9xQ2b",
        "detail":"production, ingest, never ends"}],"next":null}
        """;
}
