using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.People;
using PLService.Api.Persistence;

namespace PLService.Api.Features.People;

/// <summary>What <see cref="ListPeople"/> can be narrowed by.</summary>
internal static class PersonFilters
{
    public static IQueryable<Person> Narrowed(this IQueryable<Person> found, ListPeople.Request request, PLServiceDbContext db)
    {
        if (request.Q is { } text)
        {
            var pattern = $"%{EscapeLike(text)}%";
            found = found.Where(p => EF.Functions.ILike(p.Name, pattern, "\\") || EF.Functions.ILike(p.Email!, pattern, "\\"));
        }

        if (request.OrganizationId is { } organization)
            found = found.Where(p => p.OrganizationId == organization);
        if (request.EmployeeGroup is { } group)
            found = found.Where(p => p.EmployeeGroup == group);
        if (request.Status is { } status)
            found = found.Where(p => p.Status == status);
        return InPlace(found, request, db);
    }

    // Only roles that the caller can see count: a filter must not tell of others.
    private static IQueryable<Person> InPlace(IQueryable<Person> found, ListPeople.Request request, PLServiceDbContext db)
    {
        var roles = db.ReachableMemberships();
        if (request.Role is { } role)
            roles = roles.Where(m => m.Role == role);
        if (request.WithinOrganizationId is not { } within)
            return request.Role is null ? found : found.Where(p => roles.Any(m => m.PersonId == p.Id));

        var below = db.OrganizationClosure.Where(c => c.AncestorId == within).Select(c => (Guid?)c.DescendantId);
        roles = roles.Where(m => below.Contains(m.OrganizationId));
        return request.Role is null
            ? found.Where(p => below.Contains(p.OrganizationId) || roles.Any(m => m.PersonId == p.Id))
            : found.Where(p => roles.Any(m => m.PersonId == p.Id));
    }

    private static string EscapeLike(string text) => text.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_");
}
