using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Persistence;

namespace PLService.Api.Catalog;

/// <summary>
/// Loads the frameworks of the catalog. Loading them again changes only what differs: identifiers stay, and what a standard was called
/// before is kept, so that whoever cited it is still understood.
/// </summary>
internal sealed class FrameworkCatalog(PLServiceDbContext db, TimeProvider clock)
{
    /// <summary>Raised whenever the same file would make other rows.</summary>
    private const int Form = 1;

    /// <param name="files">Name and content of each file, all of the catalog at once: they link to each other.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="InvalidOperationException">A file has faults.</exception>
    public async Task LoadAsync(IReadOnlyList<(string Name, byte[] Content)> files, CancellationToken ct)
    {
        // Links carry titles of other frameworks, so that one change concerns all of them.
        var hash = HashOf(files);
        var loaded = await db.Frameworks.Select(framework => framework.PackageExtensions).ToListAsync(ct);
        if (loaded.Count == files.Count && loaded.TrueForAll(extensions => HashIn(extensions) == hash))
            return;

        var now = clock.GetUtcNow();
        var all = files.Select(file => new CatalogFramework(FrameworkFile.Read(file.Name, file.Content), hash, now))
            .ToDictionary(catalog => catalog.Framework.Code);
        foreach (var catalog in all.Values)
            catalog.Link(all);
        foreach (var catalog in all.Values)
            await MergeAsync(catalog, DateOnly.FromDateTime(now.UtcDateTime), ct);
        await db.SaveChangesAsync(ct);
    }

    private async Task MergeAsync(CatalogFramework wanted, DateOnly today, CancellationToken ct)
    {
        var id = wanted.Framework.Id;
        if (await db.Frameworks.SingleOrDefaultAsync(f => f.Id == id, ct) is not { } framework)
        {
            db.Add(wanted.Framework);
            db.AddRange(wanted.Definitions);
            db.AddRange(wanted.Standards);
            db.AddRange(wanted.FormerNames);
            db.AddRange(wanted.Associations);
            return;
        }

        if (Differs(framework.Body, wanted.Framework.Body))
            framework.Describe(wanted.Framework.Title, wanted.Framework.Body);
        framework.Extend(wanted.Framework.PackageExtensions, null);
        await MergeStandardsAsync(wanted, today, ct);
        Replace(await db.FrameworkDefinitions.Where(d => d.FrameworkId == id).ToListAsync(ct), wanted.Definitions, d => d.Id, d => d.Body);
        Replace(await db.StandardAssociations.Where(a => a.FrameworkId == id).ToListAsync(ct), wanted.Associations, a => a.Id, a => a.Body);
    }

    private async Task MergeStandardsAsync(CatalogFramework wanted, DateOnly today, CancellationToken ct)
    {
        var stored = await db.Standards.Where(s => s.FrameworkId == wanted.Framework.Id).ToDictionaryAsync(s => s.Id, ct);
        var names = await db.StandardNames.Where(n => db.Standards.Any(s => s.Id == n.StandardId && s.FrameworkId == wanted.Framework.Id)).ToListAsync(ct);
        foreach (var standard in wanted.Standards)
        {
            if (!stored.Remove(standard.Id, out var known))
            {
                db.Add(standard);
                continue;
            }

            known.Place(standard.Position);
            if (Differs(known.Body, standard.Body)
                && known.Reword(standard.Wording, standard.ItemType, standard.Body, FrameworkStatus.Published, today) is { } former
                && !wanted.FormerNames.Exists(name => IsSame(name, former)))
                db.Add(former);
        }

        db.AddRange(wanted.FormerNames.Where(name => !names.Exists(known => IsSame(known, name))));
        db.RemoveRange(stored.Values);
    }

    private void Replace<T>(List<T> stored, List<T> wanted, Func<T, Guid> idOf, Func<T, string> bodyOf)
        where T : class
    {
        var known = stored.ToDictionary(idOf);
        foreach (var row in wanted)
        {
            if (!known.Remove(idOf(row), out var same))
                db.Add(row);
            else if (Differs(bodyOf(same), bodyOf(row)))
                db.Entry(same).CurrentValues.SetValues(Kept(same, row));
        }

        db.RemoveRange(known.Values);
    }

    /// <summary>All values of <paramref name="row"/> but the tenant, which is set when a row is first saved.</summary>
    private Dictionary<string, object?> Kept<T>(T same, T row)
        where T : class => db.Entry(same).Metadata.GetProperties().Where(property => !property.IsPrimaryKey())
            .ToDictionary(property => property.Name, property => property.PropertyInfo!.GetValue(row));

    private static bool IsSame(StandardName one, StandardName other) =>
        (one.StandardId, one.Code, one.Statement, one.Label) == (other.StandardId, other.Code, other.Statement, other.Label);

    /// <summary>Whether two CASE objects say something else, apart from when they were last changed.</summary>
    private static bool Differs(string one, string other)
    {
        return !JsonNode.DeepEquals(Undated(one), Undated(other));

        static JsonObject Undated(string body)
        {
            var members = JsonNode.Parse(body)!.AsObject();
            members.Remove("lastChangeDateTime");
            return members;
        }
    }

    private static string HashOf(IEnumerable<(string Name, byte[] Content)> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(BitConverter.GetBytes(Form));
        foreach (var (name, content) in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(content);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string? HashIn(string? extensions) => extensions is null ? null : (string?)JsonNode.Parse(extensions)![CatalogFramework.HashMember];
}
