using FluentValidation;
using PLService.Api.Http.Pdf;

namespace PLService.Api.Features.Plans.Charts;

/// <summary>How a chart is wanted.</summary>
internal sealed class ChartRequest
{
    /// <summary>Of pages to print: the paper; letter unless given.</summary>
    public PaperSize? Paper { get; init; }
}

internal sealed class ChartRequestValidator : AbstractValidator<ChartRequest>
{
    public ChartRequestValidator() => RuleFor(request => request.Paper).IsInEnum();
}
