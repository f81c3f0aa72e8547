using PLService.Api.Domain.People;

namespace PLService.Api.Tests.Matrix;

/// <summary>
/// What each role may do, written down a second time and on purpose in other words than the service has: who changes the one has to
/// mean it here as well.
/// </summary>
internal static class RolePolicy
{
    private const string Everybody = "organizations:read instruments:read standards:read toolkits:read plans:read";
    private const string Readers = Everybody + " assessments:read reports:read";

    private static readonly Dictionary<Role, string> Scopes = new()
    {
        [Role.Participant] = Everybody + " toolkits:write plans:write",
        [Role.Viewer] = Readers,
        [Role.Reviewer] = Readers + " people:read",
        [Role.Facilitator] = Readers + " people:read toolkits:write plans:write assessments:write responses:read responses:write imports:read imports:write jobs:read",
        [Role.DistrictLead] = Readers + " people:read toolkits:write plans:write assessments:write responses:read responses:write imports:read imports:write jobs:read"
            + " people:write organizations:write jobs:write audit:read changes:read tenant:read",
    };

    private static readonly Dictionary<CallerKind, (Role? Role, CallerKind Standing)> People = new()
    {
        [CallerKind.AdminOfOwn] = (Role.AgencyAdmin, CallerKind.Own),
        [CallerKind.LeadOfOwn] = (Role.DistrictLead, CallerKind.Own),
        [CallerKind.FacilitatorOfOwn] = (Role.Facilitator, CallerKind.Own),
        [CallerKind.ReviewerOfOwn] = (Role.Reviewer, CallerKind.Own),
        [CallerKind.ParticipantOfOwn] = (Role.Participant, CallerKind.Own),
        [CallerKind.ViewerOfOwn] = (Role.Viewer, CallerKind.Own),
        [CallerKind.AdminOfAll] = (Role.AgencyAdmin, CallerKind.WholeTenant),
        [CallerKind.LeadOfParent] = (Role.DistrictLead, CallerKind.Parent),
        [CallerKind.LeadOfSibling] = (Role.DistrictLead, CallerKind.Sibling),
        [CallerKind.LeadOfElsewhere] = (Role.DistrictLead, CallerKind.OtherTenant),
        [CallerKind.NobodyAtAll] = (null, CallerKind.Own),
    };

    /// <summary>Whether the caller is a person.</summary>
    public static bool IsPerson(this CallerKind kind) => People.ContainsKey(kind);

    /// <summary>The role of a person; null has none.</summary>
    public static Role? RoleOf(this CallerKind kind) => People[kind].Role;

    /// <summary>Where the caller stands, seen from district X: as which of the machines.</summary>
    public static CallerKind Standing(this CallerKind kind) => kind.IsPerson() ? People[kind].Standing : kind;

    /// <summary>Whether a role allows what needs this scope.</summary>
    public static bool Allows(this Role? role, string scope) =>
        role is Role.AgencyAdmin || (role is { } some && Scopes[some].Split(' ').Contains(scope, StringComparer.Ordinal));
}
