using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Eventicat.TestSupport.Conventions;

/// <summary>One type that needs another, by their full names; a nested type counts for the one that it stands in.</summary>
public sealed record TypeUse(string User, string Used)
{
    /// <summary>The first folder below a root namespace; empty for what stands in the root, <c>null</c> for what stands elsewhere.</summary>
    public static string? RoomOf(string type, string root)
    {
        ArgumentNullException.ThrowIfNull(type);
        return !type.StartsWith(root + ".", StringComparison.Ordinal) ? null
            : type[(root.Length + 1)..].Split('.') is [var room, _, ..] ? room
            : "";
    }
}

/// <summary>
/// Which types an assembly's types use: as bases and members, in the bodies of methods, which lambdas and asynchronous
/// methods have in types of their own, and as arguments of generic types, methods and attributes.
/// </summary>
public static class TypeUses
{
    public static IReadOnlyCollection<TypeUse> Of(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        using var module = ModuleDefinition.ReadModule(assembly.Location);
        return [.. module.GetTypes()
            .SelectMany(type => Of(type).SelectMany(Parts).Select(used => new TypeUse(NameOf(type), NameOf(used))))
            .Where(use => use.User != use.Used)
            .Distinct()];
    }

    private static IEnumerable<TypeReference?> Of(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(one => one.InterfaceType),
        .. type.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType),
        .. type.Fields.Select(field => field.FieldType),
        .. type.CustomAttributes.Concat(type.Fields.SelectMany(field => field.CustomAttributes))
            .Concat(type.Properties.SelectMany(property => property.CustomAttributes))
            .Concat(type.Methods.SelectMany(method => method.CustomAttributes.Concat(method.Parameters.SelectMany(parameter => parameter.CustomAttributes))))
            .SelectMany(Of),
        .. type.Methods.SelectMany(Of),
    ];

    private static IEnumerable<TypeReference?> Of(CustomAttribute attribute) =>
        attribute.ConstructorArguments.Select(argument => argument.Value as TypeReference).Append(attribute.AttributeType);

    private static IEnumerable<TypeReference?> Of(MethodDefinition method)
    {
        IEnumerable<TypeReference?> signature =
        [
            method.ReturnType,
            .. method.Parameters.Select(parameter => parameter.ParameterType),
            .. method.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType),
        ];
        return method.HasBody
            ? [
                .. signature,
                .. method.Body.Variables.Select(variable => variable.VariableType),
                .. method.Body.ExceptionHandlers.Select(handler => handler.CatchType),
                .. method.Body.Instructions.SelectMany(Of),
            ]
            : signature;
    }

    private static IEnumerable<TypeReference?> Of(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        MethodReference method =>
        [
            method.DeclaringType,
            method.ReturnType,
            .. method.Parameters.Select(parameter => parameter.ParameterType),
            .. method is GenericInstanceMethod generic ? generic.GenericArguments : [],
        ],
        _ => [],
    };

    /// <summary>The type itself and what it is made of: elements of arrays and pointers, arguments of generic types.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => [.. Parts(generic.ElementType), .. generic.GenericArguments.SelectMany(Parts)],
        RequiredModifierType modified => [.. Parts(modified.ElementType), .. Parts(modified.ModifierType)],
        TypeSpecification made => Parts(made.ElementType),
        _ => [type],
    };

    private static string NameOf(TypeReference type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type.FullName;
    }
}
