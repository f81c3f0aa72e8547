using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Domain.Frameworks.Rubrics;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Rubrics;

/// <summary>A standard that a rubric names.</summary>
/// <param name="Anchor">What is said of it.</param>
/// <param name="Link">The link of CASE to it.</param>
internal sealed record FoundStandard(RubricAnchor Anchor, CaseLink Link);

/// <summary>Finds the standards of criteria, in two queries at most: the tenant's own before those of the catalog.</summary>
internal sealed class RubricAnchors(PLServiceDbContext db)
{
    /// <summary>The standards with these identifiers that are there.</summary>
    public async Task<Dictionary<Guid, FoundStandard>> ByIdAsync(IEnumerable<Guid> ids, CancellationToken ct)
    {
        var wanted = ids.Distinct().ToList();
        return wanted.Count == 0 ? [] : await FindAsync(db.Standards.Where(s => wanted.Contains(s.Id)), ct);
    }

    /// <summary>The standards with these codes: all that have one, so that a code of two can be told from a code of one.</summary>
    public async Task<ILookup<(string Framework, string Code), FoundStandard>> ByCodeAsync(IEnumerable<(string Framework, string Code)> names, CancellationToken ct)
    {
        var wanted = names.Distinct().ToList();
        if (wanted.Count == 0)
            return Array.Empty<FoundStandard>().ToLookup(_ => ("", ""));

        var (frameworks, codes) = (wanted.ConvertAll(name => name.Framework).Distinct().ToList(), wanted.ConvertAll(name => name.Code).Distinct().ToList());
        var ids = frameworks.Select(FrameworkLookup.IdIn).OfType<Guid>().ToList();
        var known = await db.Frameworks.Where(f => frameworks.Contains(f.Code) || ids.Contains(f.Id)).Select(f => new { f.TenantId, f.Id, f.Code }).ToListAsync(ct);
        var named = frameworks.ToDictionary(
            name => name,
            name => known.Where(f => FrameworkLookup.IdIn(name) is { } id ? f.Id == id : f.Code == name).OrderByDescending(f => f.TenantId != Guid.Empty).FirstOrDefault());
        var keepers = named.Values.Where(f => f is not null).Select(f => f!.Id).Distinct().ToList();
        var found = await FindAsync(db.Standards.Where(s => keepers.Contains(s.FrameworkId) && codes.Contains(s.Code!)), ct);
        return (from name in wanted
                let framework = named[name.Framework]
                where framework is not null
                from standard in found.Values
                where standard.Anchor.Framework == framework.Code && standard.Anchor.Code == name.Code
                select (name, standard)).ToLookup(one => one.name, one => one.standard);
    }

    private async Task<Dictionary<Guid, FoundStandard>> FindAsync(IQueryable<Standard> standards, CancellationToken ct)
    {
        var found = await (
            from s in standards.AsNoTracking()
            join f in db.Frameworks on new { s.TenantId, Id = s.FrameworkId } equals new { f.TenantId, f.Id }
            select new
            {
                Standard = s,
                Framework = f.Code,
                IsShared = s.Code != null && db.Standards.Any(o => o.TenantId == s.TenantId && o.FrameworkId == s.FrameworkId && o.Code == s.Code && o.Id != s.Id),
            }).ToListAsync(ct);
        return found.OrderByDescending(one => one.Standard.TenantId != Guid.Empty).DistinctBy(one => one.Standard.Id).ToDictionary(
            one => one.Standard.Id, one => new FoundStandard(AnchorOf(one.Standard, one.Framework, one.IsShared), CaseBodies.LinkTo(one.Standard)));
    }

    private static RubricAnchor AnchorOf(Standard standard, string framework, bool isShared)
    {
        var id = standard.Id.ToString();
        var cited = standard.Code is { } code && !isShared && RubricCodes.IsCode(code) ? code : id;
        return new(standard.Id, framework, standard.Code, cited, standard.Label ?? CaseBodies.LinkTo(standard).Title, standard.Statement);
    }
}
