using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Instruments;

/// <summary>What refers to standards follows the versions of instruments; alignments that mean no standard are warned of.</summary>
public sealed class InstrumentAlignmentTests(ApiServer api) : IClassFixture<ApiServer>
{
    private const string Draft = "/v1/instruments/pulse/versions/1.0";

    [Fact]
    public async Task References_come_with_a_version_change_with_it_and_go_with_the_draft()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var made = await client.CreateAsync("/v1/instruments", Aligned(("A.1", "ct-2015", "LEA"), ("A.2", "ct-2015", "LEA"), ("A.2", "pl-components", "C01")));
        Assert.Equal(["A.1 ct-2015/LEA isRelatedTo", "A.2 ct-2015/LEA isRelatedTo", "A.2 pl-components/C01 isRelatedTo"], await ReferencesAsync(tenant));
        var one = await tenant.StoredAsync(db => db.StandardReferences.Where(r => r.TenantId == tenant.Id).OrderBy(r => r.Part).FirstAsync());
        Assert.Equal(("instrument", "Pulse 1.0", Draft, (Guid?)null), (one.ResourceType, one.Title, one.Address, one.OrganizationId));
        Assert.Null(made["warnings"]);

        var changed = await (await client.SendJsonAsync(HttpMethod.Put, Draft, Aligned(("A.2", "ct-2015", "LEA"), ("B.1", "ct-2015", "OUT")), made.ETag())).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(["A.2 ct-2015/LEA isRelatedTo", "B.1 ct-2015/OUT isRelatedTo"], await ReferencesAsync(tenant));

        await (await client.SendJsonAsync(HttpMethod.Delete, Draft, ifMatch: changed.ETag())).ExpectAsync(HttpStatusCode.NoContent);
        Assert.Empty(await ReferencesAsync(tenant));
    }

    [Fact]
    public async Task A_retired_version_still_refers_because_its_results_do()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        await client.PublishAsync(Aligned(("A.1", "ct-2015", "LEA")));

        await (await client.SendJsonAsync(HttpMethod.Post, Draft + "/retire", ifMatch: "*")).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(["A.1 ct-2015/LEA isRelatedTo"], await ReferencesAsync(tenant));
    }

    [Fact]
    public async Task What_means_no_standard_yet_is_kept_and_warned_of_until_it_does()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();

        var made = await client.CreateAsync("/v1/instruments", Aligned(("A.1", "ct-2015", "LEA"), ("A.1", "ct-2015", "NONE"), ("B.1", "later", "X")));

        Assert.Equal(
            ["/sections/0/items/0/alignments/1/code alignment.unknown_standard", "/sections/1/items/0/alignments/0/framework alignment.unknown_framework"],
            made["warnings"]!.AsArray().Select(warning => $"{warning!["pointer"]} {warning["code"]}"));
        Assert.Equal(3, (await ReferencesAsync(tenant)).Count);

        await tenant.FrameworkAsync("later", "Y");
        await tenant.RenameAsync("later/Y", "Z", "Z");
        var published = await (await client.SendJsonAsync(HttpMethod.Post, Draft + "/publish", ifMatch: made.ETag())).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(["alignment.unknown_standard", "alignment.unknown_standard"], published["warnings"]!.AsArray().Select(warning => (string)warning!["code"]!));

        await tenant.RenameAsync("later/Z", "X", "X");
        var retired = await (await client.SendJsonAsync(HttpMethod.Post, Draft + "/retire", ifMatch: published.ETag())).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal("/sections/0/items/0/alignments/1/code", (string?)Assert.Single(retired["warnings"]!.AsArray())!["pointer"]);
    }

    [Fact]
    public async Task A_former_code_is_a_code()
    {
        var tenant = await api.NewTenantAsync();
        await tenant.FrameworkAsync("mine", "OLD");
        await tenant.RenameAsync("mine/OLD", "NEW", "New");

        var made = await tenant.Everything().CreateAsync("/v1/instruments", Aligned(("A.1", "mine", "OLD"), ("A.2", "mine", "NEW")));

        Assert.Null(made["warnings"]);
    }

    private static Task<List<string>> ReferencesAsync(TestTenant tenant) => tenant.StoredAsync(db => db.StandardReferences.Where(r => r.TenantId == tenant.Id)
        .OrderBy(r => r.Part).ThenBy(r => r.FrameworkCode).Select(r => r.Part + " " + r.FrameworkCode + "/" + r.StandardCode + " " + r.Relation).ToListAsync());

    private static JsonObject Aligned(params (string Item, string Framework, string Code)[] alignments)
    {
        var document = TestInstruments.OneAxis();
        foreach (var item in document["sections"]!.AsArray().SelectMany(section => section!["items"]!.AsArray()))
        {
            var own = alignments.Where(one => one.Item == (string?)item!["code"]);
            item!["alignments"] = new JsonArray([.. own.Select(one => (JsonNode)new JsonObject { ["framework"] = one.Framework, ["code"] = one.Code, ["type"] = "isRelatedTo" })]);
        }

        return document;
    }
}
