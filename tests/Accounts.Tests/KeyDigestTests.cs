using System.Security.Cryptography;
using System.Text;
using FsCheck.Xunit;

namespace Eventicat.Accounts.Tests;

public sealed class KeyDigestTests
{
    [Fact]
    public void Of_Text_IsItsSha256()
    {
        var expected = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("a-key")));

        Assert.Equal(expected, KeyDigest.Of("a-key").ToString());
    }

    [Property]
    public bool TryParse_WhatToStringGave_IsEqual(Guid seed)
    {
        var digest = KeyDigest.Of(seed.ToString("N"));

        return KeyDigest.TryParse(digest.ToString(), out var lower) && lower == digest
            && KeyDigest.TryParse(digest.ToString().ToUpperInvariant(), out var upper) && upper == digest;
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("zz86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a0800")]
    public void TryParse_NotADigest_Refuses(string text) => Assert.False(KeyDigest.TryParse(text, out _));
}
