using FluentValidation;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Features.Plans.Strategies;

internal sealed class StrategyContentValidator : AbstractValidator<StrategyContent>
{
    public StrategyContentValidator()
    {
        RuleFor(part => part.Position).InclusiveBetween(0, 1_000_000);
        RuleFor(strategy => strategy.Title).NotEmpty().MaximumLength(300);
        RuleFor(strategy => strategy.Narrative).MaximumLength(PlanContent.WordsMaxLength);
        RuleFor(strategy => strategy.Serves).Serves();
        RuleFor(strategy => strategy.ExternalId).ExternalId();
    }
}
