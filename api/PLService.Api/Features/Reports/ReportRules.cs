using FluentValidation;
using PLService.Api.Domain.Assessments;

namespace PLService.Api.Features.Reports;

/// <summary>The rules that reports share.</summary>
internal static class ReportRules
{
    /// <summary>Longer than the code or identifier of any framework.</summary>
    private const int LensMaxLength = 40;

    public static IRuleBuilderOptions<T, string> InstrumentCode<T>(this IRuleBuilder<T, string> rule) => rule.NotEmpty().MaximumLength(ReportDesk.CodeMaxLength);

    public static IRuleBuilderOptions<T, string?> RoundLabel<T>(this IRuleBuilder<T, string?> rule) => rule.Length(1, Assessment.RoundMaxLength);

    public static IRuleBuilderOptions<T, string?> LensCode<T>(this IRuleBuilder<T, string?> rule) => rule.Length(1, LensMaxLength);

    /// <summary>Cells are standards exactly when there is a lens.</summary>
    public static IRuleBuilderOptions<T, ReportGrouping?> FitsLens<T>(this IRuleBuilder<T, ReportGrouping?> rule, Func<T, string?> lens) => rule
        .Must((request, by) => by is null || (by is ReportGrouping.Standard) == (lens(request) is not null))
        .WithErrorCode("value.inconsistent")
        .WithMessage("With a lens, cells are standards and by is standard or left out; without one it is section, item or axis.");

    /// <summary>What a cell is when the request does not say it.</summary>
    public static ReportGrouping Or(this ReportGrouping? by, string? lens) => by ?? (lens is null ? ReportGrouping.Section : ReportGrouping.Standard);
}
