using Eventicat.Hosting.Logging;

namespace Eventicat.Hosting.Tests.Logging;

public sealed class SecretMaskTests
{
    [Theory]
    [InlineData("GET /api/event?_apikey=SECRET&_id=a", "GET /api/event?_apikey=***&_id=a")]
    [InlineData("?_apikey[]=SECRET&_apikey%20=SECRET", "?_apikey=***&_apikey=***")]
    [InlineData("?_APIKEY=SECRET", "?_apikey=***")]
    [InlineData("?%5Fapi%6Bey=SECRET x", "?_apikey=*** x")]
    [InlineData("?%255Fapikey%253DSECRET", "?_apikey=***")]
    [InlineData("{\"q\":\"?_apikey\\u003dSECRET\"}", "{\"q\":\"?_apikey=***\"}")]
    [InlineData("{\"_apikey\": \"SECRET\"}", "{\"_apikey=***\"}")]
    [InlineData("?_apikey=\"SECRET", "?_apikey=***")]
    [InlineData("?_apikey='SECRET'&_id=a", "?_apikey=***&_id=a")]
    [InlineData("?_apikey=\"SECRET\" x", "?_apikey=***\" x")]
    [InlineData("{\"q\":\"?_apikey=\\\"SECRET\\\"&_id=a\"}", "{\"q\":\"?_apikey=***&_id=a\"}")]
    [InlineData("{\"q\":\"?_apikey=\\\\\\\"SECRET\\\\\\\"\",\"n\":1}", "{\"q\":\"?_apikey=***\",\"n\":1}")]
    [InlineData("{\"q\":\"?_apikey=SECRET\\\\\",\"n\":1}", "{\"q\":\"?_apikey=***\",\"n\":1}")]
    [InlineData("{\"q\":\"?_apikey=\",\"n\":1}", "{\"q\":\"?_apikey=***\",\"n\":1}")]
    [InlineData("{\"m\":\"path is invalid: '/x?_apikey=SECRET'\",\"n\":1}", "{\"m\":\"path is invalid: '/x?_apikey=***\",\"n\":1}")]
    [InlineData("?_apikey=SEC;RET<SEC#RET>", "?_apikey=***")]
    [InlineData("Authorization: Bearer SECRET", "Authorization: Bearer ***")]
    [InlineData("{\"h\":\"Bearer \\\"SECRET\\\"\"}", "{\"h\":\"Bearer ***\"}")]
    [InlineData("Bearer 'SECRET'", "Bearer ***")]
    [InlineData("authorization: bearer SECRET=", "authorization: Bearer ***")]
    [InlineData("System.FormatException: Bearer%20SECRET", "System.FormatException: Bearer ***")]
    public void Apply_Secret_IsBlanked(string line, string expected) =>
        Assert.Equal(expected, SecretMask.Apply(line));

    [Fact]
    public void Apply_OwnKeyAnywhere_KeepsItsPublicPart()
    {
        const string Id = "k3J9xQ2b";
        const string Key = $"evc_{Id}_0123456789ABCDEFGHIJKLMNOPQRSTUV4f5T9w";

        Assert.Equal($"at Foo({{evc_{Id}_***}})", SecretMask.Apply($"at Foo({{{Key}}})"));
    }

    [Theory]
    [InlineData("{\"Route\":\"/api/{**rest}\",\"Status\":200}")]
    [InlineData("100 % of the bearers of apikeys")]
    public void Apply_NoSecret_ReturnsTheLine(string line) => Assert.Equal(line, SecretMask.Apply(line));
}
