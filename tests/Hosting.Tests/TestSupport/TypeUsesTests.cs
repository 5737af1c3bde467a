using System.Net;
using System.Net.Mail;
using Eventicat.TestSupport.Conventions;

namespace Eventicat.Hosting.Tests.TestSupport;

/// <summary>Conventions are worth what is found of a breach, wherever it hides.</summary>
public sealed class TypeUsesTests
{
    private static readonly IReadOnlyCollection<TypeUse> Uses = TypeUses.Of(typeof(TypeUsesTests).Assembly);

    [Theory]
    [InlineData(typeof(MailAddress))]
    [InlineData(typeof(CookieContainer))]
    [InlineData(typeof(IPHostEntry))]
    [InlineData(typeof(Cookie))]
    [InlineData(typeof(NetworkCredential))]
    [InlineData(typeof(WebUtility))]
    [InlineData(typeof(SmtpException))]
    [InlineData(typeof(ObsoleteAttribute))]
    public void Use_WhereverItIs_IsFound(Type used) => Assert.Contains(new TypeUse(typeof(Breaches).FullName!, used.FullName!), Uses);

    [Theory]
    [InlineData("Root.Room.Type", "Room")]
    [InlineData("Root.Room.Below.Type", "Room")]
    [InlineData("Root.Type", "")]
    [InlineData("Other.Room.Type", null)]
    [InlineData("Rooted.Room.Type", null)]
    public void Room_IsTheFolderBelowTheRoot(string type, string? room) => Assert.Equal(room, TypeUse.RoomOf(type, "Root"));
}

/// <summary>Uses one type in each way there is.</summary>
internal static class Breaches
{
    private static readonly List<MailAddress[]> AsGenericArgument = [];

    [Obsolete("An attribute.")]
    public static int AsArgumentOfAMethod() => Enumerable.Empty<CookieContainer>().Count() + AsGenericArgument.Count;

    public static Func<object?> InALambda(object? given) => () => given as IPHostEntry;

    public static async Task<object> InAnAsynchronousMethodAsync()
    {
        await Task.Yield();
        return new Cookie();
    }

    public static IEnumerable<object> InAnIterator()
    {
        yield return new NetworkCredential();
    }

    public static string? AsOwnerOfAMethod() => WebUtility.HtmlEncode("");

    public static void AsWhatIsCaught(Action action)
    {
        try
        {
            action();
        }
        catch (SmtpException)
        {
            // Whatever it was.
        }
    }
}
