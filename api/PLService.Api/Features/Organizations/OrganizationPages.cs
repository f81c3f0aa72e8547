using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Organizations;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Organizations;

/// <summary>Lists of organizations have one order: the name in PostgreSQL's lower case, then the id, as the index has it.</summary>
internal static class OrganizationPages
{
    public static async Task<Page<OrganizationResponse>> ByNameAsync(IQueryable<Organization> found, PageRequest request, PLServiceDbContext db, CancellationToken ct)
    {
        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.TryDecode(request.Cursor, out var keys))
        {
            var (lastName, lastId) = (keys[0], Guid.Parse(keys[1]));
            found = found.Where(o => EF.Functions.GreaterThan(ValueTuple.Create(Sql.Lower(o.Name), o.Id), ValueTuple.Create(Sql.Lower(lastName), lastId)));
        }

        var page = await found.OrderBy(o => Sql.Lower(o.Name)).ThenBy(o => o.Id).Take(request.Take + 1).Select(OrganizationResponse.From(db)).ToListAsync(ct);
        return Page.Of(page, request.Take, o => [o.Name, o.Id.ToString()], count);
    }
}
