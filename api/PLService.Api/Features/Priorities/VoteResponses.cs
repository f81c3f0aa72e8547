using PLService.Api.Domain;
using PLService.Api.Domain.Priorities;
using PLService.Api.Domain.Results;

namespace PLService.Api.Features.Priorities;

/// <summary>Dots on one priority.</summary>
/// <param name="PriorityId">The priority.</param>
/// <param name="Dots">How many, 1 at least.</param>
public sealed record PriorityVote(Guid PriorityId, int Dots);

/// <summary>The caller's own dots.</summary>
/// <param name="ListId">The list.</param>
/// <param name="DotsPerVoter">How many there are to give.</param>
/// <param name="DotsLeft">How many of them are left.</param>
/// <param name="Votes">The dots.</param>
/// <param name="CreatedAt">When they were first given.</param>
/// <param name="UpdatedAt">When they were last changed.</param>
/// <param name="Version">+1 per change; the ETag.</param>
internal sealed record MyVotesResponse(
    Guid ListId, int DotsPerVoter, int DotsLeft, IReadOnlyList<PriorityVote> Votes, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long Version) : IVersioned
{
    internal static readonly MyVotesResponse Sample = new(
        PriorityListResponse.Sample.Id, 3, 1, [new(PriorityResponse.Sample.Id, 2)], PriorityListResponse.Sample.CreatedAt, PriorityListResponse.Sample.CreatedAt, 1);

    public static MyVotesResponse Of(PriorityList list, PriorityBallot ballot, IReadOnlyList<PriorityVote> votes) => new(
        list.Id, list.DotsPerVoter ?? 0, (list.DotsPerVoter ?? 0) - votes.Sum(vote => vote.Dots), votes, ballot.CreatedAt, ballot.UpdatedAt, ballot.Version);
}

/// <summary>What a group voted on paper.</summary>
/// <param name="ListId">The list.</param>
/// <param name="GroupKey">The group, under a key of your choice.</param>
/// <param name="Voters">How many people they are.</param>
/// <param name="Votes">Their dots together.</param>
/// <param name="CreatedAt">When they were entered.</param>
/// <param name="UpdatedAt">When they were last changed.</param>
/// <param name="Version">+1 per change; the ETag.</param>
internal sealed record PaperVotesResponse(
    Guid ListId, string GroupKey, int Voters, IReadOnlyList<PriorityVote> Votes, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long Version) : IVersioned
{
    internal static readonly PaperVotesResponse Sample = new(
        PriorityListResponse.Sample.Id, "table-4", 8, [new(PriorityResponse.Sample.Id, 14)], PriorityListResponse.Sample.CreatedAt, PriorityListResponse.Sample.CreatedAt, 1);

    public static PaperVotesResponse Of(PriorityBallot ballot, IReadOnlyList<PriorityVote> votes) =>
        new(ballot.ListId, ballot.GroupKey!, ballot.Voters, votes, ballot.CreatedAt, ballot.UpdatedAt, ballot.Version);
}

/// <summary>How the vote stands, or how it ended.</summary>
/// <param name="Voting">Whether dots can be given.</param>
/// <param name="DotsPerVoter">How many dots everybody has.</param>
/// <param name="Voters">People who gave dots, those on paper included.</param>
/// <param name="People">Those of them who gave them here.</param>
/// <param name="PaperGroups">The groups on paper.</param>
/// <param name="Withheld">Why the dots are withheld; null when they are shown.</param>
/// <param name="Dots">Dots by priority, those that got none left out; null when they are withheld.</param>
internal sealed record VoteCountsResponse(
    VotingStatus Voting,
    int? DotsPerVoter,
    int Voters,
    int People,
    IReadOnlyList<PaperGroup> PaperGroups,
    WithheldReason? Withheld,
    IReadOnlyList<PriorityVote>? Dots)
{
    internal static readonly VoteCountsResponse Sample = new(VotingStatus.Open, 3, 20, 12, [new("table-4", 8)], null, [new(PriorityResponse.Sample.Id, 31)]);
}

/// <summary>A group that voted on paper.</summary>
/// <param name="GroupKey">Its key.</param>
/// <param name="Voters">How many people they are.</param>
public sealed record PaperGroup(string GroupKey, int Voters);
