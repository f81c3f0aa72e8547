using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Priorities;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Priorities;

/// <summary>
/// Gives your dots, or gives them otherwise: then If-Match is needed. Several may go on one priority; all together they are as many as the list says, or
/// fewer. Dots can be given while voting is open, and none takes all of yours back.
/// </summary>
internal static class PutMyVotes
{
    /// <param name="Votes">Your dots; what is not named gets none.</param>
    public sealed record Request(IReadOnlyList<PriorityVote> Votes);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.Votes).Votes(PriorityList.MaxDotsPerVoter);
    }

    public static void Map(RouteGroupBuilder lists) =>
        lists.MapPut("/{id:guid}/votes/mine", Handle)
            .UseCase(nameof(PutMyVotes), "Vote on priorities")
            .RequireScope(Scopes.PlansWrite)
            .Validate<Request>()
            .Refuses(PriorityErrors.PeopleVote, PriorityErrors.VotingIsNotOpen, PriorityErrors.TooManyDots, PriorityErrors.UnknownPriority)
            .Example(new Request(MyVotesResponse.Sample.Votes), MyVotesResponse.Sample);

    private static async Task<Results<Ok<MyVotesResponse>, Created<MyVotesResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, IfMatch? ifMatch, PriorityDesk desk, VoteDesk votes, PLServiceDbContext db, Caller caller, AuditTrail audit, CancellationToken ct)
    {
        if (await desk.HoldAsync(id, ct) is not { } list)
            return Problems.NotFound("priority_list");
        if (caller.PersonId is not { } person)
            return PriorityErrors.PeopleVote.ToConflict();
        var ballot = await db.PriorityBallots.SingleOrDefaultAsync(b => b.ListId == id && b.PersonId == person, ct);
        if ((ballot is null ? ifMatch!.RefusesAbsence() : ifMatch!.RefusesBlindness() ?? ifMatch.Refuses(ballot.Version)) is { } stale)
            return stale;
        if (await votes.RefusesAsync(list, request.Votes, 1, ct) is { } refused)
            return refused;

        var isNew = ballot is null;
        if (ballot is null)
            db.Add(ballot = PriorityBallot.OfPerson(id, person));
        // That somebody voted is told, never what.
        audit.Record("priorityList.voted", id, list.OrganizationId);
        if (await votes.FillAsync(ballot, request.Votes, ct) is { } taken)
            return taken;
        var answer = MyVotesResponse.Of(list, ballot, request.Votes);
        return isNew ? TypedResults.Created($"/v1/priority-lists/{id}/votes/mine", answer) : TypedResults.Ok(answer);
    }
}
