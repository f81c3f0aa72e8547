using FluentValidation;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Features.Plans;

/// <summary>Rules that several kinds of parts share.</summary>
internal static class PlanRules
{
    public static IRuleBuilderOptions<T, string?> ExternalId<T>(this IRuleBuilder<T, string?> rule) => rule
        .Length(1, 100)
        .Must(id => id is null || (id.Trim() == id && !id.Any(char.IsControl)))
        .WithErrorCode("value.pattern").WithMessage("An external id has no control characters, and no blanks at its ends.");

    /// <summary>A day that one can count on from: within the years that plans are made for.</summary>
    public static IRuleBuilderOptions<T, DateOnly?> Day<T>(this IRuleBuilder<T, DateOnly?> rule) => rule
        .InclusiveBetween(new DateOnly(1900, 1, 1), new DateOnly(2200, 12, 31));

    /// <inheritdoc cref="Day{T}(IRuleBuilder{T, DateOnly?})"/>
    public static IRuleBuilderOptions<T, DateOnly> Day<T>(this IRuleBuilder<T, DateOnly> rule) => rule
        .InclusiveBetween(new DateOnly(1900, 1, 1), new DateOnly(2200, 12, 31));

    public static void Lines<T>(this IRuleBuilder<T, IReadOnlyList<string>> rule, int most, int maxLength) => rule
        .Must(lines => lines.Count <= most).WithErrorCode("value.too_many").WithMessage($"At most {most} entries.")
        .Must(lines => lines.All(line => !string.IsNullOrWhiteSpace(line) && line.Length <= maxLength))
        .WithErrorCode("value.length").WithMessage($"Each entry has 1 to {maxLength} characters.");

    public static void Serves<T>(this IRuleBuilder<T, IReadOnlyList<ServedStandard>> rule) => rule
        .Must(serves => serves.Count <= 50).WithErrorCode("value.too_many").WithMessage("At most 50 standards.")
        .Must(serves => serves.All(standard => standard is { Framework.Length: >= 1 and <= 60, Code.Length: >= 1 and <= 60 }))
        .WithErrorCode("value.length").WithMessage("A standard is named by the code of its framework and its own code, each of 60 characters at most.")
        .Must(serves => serves.Distinct().Count() == serves.Count).WithErrorCode("value.duplicate").WithMessage("A standard stands twice.");
}
