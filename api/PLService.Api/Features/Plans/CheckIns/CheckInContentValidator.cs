using FluentValidation;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Features.Plans.CheckIns;

internal sealed class CheckInContentValidator : AbstractValidator<CheckInContent>
{
    public CheckInContentValidator()
    {
        RuleFor(content => content.Done).MaximumLength(PlanContent.WordsMaxLength);
        RuleFor(content => content.Benefits).MaximumLength(PlanContent.WordsMaxLength);
        RuleFor(content => content.Frustrations).MaximumLength(PlanContent.WordsMaxLength);
        RuleFor(content => content.Notes).MaximumLength(PlanContent.WordsMaxLength);
    }
}
