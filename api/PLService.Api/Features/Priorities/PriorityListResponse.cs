using System.Globalization;
using PLService.Api.Domain;
using PLService.Api.Domain.Priorities;
using PLService.Api.Http;

namespace PLService.Api.Features.Priorities;

/// <summary>What a team makes of one closed assessment.</summary>
/// <param name="Id">The service's id.</param>
/// <param name="OrganizationId">Whose it is: the assessment's organization.</param>
/// <param name="AssessmentId">The assessment.</param>
/// <param name="ResultRevision">The frozen result that the levels are taken from; a reopened assessment gets a further one, and the list stays what it is.</param>
/// <param name="Instrument">Code of the instrument.</param>
/// <param name="Round">The assessment's round.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Ordering">How its priorities get their order.</param>
/// <param name="DotsPerVoter">How many dots everybody has; null unless dots decide.</param>
/// <param name="Voting">Whether dots can be given.</param>
/// <param name="VotingOpenedAt">When voting was opened last.</param>
/// <param name="VotingClosedAt">When it was closed; null while it is open.</param>
/// <param name="Voters">People behind the dots when it was closed, those on paper included.</param>
/// <param name="DotsWithheld">Whether those were too few for the dots to be shown; the order follows from them all the same.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When it, or a priority of it, was last changed.</param>
/// <param name="Version">+1 per change of the list or of a priority of it; the ETag. Votes change nothing before they are counted.</param>
internal sealed record PriorityListResponse(
    Guid Id,
    Guid OrganizationId,
    Guid AssessmentId,
    int ResultRevision,
    string Instrument,
    string Round,
    string Title,
    PriorityOrdering Ordering,
    int? DotsPerVoter,
    VotingStatus Voting,
    DateTimeOffset? VotingOpenedAt,
    DateTimeOffset? VotingClosedAt,
    int? Voters,
    bool DotsWithheld,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version) : IVersioned
{
    private static readonly DateTimeOffset SampleTime = new(2026, 9, 21, 15, 0, 0, TimeSpan.Zero);

    internal static readonly PriorityListResponse Sample = new(
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000600"), Guid.Parse("01a2b3c4-0000-7000-8000-000000000010"), Guid.Parse("01a2b3c4-0000-7000-8000-000000000100"),
        1, "plsr", "2026-fall", "Priorities 2026-fall", PriorityOrdering.DotVote, 3, VotingStatus.NotOpened, null, null, null, false, SampleTime, SampleTime, 1);

    public static PriorityListResponse Of(PriorityList list) => new(
        list.Id, list.OrganizationId, list.AssessmentId, list.ResultRevision, list.Instrument, list.Round, list.Title, list.Ordering, list.DotsPerVoter,
        list.Voting, list.VotingOpenedAt, list.VotingClosedAt, list.Voters, list.DotsWithheld, list.CreatedAt, list.UpdatedAt, list.Version);
}

/// <summary>A priority list with its priorities.</summary>
/// <param name="List">The list itself.</param>
/// <param name="Priorities">Its priorities in their order; those that were dropped at the end.</param>
internal sealed record WholePriorityListResponse(PriorityListResponse List, IReadOnlyList<PriorityResponse> Priorities) : IEntityTagged
{
    internal static readonly WholePriorityListResponse Sample = new(PriorityListResponse.Sample, [PriorityResponse.Sample]);

    string IEntityTagged.EntityTag => List.Version.ToString(CultureInfo.InvariantCulture);

    public static WholePriorityListResponse Of(PriorityList list, IEnumerable<Priority> priorities) => new(
        PriorityListResponse.Of(list),
        [.. priorities.OrderBy(p => p.Status is PriorityStatus.Dropped).ThenBy(p => p.Position).ThenBy(p => p.Id).Select(p => PriorityResponse.Of(p, list.DotsWithheld))]);
}
