using Eventicat.TestSupport.Conventions;

namespace Eventicat.Hosting.Tests.TestSupport;

/// <summary>Every place where one type can use another is found.</summary>
public sealed class TypeUseKindsTests
{
    private static readonly IReadOnlyCollection<TypeUse> Uses = TypeUses.Of(typeof(TypeUseKindsTests).Assembly);

    [Theory]
    [InlineData(typeof(UsedAsBase))]
    [InlineData(typeof(UsedInInterface))]
    [InlineData(typeof(UsedInConstraint<>))]
    [InlineData(typeof(UsedInAttribute))]
    [InlineData(typeof(UsedInField))]
    [InlineData(typeof(UsedInParameter))]
    [InlineData(typeof(UsedInGenericArgument))]
    [InlineData(typeof(UsedInBody))]
    [InlineData(typeof(UsedInGenericCall))]
    [InlineData(typeof(UsedInLambda))]
    [InlineData(typeof(UsedInCatch))]
    public void Use_IsFound(Type user) => Assert.Contains(new TypeUse(user.FullName!, typeof(Sample).FullName!), Uses);

    [Fact]
    public void TypeThatIsNotUsed_IsNotFound() =>
        Assert.DoesNotContain(new TypeUse(typeof(Sample).FullName!, typeof(UsedInBody).FullName!), Uses);
}

internal class Sample : Exception
{
    public static void Do()
    {
        // Exists to be called.
    }
}

[AttributeUsage(AttributeTargets.Class)]
internal sealed class SampleAttribute(Type type) : Attribute
{
    public Type Type => type;
}

internal sealed class UsedAsBase : Sample;

internal abstract class UsedInInterface : IEquatable<Sample>
{
    public abstract bool Equals(Sample? other);
}

internal abstract class UsedInConstraint<T>
    where T : Sample;

[Sample(typeof(Sample))]
internal abstract class UsedInAttribute;

internal abstract class UsedInField
{
    internal Sample? Field { get; set; }
}

internal abstract class UsedInParameter
{
    public abstract void Take(Sample sample);
}

internal abstract class UsedInGenericArgument
{
    public abstract Task<IReadOnlyList<Sample[]>> AskAsync();
}

internal abstract class UsedInBody
{
    public static void Do() => Sample.Do();
}

internal abstract class UsedInGenericCall
{
    public static object Make() => Array.Empty<Sample>();
}

internal abstract class UsedInLambda
{
    public static Func<Task> Make() => async () =>
    {
        await Task.Yield();
        Sample.Do();
    };
}

internal abstract class UsedInCatch
{
    public static void Do(Action action)
    {
        try
        {
            action();
        }
        catch (Sample)
        {
            // Exists to be caught.
        }
    }
}
