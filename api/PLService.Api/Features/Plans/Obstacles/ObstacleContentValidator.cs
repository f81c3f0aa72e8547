using FluentValidation;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Features.Plans.Obstacles;

internal sealed class ObstacleContentValidator : AbstractValidator<ObstacleContent>
{
    public ObstacleContentValidator()
    {
        RuleFor(part => part.Position).InclusiveBetween(0, 1_000_000);
        RuleFor(obstacle => obstacle.Title).NotEmpty().MaximumLength(1_000);
        RuleFor(obstacle => obstacle.Kind).IsInEnum();
        RuleFor(obstacle => obstacle.Severity).IsInEnum();
        RuleFor(obstacle => obstacle.Status).IsInEnum();
        RuleFor(obstacle => obstacle.Mitigation).MaximumLength(PlanContent.WordsMaxLength);
        RuleFor(obstacle => obstacle.ExternalId).ExternalId();
    }
}
