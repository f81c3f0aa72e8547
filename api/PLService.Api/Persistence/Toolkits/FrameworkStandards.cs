using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Domain.Toolkits;

namespace PLService.Api.Persistence.Toolkits;

/// <summary>Reads the standards that the fields of a toolkit are repeated for.</summary>
internal sealed partial class FrameworkStandards(PLServiceDbContext db)
{
    private const int LabelMaxLength = 200;

    /// <summary>
    /// The standards of each framework in its order: its items of the type "Standard"; where none has that type, those that have none below them.
    /// </summary>
    /// <returns>Standards by framework code, and the codes for which there are none.</returns>
    public async Task<(IReadOnlyDictionary<string, IReadOnlyList<StandardOfRun>> Standards, IReadOnlyList<string> Unknown)> ReadAsync(
        IReadOnlyList<string> frameworkCodes, CancellationToken ct)
    {
        var found = new Dictionary<string, IReadOnlyList<StandardOfRun>>(StringComparer.Ordinal);
        foreach (var code in frameworkCodes)
        {
            if (await ReadAsync(code, ct) is { Count: > 0 } standards)
                found[code] = standards;
        }

        return (found, [.. frameworkCodes.Where(code => !found.ContainsKey(code))]);
    }

    private async Task<List<StandardOfRun>> ReadAsync(string frameworkCode, CancellationToken ct)
    {
        // The tenant's own before one of the catalog.
        var framework = await db.Frameworks.Where(f => f.Code == frameworkCode && f.Status != FrameworkStatus.Draft)
            .OrderByDescending(f => f.TenantId).Select(f => new { f.TenantId, f.Id }).FirstOrDefaultAsync(ct);
        if (framework is null)
            return [];

        var items = await db.Standards.Where(s => s.TenantId == framework.TenantId && s.FrameworkId == framework.Id)
            .Select(s => new { s.Id, s.Code, s.Label, s.Statement, s.ItemType, s.Position }).ToListAsync(ct);
        var children = await db.StandardAssociations
            .Where(a => a.TenantId == framework.TenantId && a.FrameworkId == framework.Id && a.Type == AssociationTypes.IsChildOf)
            .Select(a => new { a.OriginId, a.DestinationId, a.SequenceNumber }).ToListAsync(ct);
        var parents = children.Select(a => a.DestinationId).ToHashSet();
        var sequence = children.Where(a => a.OriginId is not null).ToLookup(a => a.OriginId!.Value, a => a.SequenceNumber);
        var typed = items.Where(item => string.Equals(item.ItemType, "Standard", StringComparison.OrdinalIgnoreCase)).ToList();

        return [.. (typed.Count > 0 ? typed : items.Where(item => !parents.Contains(item.Id)))
            .OrderBy(item => sequence[item.Id].FirstOrDefault() ?? item.Position).ThenBy(item => item.Position)
            .Select(item => new StandardOfRun(item.Id, item.Code ?? item.Id.ToString(), item.Label ?? Cut(item.Statement), KeyOf(item.Code, item.Id)))
            // Two of one code would share one field.
            .GroupBy(standard => standard.Key, StringComparer.OrdinalIgnoreCase)
            .SelectMany(same => same.Count() == 1 ? same : same.Select(standard => standard with { Key = standard.Id.ToString() }))];
    }

    private static string KeyOf(string? code, Guid id) => code is not null && Key().IsMatch(code) ? code : id.ToString();

    private static string Cut(string statement) => statement.Length <= LabelMaxLength ? statement : statement[..(LabelMaxLength - 3)] + "...";

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}\z")]
    private static partial Regex Key();
}
