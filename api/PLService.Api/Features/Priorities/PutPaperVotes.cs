using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Priorities;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Priorities;

/// <summary>
/// Enters the dots that a group put on paper, under a key of your choice, or replaces them: then If-Match is needed. They are never more than its people
/// have to give.
/// </summary>
internal static class PutPaperVotes
{
    /// <param name="Voters">People in the group, 1 to 100,000.</param>
    /// <param name="Votes">Their dots together.</param>
    public sealed record Request(int Voters, IReadOnlyList<PriorityVote> Votes);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Voters).InclusiveBetween(1, PriorityBallot.MaxVoters);
            RuleFor(request => request.Votes).Votes(PriorityBallot.MaxVoters * PriorityList.MaxDotsPerVoter);
        }
    }

    public static void Map(RouteGroupBuilder lists) =>
        lists.MapPut("/{id:guid}/votes/paper/{groupKey}", Handle)
            .UseCase(nameof(PutPaperVotes), "Enter what a group voted on paper")
            .RequireScope(Scopes.PlansWrite)
            .Validate<Request>()
            .Refuses(PriorityErrors.LeadersOnly, PriorityErrors.VotingIsNotOpen, PriorityErrors.TooManyDots, PriorityErrors.UnknownPriority)
            .Example(new Request(8, PaperVotesResponse.Sample.Votes), PaperVotesResponse.Sample);

    private static async Task<Results<Ok<PaperVotesResponse>, Created<PaperVotesResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string groupKey, Request request, IfMatch? ifMatch, PriorityDesk desk, VoteDesk votes, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await desk.HoldAsync(id, ct) is not { } list)
            return Problems.NotFound("priority_list");
        if (!await desk.LeadsAsync(list, ct))
            return PriorityErrors.LeadersOnly.ToConflict();
        if (groupKey.Length > PriorityBallot.GroupKeyMaxLength)
            return Problems.Invalid("{groupKey}", "value.too_long", $"A group key has at most {PriorityBallot.GroupKeyMaxLength} characters.");
        var ballot = await db.PriorityBallots.SingleOrDefaultAsync(b => b.ListId == id && b.GroupKey == groupKey, ct);
        if ((ballot is null ? ifMatch!.RefusesAbsence() : ifMatch!.RefusesBlindness() ?? ifMatch.Refuses(ballot.Version)) is { } stale)
            return stale;
        if (await votes.RefusesAsync(list, request.Votes, request.Voters, ct) is { } refused)
            return refused;

        var isNew = ballot is null;
        if (ballot is null)
            db.Add(ballot = PriorityBallot.OfGroup(id, groupKey));
        ballot.Count(request.Voters);
        audit.Record("priorityList.paperVotesEntered", id, list.OrganizationId, new { groupKey, request.Voters });
        if (await votes.FillAsync(ballot, request.Votes, ct) is { } taken)
            return taken;
        var answer = PaperVotesResponse.Of(ballot, request.Votes);
        return isNew ? TypedResults.Created($"/v1/priority-lists/{id}/votes/paper/{Uri.EscapeDataString(groupKey)}", answer) : TypedResults.Ok(answer);
    }
}
