using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Eventicat.Dashboard.Tests.Conventions;

/// <summary>One type that uses another, by their full names.</summary>
internal sealed record TypeUse(string User, string Used);

/// <summary>
/// Finds which types the types of an assembly use: in signatures, attributes, generic arguments and method
/// bodies. A nested type, also one that the compiler makes of a lambda, counts as the type that it is in.
/// </summary>
internal static class TypeUses
{
    public static IReadOnlyCollection<TypeUse> Of(System.Reflection.Assembly assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly.Location);
        return [.. module.GetTypes()
            .SelectMany(type => UsedBy(type).SelectMany(Parts).Select(used => new TypeUse(NameOf(type), NameOf(used))))
            .Where(use => use.User != use.Used)
            .Distinct()];
    }

    private static IEnumerable<TypeReference?> UsedBy(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(one => one.InterfaceType),
        .. type.GenericParameters.SelectMany(ConstraintsOf),
        .. AttributesOf(type),
        .. type.Fields.SelectMany(field => AttributesOf(field).Append(field.FieldType)),
        .. type.Properties.SelectMany(property => AttributesOf(property).Append(property.PropertyType)),
        .. type.Events.SelectMany(one => AttributesOf(one).Append(one.EventType)),
        .. type.Methods.SelectMany(UsedBy),
    ];

    private static IEnumerable<TypeReference?> UsedBy(MethodDefinition method) =>
    [
        .. SignatureOf(method),
        .. AttributesOf(method),
        .. AttributesOf(method.MethodReturnType),
        .. method.Parameters.SelectMany(AttributesOf),
        .. method.GenericParameters.SelectMany(ConstraintsOf),
        .. method.HasBody ? UsedBy(method.Body) : [],
    ];

    private static IEnumerable<TypeReference?> UsedBy(MethodBody body) =>
    [
        .. body.Variables.Select(variable => variable.VariableType),
        .. body.ExceptionHandlers.Select(handler => handler.CatchType),
        .. body.Instructions.SelectMany(instruction => instruction.Operand switch
        {
            TypeReference type => [type],
            FieldReference field => [field.DeclaringType, field.FieldType],
            MethodReference method => SignatureOf(method),
            _ => Enumerable.Empty<TypeReference?>(),
        }),
    ];

    private static IEnumerable<TypeReference?> SignatureOf(MethodReference method) =>
    [
        method.DeclaringType,
        method.ReturnType,
        .. method.Parameters.Select(parameter => parameter.ParameterType),
        .. method is GenericInstanceMethod generic ? generic.GenericArguments : [],
    ];

    private static IEnumerable<TypeReference?> ConstraintsOf(GenericParameter parameter) =>
        parameter.Constraints.Select(constraint => constraint.ConstraintType);

    private static IEnumerable<TypeReference?> AttributesOf(ICustomAttributeProvider provider) => provider.CustomAttributes
        .SelectMany(attribute => attribute.ConstructorArguments
            .Concat(attribute.Properties.Concat(attribute.Fields).Select(named => named.Argument))
            .SelectMany(TypesIn)
            .Append(attribute.AttributeType));

    private static IEnumerable<TypeReference?> TypesIn(CustomAttributeArgument argument) => argument.Value switch
    {
        TypeReference type => [type],
        CustomAttributeArgument boxed => TypesIn(boxed),
        CustomAttributeArgument[] array => array.SelectMany(TypesIn),
        _ => [argument.Type],
    };

    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification specification => Parts(specification.ElementType),
        _ => [type],
    };

    private static string NameOf(TypeReference type) => type.DeclaringType is { } outer ? NameOf(outer) : type.FullName;
}
