using FluentValidation;

namespace PLService.Api.Http.Pdf;

/// <summary>How an answer is wanted that can be printed.</summary>
internal sealed class PrintRequest
{
    /// <summary>Of pages to print: the paper; letter unless given.</summary>
    public PaperSize? Paper { get; init; }
}

internal sealed class PrintRequestValidator : AbstractValidator<PrintRequest>
{
    public PrintRequestValidator() => RuleFor(request => request.Paper).IsInEnum();
}
