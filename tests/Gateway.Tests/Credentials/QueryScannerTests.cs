using Eventicat.Gateway.Credentials;

namespace Eventicat.Gateway.Tests.Credentials;

public sealed class QueryScannerTests
{
    [Theory]
    [InlineData("?_apikey=K", "")]
    [InlineData("?_APIKEY=K&a=1", "?a=1")]
    [InlineData("?a=1&%5Fapikey=K", "?a=1")]
    [InlineData("?a=1&_api%6Bey=K&b=2", "?a=1&b=2")]
    [InlineData("?a=1&_api%6bey=K&b=2", "?a=1&b=2")]
    [InlineData("?%5f%41%50%49%4b%45%59=K&a", "?a")]
    [InlineData("?_apikey=K&a=1&_ApiKey=K", "?a=1")]
    [InlineData("?a=1&_apikey&b=2", "?a=1&b=2")]
    [InlineData("?a=1&_apikey=&b=2", "?a=1&b=2")]
    [InlineData("?_apikey", "")]
    [InlineData("?_apikey=K&", "")]
    [InlineData("?&_apikey=K", "")]
    [InlineData("?&_apikey=K&&b", "?&&b")]
    [InlineData("?a=%zz&_apikey=K&b=%41&c=+&c=+&d=\"", "?a=%zz&b=%41&c=+&c=+&d=\"")]
    public void Scan_WithKey_CutsItAndKeepsEveryOtherByte(string query, string expected)
    {
        var scan = QueryScanner.Scan(query);

        Assert.True(scan.HasKey);
        Assert.Equal(expected, scan.Query);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("?&&")]
    [InlineData("?apikey=K")]
    [InlineData("?_apikey2=K&x_apikey=K")]
    [InlineData("?%255Fapikey=K")]
    [InlineData("?a=_apikey=K")]
    [InlineData("?_api%6=K&_apike%=K")]
    [InlineData("?+_apikey=K")]
    public void Scan_WithoutKey_ReturnsTheQueryItself(string query)
    {
        var scan = QueryScanner.Scan(query);

        Assert.False(scan.HasKey);
        Assert.Same(query, scan.Query);
    }

    [Theory]
    [InlineData("?_apikey=a+b", "a+b")]
    [InlineData("?_apikey=a%2Bb%2f", "a+b/")]
    [InlineData("?_apikey=%4b&_APIKEY=K", "K")]
    [InlineData("?_apikey=a=b", "a=b")]
    [InlineData("?_apikey=", "")]
    [InlineData("?_apikey=%C3%A9", "\u00c3\u00a9")]
    [InlineData("?_apikey=a&_apikey=b", null)]
    [InlineData("?_apikey=a&_apikey", null)]
    public void Scan_KeyValues_AreDecodedOnceAndMustAgree(string query, string? expected) =>
        Assert.Equal(expected, QueryScanner.Scan(query).Key);

    [Theory]
    [InlineData("?a=1;_apikey=K")]
    [InlineData("?a=1%3B_APIKEY%3dK")]
    [InlineData("?a=1;%5Fapi%6Bey=K")]
    [InlineData("?_apikey=K;_apikey=K")]
    public void Scan_KeyBehindSemicolon_IsMalformedAndBlank(string query)
    {
        var scan = QueryScanner.Scan(query);

        Assert.True(scan.IsMalformed);
        Assert.Equal("", scan.Query);
    }

    [Theory]
    [InlineData("?_id=agg_1", "agg_1", false)]
    [InlineData("?x=1&%5FID=a%5f1&_apikey=K", "a_1", false)]
    [InlineData("?_id=a+b%2B", "a b+", false)]
    [InlineData("?_id", "", false)]
    [InlineData("?a=1", null, false)]
    [InlineData("?_id=a&_ID=a", "a", true)]
    [InlineData("?_id=a&%5fid=b", null, true)]
    [InlineData("?_id=a;_id=b", "a;_id=b", true)]
    [InlineData("?x=1%3b_id=b", null, true)]
    public void Scan_AggregatorParameter_IsDecodedOnceAndUnambiguous(string query, string? value, bool isAmbiguous)
    {
        var aggregator = QueryScanner.Scan(query).Aggregator;

        Assert.Equal(value, aggregator.Value);
        Assert.Equal(isAmbiguous, aggregator.IsAmbiguous);
    }
}
