using FluentValidation;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Features.Plans.Steps;

internal sealed class StepContentValidator : AbstractValidator<StepContent>
{
    public StepContentValidator()
    {
        RuleFor(part => part.Position).InclusiveBetween(0, 1_000_000);
        RuleFor(step => step.Title).NotEmpty().MaximumLength(1_000);
        RuleFor(step => step.Description).MaximumLength(PlanContent.WordsMaxLength);
        RuleFor(step => step.OwnerName).Length(1, 200);
        RuleFor(step => step.Status).IsInEnum();
        RuleFor(step => step.StartsOn).Day();
        RuleFor(step => step.DueOn).Day().Must((step, due) => due is null || step.StartsOn is null || step.StartsOn <= due)
            .WithErrorCode("plan.due_before_start").WithMessage("A step is not due before it begins.");
        RuleFor(step => step.DoneOn).Day();
        RuleFor(step => step.ToolsAndMaterials).Lines(50, 300);
        RuleFor(step => step.Serves).Serves();
        RuleFor(step => step.ExpectedBenefits).MaximumLength(PlanContent.WordsMaxLength);
        RuleFor(step => step.ExpectedFrustrations).MaximumLength(PlanContent.WordsMaxLength);
        RuleFor(step => step.Cause!.Item).NotEmpty().MaximumLength(40).When(step => step.Cause is not null);
        RuleFor(step => step.ExternalId).ExternalId();
    }
}
