using PLService.Api.Domain;
using PLService.Api.Domain.Teams;

namespace PLService.Api.Features.Teams.Kinds;

/// <summary>What teams of a kind have to be made up of.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Rules">Each says how many members of a constituency there have to be at least.</param>
/// <param name="IsShipped">Whether they are those that the service brings along, because the tenant has set none.</param>
/// <param name="Version">0 for those that the service brings along, +1 per change; the ETag.</param>
internal sealed record TeamKindResponse(TeamKind Kind, IReadOnlyList<TeamRule> Rules, bool IsShipped, long Version) : IVersioned
{
    internal static readonly TeamKindResponse Sample = new(TeamKind.Pdec, [new("teacher", 1), new("administrator", 1), new("bargainingUnit", 1)], true, 0);

    public static TeamKindResponse Of(TeamKind kind, TeamRules rules) => new(kind, rules.Of(kind), rules.SetOf(kind) is null, rules.SetOf(kind)?.Version ?? 0);

    /// <summary>The kind that an address names; null when there is none.</summary>
    public static TeamKind? Named(string kind) => Enum.GetValues<TeamKind>().Cast<TeamKind?>().FirstOrDefault(known => Persistence.EnumText.Of(known!.Value) == kind);
}
