using PLService.Api.Domain;
using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Features.Tallies;

/// <summary>What a group marked on its paper poster.</summary>
/// <param name="AssessmentId">The assessment that it belongs to.</param>
/// <param name="GroupKey">Which group; one tally per group.</param>
/// <param name="Role">The role of everybody in the group, when all have one.</param>
/// <param name="Participants">People in the group.</param>
/// <param name="Counts">Marks by item and level code, or by item, axis and level code where the instrument has several axes.</param>
/// <param name="CreatedAt">When it was entered.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Version">+1 per change; the ETag.</param>
public sealed record TallyResponse(
    Guid AssessmentId,
    string GroupKey,
    string? Role,
    int Participants,
    IReadOnlyDictionary<string, ItemCounts> Counts,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version) : IVersioned
{
    private static readonly DateTimeOffset SampleTime = new(2026, 9, 8, 15, 0, 0, TimeSpan.Zero);

    internal static readonly TallyResponse Sample = new(
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000100"), "table-3", "teacher", 8,
        new Dictionary<string, ItemCounts> { ["VIS.1"] = new(new Dictionary<string, int> { ["green"] = 3, ["yellow"] = 4, ["red"] = 1 }) }, SampleTime, SampleTime, 1);

    internal static TallyResponse Of(Tally tally, InstrumentLayout layout) => new(
        tally.AssessmentId, tally.GroupKey, tally.Role, tally.Participants, TallySheet.Unpack(layout, tally.Counts),
        tally.CreatedAt, tally.UpdatedAt, tally.Version);
}
