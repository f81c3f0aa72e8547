using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Organizations;

/// <summary>What tests about organizations do, in one line each.</summary>
internal static class OrganizationSteps
{
    public static Task<JsonObject> AddAsync(this HttpClient client, string kind, string name, Guid? parentId = null) =>
        client.CreateAsync("/v1/organizations", new { kind, name, parentId });

    public static async Task<HttpResponseMessage> MoveAsync(this HttpClient client, JsonObject organization, Guid? parentId) =>
        await client.SendJsonAsync(HttpMethod.Post, $"/v1/organizations/{organization.Id()}/move", new { parentId }, organization.ETag());

    /// <summary>The closure table as it follows from the parents alone: what it must always be.</summary>
    public static IReadOnlyList<string> ClosureOf(IReadOnlyDictionary<Guid, Guid?> parents) =>
        [.. parents.Keys.SelectMany(id =>
        {
            var pairs = new List<string>();
            Guid? above = id;
            for (var depth = 0; above is { } ancestor; above = parents[ancestor], depth++)
            {
                Assert.True(depth <= parents.Count, "The tree has a cycle.");
                pairs.Add($"{ancestor} {id} {depth}");
            }

            return pairs;
        }).Order(StringComparer.Ordinal)];

    /// <summary>Compares the stored closure table with the stored parents.</summary>
    public static Task AssertTreeIsWholeAsync(this TestTenant tenant) => tenant.StoredAsync(async db =>
    {
        var parents = await db.Organizations.ToDictionaryAsync(o => o.Id, o => o.ParentId);
        var stored = (await db.OrganizationClosure.ToListAsync()).Select(c => $"{c.AncestorId} {c.DescendantId} {c.Depth}").Order(StringComparer.Ordinal);
        Assert.Equal(ClosureOf(parents), stored);
        return parents.Count;
    });
}
