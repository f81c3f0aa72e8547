using FluentValidation;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Features.Plans.Cycles;

internal sealed class CycleContentValidator : AbstractValidator<CycleContent>
{
    public CycleContentValidator()
    {
        RuleFor(part => part.Position).InclusiveBetween(0, 1_000_000);
        RuleFor(cycle => cycle.Title).NotEmpty().MaximumLength(300);
        RuleFor(cycle => cycle.Stage).IsInEnum();
        RuleFor(cycle => cycle.StartsOn).Day();
        RuleFor(cycle => cycle.DueOn).Day().Must((cycle, due) => due is null || cycle.StartsOn is null || cycle.StartsOn <= due)
            .WithErrorCode("plan.due_before_start").WithMessage("A cycle is not reviewed before it begins.");
        RuleFor(cycle => cycle.Research).MaximumLength(PlanContent.WordsMaxLength);
        RuleFor(cycle => cycle.Identify).MaximumLength(PlanContent.WordsMaxLength);
        RuleFor(cycle => cycle.Implement).MaximumLength(PlanContent.WordsMaxLength);
        RuleFor(cycle => cycle.Evaluate).MaximumLength(PlanContent.WordsMaxLength);
        RuleFor(cycle => cycle.Review).MaximumLength(PlanContent.WordsMaxLength);
        RuleFor(cycle => cycle.Decision).IsInEnum();
        RuleFor(cycle => cycle.DecisionReason).MaximumLength(5_000);
        RuleFor(cycle => cycle.DecidedOn).Day();
    }
}
