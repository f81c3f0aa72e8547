using System.Collections.Frozen;
using PLService.Api.Domain.People;

namespace PLService.Api.Access;

/// <summary>
/// What each role may do, in the same words as for machines: the one policy that endpoints, <c>GET /v1/me</c> and pages go by. A role holds in
/// an organization and everything below it, so that what it may do is always asked together with where.
/// </summary>
public static class Roles
{
    private static readonly string[] Reading = [Scopes.OrganizationsRead, Scopes.InstrumentsRead, Scopes.StandardsRead, Scopes.ToolkitsRead, Scopes.PlansRead, Scopes.TeamsRead, Scopes.AssessmentsRead, Scopes.ReportsRead];

    private static readonly string[] Facilitating =
        [.. Reading, Scopes.ToolkitsWrite, Scopes.PlansWrite, Scopes.TeamsWrite, Scopes.AssessmentsWrite, Scopes.ResponsesRead, Scopes.ResponsesWrite, Scopes.PeopleRead, Scopes.ImportsRead, Scopes.ImportsWrite, Scopes.JobsRead, Scopes.PlansComment];

    private static readonly FrozenDictionary<Role, FrozenSet<string>> Allowed = new Dictionary<Role, FrozenSet<string>>
    {
        [Role.AgencyAdmin] = Scopes.All.Keys.ToFrozenSet(),
        [Role.DistrictLead] = Set(
            [.. Facilitating, Scopes.PlansReview, Scopes.OrganizationsWrite, Scopes.PeopleWrite, Scopes.JobsWrite, Scopes.AuditRead, Scopes.ChangesRead, Scopes.TenantRead]),
        [Role.Facilitator] = Set(Facilitating),
        [Role.Reviewer] = Set([.. Reading, Scopes.PeopleRead, Scopes.PlansComment, Scopes.PlansReview]),
        [Role.Participant] = Set([Scopes.OrganizationsRead, Scopes.InstrumentsRead, Scopes.StandardsRead, Scopes.ToolkitsRead, Scopes.ToolkitsWrite, Scopes.PlansRead, Scopes.PlansWrite, Scopes.TeamsRead, Scopes.PlansComment]),
        [Role.Viewer] = Set(Reading),
    }.ToFrozenDictionary();

    /// <summary>The scopes of a role.</summary>
    public static IReadOnlySet<string> ScopesOf(Role role) => Allowed[role];

    /// <summary>The roles that may do this for everybody where they hold, and not only their own part of it.</summary>
    public static IReadOnlyList<Role> Leading(string scope) => [.. Allowed.Keys.Where(role => role is not Role.Participant && Allowed[role].Contains(scope)).Order()];

    private static FrozenSet<string> Set(string[] scopes) => scopes.ToFrozenSet(StringComparer.Ordinal);
}
