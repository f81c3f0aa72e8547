using FluentValidation;
using PLService.Api.Domain.Priorities;

namespace PLService.Api.Features.Priorities;

/// <summary>Rules that several requests about priorities share.</summary>
internal static class PriorityRules
{
    public static void Dots<T>(this IRuleBuilder<T, int?> rule, Func<T, PriorityOrdering> ordering) => rule
        .InclusiveBetween(1, PriorityList.MaxDotsPerVoter)
        .Must((request, dots) => dots is null || ordering(request) is PriorityOrdering.DotVote)
        .WithErrorCode("value.inconsistent").WithMessage("Only a list that is ordered by dots has a number of them.");

    public static void Ids<T>(this IRuleBuilder<T, IReadOnlyList<Guid>?> rule, int least) => rule
        .Must(ids => ids is null || (ids.Count >= least && ids.Count <= PriorityList.MaxPriorities))
        .WithErrorCode("value.too_many").WithMessage($"{least} to {PriorityList.MaxPriorities} ids.")
        .Must(ids => ids is null || ids.Distinct().Count() == ids.Count).WithErrorCode("value.duplicate").WithMessage("An id stands twice.");

    public static void Votes<T>(this IRuleBuilder<T, IReadOnlyList<PriorityVote>> rule, int most) => rule
        .Must(votes => votes.Count <= PriorityList.MaxPriorities).WithErrorCode("value.too_many").WithMessage($"At most {PriorityList.MaxPriorities} entries.")
        .Must(votes => votes.All(vote => vote is not null && vote.Dots >= 1 && vote.Dots <= most)).WithErrorCode("value.out_of_range").WithMessage($"1 to {most} dots on each.")
        .Must(votes => votes.Select(vote => vote?.PriorityId).Distinct().Count() == votes.Count).WithErrorCode("value.duplicate").WithMessage("A priority stands twice.");
}

internal sealed class PriorityContentValidator : AbstractValidator<PriorityContent>
{
    public PriorityContentValidator()
    {
        RuleFor(content => content.Title).NotEmpty().MaximumLength(PriorityContent.TitleMaxLength);
        RuleFor(content => content.Reason).MaximumLength(PriorityContent.ReasonMaxLength);
        RuleFor(content => content.Target!.FavorableShare).InclusiveBetween(0, 1).When(content => content.Target is not null);
        RuleFor(content => content.Target!.Mean).InclusiveBetween(-1_000_000, 1_000_000).When(content => content.Target is not null);
        RuleFor(content => content.Target!.Level).Length(1, 60).When(content => content.Target is not null);
        RuleFor(content => content.Target!.Words).Length(1, PriorityContent.TargetWordsMaxLength).When(content => content.Target is not null);
    }
}
