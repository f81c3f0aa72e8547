using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Domain.Frameworks.Rubrics;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Rubrics;

/// <summary>A rubric that can be written.</summary>
/// <param name="Document">What it says, with a code for each criterion.</param>
/// <param name="Links">The link to the standard of each criterion.</param>
internal sealed record PreparedRubric(RubricDocument Document, IReadOnlyList<CaseLink?> Links);

/// <summary>Reads rubrics for answers, and finds what they name.</summary>
internal sealed class RubricDesk(PLServiceDbContext db, RubricAnchors anchors, AccessOptions access)
{
    /// <summary>The rubric with this id: none or one, the tenant's own before one of the catalog.</summary>
    public IQueryable<Rubric> Named(Guid id) => db.Rubrics.Where(r => r.Id == id).OrderByDescending(r => r.TenantId).Take(1);

    /// <summary>The framework that keeps a rubric.</summary>
    public Task<Framework> FrameworkOfAsync(Rubric rubric, CancellationToken ct) =>
        db.Frameworks.SingleAsync(f => f.TenantId == rubric.TenantId && f.Id == rubric.FrameworkId, ct);

    public async Task<RubricResponse> AnswerAsync(Rubric rubric, Framework framework, CancellationToken ct)
    {
        var (document, _) = await ReadAsync(rubric, ct);
        return new()
        {
            Id = rubric.Id,
            Uri = CaseAddresses.Expand($"\"{CaseObject.Read(rubric.Body).Text("uri") ?? CaseAddresses.Own(CaseBodies.Rubrics, rubric.Id)}\"", access.CaseAddress).Trim('"'),
            Framework = new(framework.Id, framework.Code, framework.Title, framework.TenantId == Guid.Empty),
            Title = document.Title,
            Description = document.Description,
            Direction = document.Direction,
            Roles = document.Roles,
            Criteria = document.Criteria,
            CreatedAt = rubric.CreatedAt,
            UpdatedAt = rubric.UpdatedAt,
            Version = rubric.Version,
        };
    }

    /// <summary>What a stored rubric says, with a code for each criterion and the names of its standards.</summary>
    public async Task<(RubricDocument Document, IReadOnlyDictionary<Guid, RubricAnchor> Anchors)> ReadAsync(Rubric rubric, CancellationToken ct)
    {
        var document = RubricReader.Read(rubric.Body);
        var found = await anchors.ByIdAsync(document.Criteria.Select(criterion => criterion.Standard?.Id).OfType<Guid>(), ct);
        var named = document.Criteria.Select(criterion => criterion.Standard?.Id is { } id && found.TryGetValue(id, out var standard)
            ? criterion with { Standard = new() { Id = id, Framework = standard.Anchor.Framework, Code = standard.Anchor.Code, Label = standard.Anchor.Name } } : criterion).ToList();
        return (
            document with { Criteria = RubricCodes.Assign(named, named.ConvertAll(criterion => criterion.Standard?.Code)) },
            found.ToDictionary(one => one.Key, one => one.Value.Anchor));
    }

    /// <summary>Finds what a rubric names: standards, and the parts that a stored one has already.</summary>
    /// <returns>The rubric to write, or the faults.</returns>
    public async Task<(PreparedRubric? Prepared, IReadOnlyList<ApiFault> Faults)> PrepareAsync(RubricDocument rubric, Rubric? stored, CancellationToken ct)
    {
        var before = stored is null ? [] : (await ReadAsync(stored, ct)).Document.Criteria.Where(criterion => criterion.Id is not null).ToDictionary(criterion => criterion.Id!.Value);
        var byId = await anchors.ByIdAsync(rubric.Criteria.Select(criterion => criterion.Standard?.Id).OfType<Guid>(), ct);
        var byCode = await anchors.ByCodeAsync(
            rubric.Criteria.Select(criterion => criterion.Standard).OfType<RubricStandard>().Where(standard => standard.Id is null).Select(standard => (standard.Framework!, standard.Code!)), ct);
        var faults = new List<ApiFault>();
        var (links, codes, criteria) = (new List<CaseLink?>(), new List<string?>(), new List<RubricCriterion>());
        foreach (var (i, criterion) in rubric.Criteria.Index())
        {
            var old = criterion.Id is { } id ? before.GetValueOrDefault(id) : null;
            faults.AddRange(UnknownParts($"/criteria/{i}", criterion, old));
            var found = criterion.Standard is { } standard
                ? standard.Id is { } standardId ? byId.GetValueOrDefault(standardId) : byCode[(standard.Framework!, standard.Code!)].ToList() is [var only] ? only : null
                : null;
            // A link that leads outside may stay; nobody can make one here.
            if (found is null && criterion.Standard is not null && (criterion.Standard.Id is null || criterion.Standard.Id != old?.Standard?.Id))
                faults.Add(UnknownStandard($"/criteria/{i}/standard", criterion.Standard, byCode));
            links.Add(found?.Link);
            codes.Add(found?.Anchor.Code);
            criteria.Add(criterion with { Code = criterion.Code ?? old?.Code });
        }

        if (faults.Count > 0)
            return (null, faults);
        return (new(rubric with { Criteria = RubricCodes.Assign(criteria, codes) }, links), []);
    }

    private static IEnumerable<ApiFault> UnknownParts(string at, RubricCriterion criterion, RubricCriterion? old)
    {
        if (criterion.Id is not null && old is null)
            yield return new($"{at}/id", "rubric.unknown_part", "The rubric has no criterion with this id; leave the id of a new one out.");
        foreach (var (i, _) in criterion.Levels.Index().Where(level => level.Item.Id is { } id && old?.Levels.Any(one => one.Id == id) is not true))
            yield return new($"{at}/levels/{i}/id", "rubric.unknown_part", "The criterion has no level with this id; leave the id of a new one out.");
    }

    private static ApiFault UnknownStandard(string at, RubricStandard standard, ILookup<(string, string), FoundStandard> byCode) =>
        standard.Id is not null ? new($"{at}/id", "rubric.unknown_standard", "There is no standard with this id that you can read.")
        : byCode[(standard.Framework!, standard.Code!)].Any() ? new($"{at}/code", "rubric.ambiguous_standard", "Several standards of the framework have this code; name the one by its id.")
        : new($"{at}/code", "rubric.unknown_standard", "There is no standard with this code in this framework, or you cannot read it.");
}
