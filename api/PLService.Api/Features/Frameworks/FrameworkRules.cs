using System.Text.RegularExpressions;
using FluentValidation;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Frameworks;

/// <summary>Rules for what is said of frameworks and their standards.</summary>
internal static partial class FrameworkRules
{
    /// <summary>A new code of a framework: never one that reads like an id, which addresses take as well.</summary>
    public static IRuleBuilderOptions<T, string> FrameworkCode<T>(this IRuleBuilder<T, string> rule) => rule
        .NotEmpty()
        .Must(code => CodePattern().IsMatch(code) && FrameworkLookup.IdIn(code) is null)
        .WithErrorCode("value.pattern")
        .WithMessage("A code has 2 to 40 lower-case letters, digits and hyphens, a letter first, and is no UUID.");

    /// <summary>What names a framework in a query or a body: its id or its code.</summary>
    public static IRuleBuilderOptions<T, string?> FrameworkReference<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(reference => reference is null || FrameworkLookup.IdIn(reference) is not null || CodePattern().IsMatch(reference))
        .WithErrorCode("value.pattern")
        .WithMessage("'{PropertyValue}' is neither the id nor the code of a framework.");

    /// <summary>An address of the web.</summary>
    public static IRuleBuilderOptions<T, string?> WebAddress<T>(this IRuleBuilder<T, string?> rule) => rule
        .MaximumLength(FrameworkLimits.AddressLength)
        .Must(address => address is null || (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        .WithErrorCode("value.invalid")
        .WithMessage("'{PropertyValue}' is not an address such as https://example.org/standards.");

    /// <summary>A language.</summary>
    public static IRuleBuilderOptions<T, string?> LanguageTag<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(tag => tag is null || Domain.People.LanguageTag.IsValid(tag))
        .WithErrorCode("value.pattern")
        .WithMessage("'{PropertyValue}' is not a language tag such as en, es or zh-Hant.");

    /// <summary>A list of names.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<string>?> Names<T>(this IRuleBuilder<T, IReadOnlyList<string>?> rule) => rule
        .Must(names => names is null || names.Count <= FrameworkLimits.Names)
        .WithErrorCode("value.too_many")
        .WithMessage($"There are at most {FrameworkLimits.Names}.")
        .Must(names => names is null || names.All(name => name is { Length: > 0 and <= FrameworkLimits.NameLength }))
        .WithErrorCode("value.length")
        .WithMessage($"Each has 1 to {FrameworkLimits.NameLength} characters.");

    /// <summary>A day that does not lie before another.</summary>
    public static IRuleBuilderOptions<T, DateOnly?> NotBefore<T>(this IRuleBuilder<T, DateOnly?> rule, Func<T, DateOnly?> first) => rule
        .Must((request, last) => last is null || first(request) is not { } start || last >= start)
        .WithErrorCode("value.out_of_range")
        .WithMessage("The last day lies before the first.");

    /// <summary>A type of link that CASE admits.</summary>
    public static IRuleBuilderOptions<T, string?> AssociationType<T>(this IRuleBuilder<T, string?> rule) => rule
        .MaximumLength(FrameworkLimits.WordLength)
        .Must(type => type is null || AssociationTypes.IsValid(type))
        .WithErrorCode("value.unknown")
        .WithMessage("'{PropertyValue}' is no type of association: " + string.Join(", ", AssociationTypes.All) + ", or ext: and a word.");

    [GeneratedRegex(@"^[a-z][a-z0-9-]{1,39}\z")]
    private static partial Regex CodePattern();
}
