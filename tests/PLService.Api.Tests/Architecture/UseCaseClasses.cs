using System.Reflection;
using PLService.Api.Commands;

namespace PLService.Api.Tests.Architecture;

/// <summary>The use cases as they are written, whether or not a feature lists them.</summary>
internal static class UseCaseClasses
{
    public const string Namespace = "PLService.Api.Features.";

    /// <summary>Every class of a feature that handles a request; its name is its operation's id.</summary>
    public static IReadOnlyList<Type> All() =>
    [
        .. typeof(Serve).Assembly.GetTypes()
            .Where(type => type is { IsNested: false, IsAbstract: true, IsSealed: true } && type.Namespace?.StartsWith(Namespace, StringComparison.Ordinal) is true)
            .Where(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Any(m => m.Name.StartsWith("Handle", StringComparison.Ordinal)))
            .OrderBy(type => type.Name, StringComparer.Ordinal),
    ];
}
