using PLService.Api.Domain.Organizations;

namespace PLService.Api.Persistence.Rollups;

/// <summary>What one round trip brought.</summary>
/// <param name="Minimum">The tenant's least group.</param>
/// <param name="InstrumentExists">Whether there is an instrument of that code.</param>
/// <param name="Path">From the root to the organization that was asked about; none when there is no such organization.</param>
/// <param name="Versions">Versions of the instrument that anybody in the tree used, oldest first.</param>
/// <param name="People">How many people stand behind the figures that decide what may be shown.</param>
/// <param name="Figures">The roll-ups that were asked for.</param>
/// <param name="Children">A page of the organization's children, when they were asked for.</param>
/// <param name="ChildCount">How many there are, when that was asked for.</param>
internal sealed record RollupRows(
    int Minimum,
    bool InstrumentExists,
    List<RollupOrganization> Path,
    List<(Guid TenantId, Guid Id)> Versions,
    List<PeopleRow> People,
    List<FigureRow> Figures,
    List<RollupOrganization> Children,
    long? ChildCount);

/// <summary>An organization as reports name it.</summary>
internal sealed record RollupOrganization(Guid Id, Guid? ParentId, OrganizationKind Kind, string Name);

/// <summary>People behind a roll-up row; role "" is all of them.</summary>
internal sealed record PeopleRow(
    Guid OrganizationId, Guid? ParentId, Guid VersionId, string Round, string Role, int Responses, DateTimeOffset FirstOpenedAt);

/// <summary>A roll-up row of the role asked for.</summary>
internal sealed record FigureRow(
    Guid OrganizationId, Guid VersionId, string Round, int Assessments, int Organizations, int Responses, long[] Counts);
