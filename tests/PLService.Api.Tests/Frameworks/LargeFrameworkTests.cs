using System.Diagnostics;
using System.Text.Json.Nodes;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Frameworks;

/// <summary>Ten thousand statements and their places: taken in seconds, written in well under one.</summary>
public sealed class LargeFrameworkTests(ApiServer api) : IClassFixture<ApiServer>
{
    private const int Items = 10_000;

    [Fact]
    public async Task Ten_thousand_items_go_in_and_out_quickly_and_again_without_being_written()
    {
        var tenant = await api.NewTenantAsync();
        var package = Make();
        var text = package.ToJsonString();

        var (taken, import) = await TimeAsync(() => tenant.Everything().TakeAsync(package, "?code=large&publish=true"));
        var (again, repeat) = await TimeAsync(() => tenant.Everything().TakeAsync(package));
        await tenant.Everything().GetStringAsync("/v1/frameworks/large/package", TestContext.Current.CancellationToken);
        var (exported, export) = await TimeAsync(() => tenant.Everything().GetStringAsync($"/ims/case/v1p1/CFPackages/{taken["id"]}", TestContext.Current.CancellationToken));

        TestContext.Current.SendDiagnosticMessage($"{text.Length >> 10} KiB: import {import.TotalSeconds:F2} s, again {repeat.TotalSeconds:F2} s, export {export.TotalSeconds:F2} s");
        Assert.Equal((Items, Items), ((int)taken["items"]!["created"]!, (int)taken["associations"]!["created"]!));
        Assert.Equal(0, (int)again["changeCount"]!);
        Assert.Equal(1000, taken["changes"]!.AsArray().Count);
        Assert.Equal(Items, JsonNode.Parse(exported)!["CFItems"]!.AsArray().Count);
        // Far above what it takes, for machines with other things to do.
        Assert.True(import < TimeSpan.FromSeconds(30), $"The import took {import}.");
        Assert.True(export < TimeSpan.FromSeconds(5), $"The export took {export}.");
    }

    private static JsonObject Make()
    {
        var document = Guid.NewGuid();
        var ids = Enumerable.Range(0, Items).Select(_ => Guid.NewGuid()).ToList();
        return new()
        {
            ["CFDocument"] = CasePackages.With(CasePackages.Object("CFDocuments", document), new { title = "Large", creator = "C" }),
            ["CFItems"] = new JsonArray([.. ids.Select((id, i) => (JsonNode)CasePackages.With(CasePackages.Object("CFItems", id), new
            {
                fullStatement = $"Statement {i}: educators learn together from evidence of what their students can do, and act on it within the week.",
                humanCodingScheme = $"L.{i}",
                educationLevel = new[] { "06", "07", "08" },
                language = "en",
                CFItemType = "Standard",
            }))]),
            ["CFAssociations"] = new JsonArray([.. ids.Select((id, i) => (JsonNode)(i < 10 ? CasePackages.Child(id, document, i, "CFDocuments") : CasePackages.Child(id, ids[i / 10], i)))]),
        };
    }

    private static async Task<(T Result, TimeSpan Time)> TimeAsync<T>(Func<Task<T>> work)
    {
        var watch = Stopwatch.StartNew();
        return (await work(), watch.Elapsed);
    }
}
