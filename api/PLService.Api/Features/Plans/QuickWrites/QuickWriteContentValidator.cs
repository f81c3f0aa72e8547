using FluentValidation;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Features.Plans.QuickWrites;

internal sealed class QuickWriteContentValidator : AbstractValidator<QuickWriteContent>
{
    public QuickWriteContentValidator()
    {
        RuleFor(part => part.Position).InclusiveBetween(0, 1_000_000);
        RuleFor(quickWrite => quickWrite.Text).NotEmpty().MaximumLength(5_000);
    }
}
