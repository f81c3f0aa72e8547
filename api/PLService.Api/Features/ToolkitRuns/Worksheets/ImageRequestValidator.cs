using FluentValidation;
using PLService.Api.Domain.Toolkits;

namespace PLService.Api.Features.ToolkitRuns.Worksheets;

internal sealed class ImageRequestValidator : AbstractValidator<ImageRequest>
{
    public ImageRequestValidator() => RuleFor(request => request.AlternativeText)
        .NotEmpty().MaximumLength(WorksheetImage.AlternativeTextMaxLength)
        .Must(text => text is null || !text.Any(char.IsControl)).WithErrorCode("value.invalid").WithMessage("Write it in one line.");
}
