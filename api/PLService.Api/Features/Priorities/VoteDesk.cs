using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Priorities;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Priorities;

/// <summary>Takes and counts dots.</summary>
internal sealed class VoteDesk(PLServiceDbContext db)
{
    /// <summary>Why these dots cannot be given; null when they can.</summary>
    /// <param name="list">The list, held.</param>
    /// <param name="votes">The dots.</param>
    /// <param name="voters">How many people give them.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<JsonHttpResult<ApiProblem>?> RefusesAsync(PriorityList list, IReadOnlyList<PriorityVote> votes, int voters, CancellationToken ct)
    {
        if (list.Voting is not VotingStatus.Open)
            return PriorityErrors.VotingIsNotOpen.ToConflict();
        if (votes.Sum(vote => (long)vote.Dots) > (long)voters * list.DotsPerVoter!.Value)
            return PriorityErrors.TooManyDots.ToConflict();
        var ids = votes.Select(vote => vote.PriorityId).ToArray();
        return await db.Priorities.CountAsync(p => p.ListId == list.Id && ids.Contains(p.Id) && p.Status != PriorityStatus.Dropped, ct) == ids.Length
            ? null
            : PriorityErrors.UnknownPriority.ToConflict();
    }

    /// <summary>Makes these the dots of a ballot, and saves; 412 when somebody else filled in the same ballot meanwhile.</summary>
    public async Task<JsonHttpResult<ApiProblem>?> FillAsync(PriorityBallot ballot, IReadOnlyList<PriorityVote> votes, CancellationToken ct)
    {
        var known = await db.PriorityDots.Where(d => d.BallotId == ballot.Id).ToDictionaryAsync(d => d.PriorityId, ct);
        foreach (var vote in votes)
        {
            if (known.Remove(vote.PriorityId, out var dots))
                dots.Dots = vote.Dots;
            else
                db.Add(new PriorityDots { BallotId = ballot.Id, PriorityId = vote.PriorityId, Dots = vote.Dots });
        }

        db.RemoveRange(known.Values);
        if (db.Entry(ballot).State is not EntityState.Added)
            db.Touch(ballot);
        return await db.TrySaveAsync(PriorityErrors.VotingIsNotOpen, ct) is null
            ? null
            : Problems.Result(412, "concurrency.stale_version", "The same ballot was filled in at the same time. Read it, and decide which is right.");
    }

    public async Task<IReadOnlyList<PriorityVote>> VotesOfAsync(PriorityBallot ballot, CancellationToken ct) =>
        await db.PriorityDots.Where(d => d.BallotId == ballot.Id).OrderByDescending(d => d.Dots).ThenBy(d => d.PriorityId)
            .Select(d => new PriorityVote(d.PriorityId, d.Dots)).ToListAsync(ct);

    /// <summary>All dots of a list, by priority, and who gave them.</summary>
    public async Task<(Dictionary<Guid, int> Dots, int People, IReadOnlyList<PaperGroup> Groups)> CountAsync(Guid listId, CancellationToken ct)
    {
        // Whoever took all dots back has not voted.
        var ballots = await db.PriorityBallots.Where(b => b.ListId == listId && db.PriorityDots.Any(d => d.BallotId == b.Id))
            .Select(b => new { b.GroupKey, b.Voters }).ToListAsync(ct);
        var dots = await (
            from ballot in db.PriorityBallots
            join one in db.PriorityDots on ballot.Id equals one.BallotId
            where ballot.ListId == listId
            group one.Dots by one.PriorityId).ToDictionaryAsync(group => group.Key, group => group.Sum(), ct);
        var groups = ballots.Where(b => b.GroupKey is not null).OrderBy(b => b.GroupKey, StringComparer.Ordinal).Select(b => new PaperGroup(b.GroupKey!, b.Voters)).ToList();
        return (dots, ballots.Count - groups.Count, groups);
    }
}
