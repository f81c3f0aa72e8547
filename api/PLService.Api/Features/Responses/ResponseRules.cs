using FluentValidation;
using PLService.Api.Domain.Assessments;

namespace PLService.Api.Features.Responses;

/// <summary>Rules that several requests about responses share.</summary>
internal static class ResponseRules
{
    /// <summary>More entries than an instrument has items; what they name is checked against the instrument.</summary>
    private const int MaxEntries = 2_000;

    public static void Role<T>(this IRuleBuilder<T, string?> rule) => rule.Length(1, Assessment.RoleMaxLength);

    public static void Entries<T, TValue>(this IRuleBuilder<T, IReadOnlyDictionary<string, TValue>?> rule) => rule
        .Must(entries => entries is null || entries.Count <= MaxEntries)
        .WithErrorCode("value.too_many").WithMessage($"At most {MaxEntries} entries.");
}
