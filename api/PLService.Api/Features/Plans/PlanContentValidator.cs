using FluentValidation;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Features.Plans;

internal sealed class PlanContentValidator : AbstractValidator<PlanContent>
{
    public PlanContentValidator()
    {
        RuleFor(plan => plan.Title).NotEmpty().MaximumLength(200);
        RuleFor(plan => plan.StartsOn).Day();
        RuleFor(plan => plan.EndsOn).Day().Must((plan, end) => plan.StartsOn < end && end <= plan.StartsOn.AddYears(10))
            .WithErrorCode("plan.bad_period").WithMessage("A plan ends after it begins, ten years later at most.");
        RuleFor(plan => plan.Marks)
            .Must(marks => marks.Count is >= 1 and <= PlanContent.MaxMarks && marks.All(day => day is >= 1 and <= 3_660) && marks.Zip(marks.Skip(1)).All(pair => pair.First < pair.Second))
            .WithErrorCode("plan.bad_marks").WithMessage($"1 to {PlanContent.MaxMarks} days between 1 and 3660, each later than the one before.");
        RuleFor(plan => plan.ExternalId).ExternalId();
        RuleFor(plan => plan.Vision).MaximumLength(PlanContent.WordsMaxLength);
        RuleFor(plan => plan.DesignPhilosophy).MaximumLength(PlanContent.WordsMaxLength);
        RuleFor(plan => plan.CommunicationPlan).MaximumLength(PlanContent.WordsMaxLength);
        RuleFor(plan => plan.TrainingPlan).MaximumLength(PlanContent.WordsMaxLength);
        RuleFor(plan => plan.CoachingModel).MaximumLength(PlanContent.WordsMaxLength);
        RuleFor(plan => plan.EvaluationPlan).MaximumLength(PlanContent.WordsMaxLength);
        RuleFor(plan => plan.Notes).MaximumLength(PlanContent.WordsMaxLength);
    }
}
