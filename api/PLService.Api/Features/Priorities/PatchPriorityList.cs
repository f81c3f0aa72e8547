using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Priorities;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Priorities;

/// <summary>
/// Changes what a priority list is called and how it is ordered (JSON Merge Patch, RFC 7396). The number of dots stays once voting was opened; to change an
/// order that follows from dots, make it <c>dragOrder</c> when voting is closed.
/// </summary>
internal static class PatchPriorityList
{
    /// <summary>What can be changed of a list.</summary>
    /// <param name="Title">What it is called, 200 characters at most.</param>
    /// <param name="Ordering">How its priorities get their order.</param>
    /// <param name="DotsPerVoter">How many dots everybody has, 1 to 20; only where dots decide.</param>
    public sealed record Settings(string Title, PriorityOrdering Ordering, int? DotsPerVoter = null);

    public sealed class Validator : AbstractValidator<Settings>
    {
        public Validator()
        {
            RuleFor(settings => settings.Title).NotEmpty().MaximumLength(PriorityList.TitleMaxLength);
            RuleFor(settings => settings.Ordering).IsInEnum();
            RuleFor(settings => settings.DotsPerVoter).InclusiveBetween(1, PriorityList.MaxDotsPerVoter);
        }
    }

    public static void Map(RouteGroupBuilder lists) =>
        lists.MapPatch("/{id:guid}", Handle)
            .UseCase(nameof(PatchPriorityList), "Change a priority list")
            .RequireScope(Scopes.PlansWrite)
            .TakesPatch<Settings>()
            .Refuses(PriorityErrors.LeadersOnly, PriorityErrors.VotingIsOpen, PriorityErrors.DotsAreGiven)
            .Example(new { ordering = "dragOrder" }, WholePriorityListResponse.Sample);

    private static async Task<Results<Ok<WholePriorityListResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, MergePatch<Settings> patch, IfMatch ifMatch, PriorityDesk desk, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        var (list, priorities, refused) = await desk.FindForLeadingAsync(id, ifMatch, isFixedWhileVoting: false, ct);
        if (list is null)
            return refused!;
        var (wanted, invalid) = patch.Apply(new Settings(list.Title, list.Ordering, list.DotsPerVoter));
        if (wanted is null)
            return invalid!;
        var dots = wanted.Ordering is PriorityOrdering.DotVote ? wanted.DotsPerVoter ?? PriorityList.UsualDots : wanted.DotsPerVoter;
        if (list.Describe(wanted.Title, wanted.Ordering, dots) is { } wrong)
            return wrong.ToConflict();

        if (db.ChangedMembersOf(list) is { Count: > 0 } changed)
            audit.Record("priorityList.changed", id, list.OrganizationId, new { changed });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(WholePriorityListResponse.Of(list, priorities));
    }
}
