using FluentValidation;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Features.Plans.Needs;

internal sealed class NeedContentValidator : AbstractValidator<NeedContent>
{
    public NeedContentValidator()
    {
        RuleFor(part => part.Position).InclusiveBetween(0, 1_000_000);
        RuleFor(need => need.Kind).IsInEnum();
        RuleFor(need => need.Description).NotEmpty().MaximumLength(5_000);
        RuleFor(need => need.EmployeeGroup).IsInEnum();
    }
}
