using PLService.Api.Domain.Results;

namespace PLService.Api.Domain.Assessments;

/// <summary>Responses of one role.</summary>
/// <param name="Role">The role; null for those without one.</param>
/// <param name="Started">Responses that were started.</param>
/// <param name="Submitted">Of these, handed in.</param>
internal sealed record RoleCount(string? Role, int Started, int Submitted);

/// <summary>How many answered by role, where no role is so small that its number would tell of single people.</summary>
internal static class ResponseRate
{
    /// <summary>The roles that are shown beside the whole, the largest first; people without a role are a group like others, and never shown.</summary>
    public static IReadOnlyList<RoleCount> Shown(IEnumerable<RoleCount> roles, int minimum)
    {
        var all = roles.OrderByDescending(role => role.Started).ThenBy(role => role.Role, StringComparer.Ordinal).ToList();
        var withheld = Suppression.Withheld([.. all.Select(role => role.Started)], minimum);
        return withheld.TotalWithheld ? [] : [.. all.Where((role, i) => role.Role is not null && withheld.Reasons[i] is null)];
    }
}
