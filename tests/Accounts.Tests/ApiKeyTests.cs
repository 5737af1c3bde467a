using FsCheck.Xunit;

namespace Eventicat.Accounts.Tests;

public sealed class ApiKeyTests
{
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    [Fact]
    public void Generate_Always_HasTheDocumentedShapeAndParses()
    {
        var key = ApiKey.Generate(out var id);

        Assert.Matches("^evc_[0-9A-Za-z]{8}_[0-9A-Za-z]{38}$", key.Reveal());
        Assert.Equal(key.Reveal()[4..12], id.ToString());
        Assert.True(ApiKey.TryParse(key.Reveal(), out var parsed));
        Assert.Equal(key.Digest, parsed.Digest);
    }

    [Fact]
    public void Generate_Repeatedly_RepeatsNothing()
    {
        var keys = Enumerable.Range(0, 1000).Select(_ => ApiKey.Generate(out var _).Reveal()).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(1000, keys.Count);
    }

    [Fact]
    public void Checksum_KnownKey_IsCrc32OfAllBeforeInBase62()
    {
        const string Body = "evc_ABCDEFGH_0123456789abcdefghijklmnopqrstuv";
        var rest = System.IO.Hashing.Crc32.HashToUInt32(System.Text.Encoding.ASCII.GetBytes(Body));
        var checksum = "";
        for (var i = 0; i < 6; i++, rest /= 62)
        {
            checksum = Base62[(int)(rest % 62)] + checksum;
        }

        Assert.True(ApiKey.TryParse(Body + checksum, out _));
    }

    [Property]
    public bool TryParse_OneCharacterOfOurKeyReplaced_Refuses(byte position, byte character)
    {
        var text = ApiKey.Generate(out _).Reveal().ToCharArray();
        // After the prefix: without it, the text is a key of another shape.
        var at = 4 + (position % (text.Length - 4));
        var other = Base62[character % Base62.Length];
        if (text[at] == other)
        {
            return true;
        }

        text[at] = other;
        return !ApiKey.TryParse(new string(text), out _);
    }

    [Property]
    public void TryParse_AnyTextAtAll_AcceptsOnlyTheBearerAlphabet(string? text)
    {
        var wellFormed = text is { Length: > 0 and <= ApiKey.MaxLength }
            && text.All(c => char.IsAsciiLetterOrDigit(c) || "-._~+/=".Contains(c))
            && !text.StartsWith("evc_", StringComparison.Ordinal);

        Assert.Equal(wellFormed, ApiKey.TryParse(text, out _));
    }

    [Property]
    public bool ToString_AnyKey_NeverShowsTheSecret(byte length)
    {
        var own = ApiKey.Generate(out _);
        var text = new string('x', 1 + length);
        Assert.True(ApiKey.TryParse(text, out var imported));

        return !own.ToString().Contains(own.Reveal()[13..], StringComparison.Ordinal)
            && $"{own}".Length < 20
            && imported.ToString() == "…";
    }

    [Theory]
    [InlineData("evc_")]
    [InlineData("evc_short")]
    [InlineData("evc_ABCDEFGH_0123456789abcdefghijklmnopqrstuv000000")]
    [InlineData("with space")]
    [InlineData("")]
    [InlineData(null)]
    public void TryParse_NotAKey_Refuses(string? text) => Assert.False(ApiKey.TryParse(text, out _));

    [Fact]
    public void TryParse_LongerThanAllowed_Refuses()
    {
        Assert.True(ApiKey.TryParse(new string('a', ApiKey.MaxLength), out _));
        Assert.False(ApiKey.TryParse(new string('a', ApiKey.MaxLength + 1), out _));
    }
}
