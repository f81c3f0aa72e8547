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
        RuleFor(cycle => cycle.DueOn).Must((cycle, due) => due is null || cycle.StartsOn is null || cycle.StartsOn <= due)
            .WithErrorCode("plan.due_before_start").WithMessage("A cycle is not reviewed before it begins.");
        RuleFor(cycle => cycle.Research).MaximumLength(PlanContent.WordsMaxLength);
        RuleFor(cycle => cycle.Identify).MaximumLength(PlanContent.WordsMaxLength);
        RuleFor(cycle => cycle.Implement).MaximumLength(PlanContent.WordsMaxLength);
        RuleFor(cycle => cycle.Evaluate).MaximumLength(PlanContent.WordsMaxLength);
        RuleFor(cycle => cycle.Review).MaximumLength(PlanContent.WordsMaxLength);
        RuleFor(cycle => cycle.Decision).IsInEnum();
        RuleFor(cycle => cycle.DecisionReason).MaximumLength(5_000);
        RuleFor(cycle => cycle.DecidedOn).Must((cycle, on) => on is null || cycle.Decision is not null)
            .WithErrorCode("plan.not_decided").WithMessage("Only a cycle with a decision was decided on a day.");
    }
}
