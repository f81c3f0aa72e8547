using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Frameworks;

/// <summary>Links between standards, and the crosswalks that they make.</summary>
public sealed class CrosswalkTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task A_link_is_kept_in_a_framework_of_the_tenant_and_resolves_both_ends_across_frameworks()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var (mine, shipped, code) = await WorldAsync(client);

        var made = await (await client.SendJsonAsync(
            HttpMethod.Post, "/v1/associations", new { framework = "mine", type = "exactMatchOf", originId = mine[0].Id(), destinationId = shipped.A, notes = "Same words." }))
            .ExpectAsync(HttpStatusCode.Created);

        Assert.Equal(("A1", "mine", "A", code), (
            (string?)made["origin"]!["code"], (string?)made["origin"]!["framework"]!["code"], (string?)made["destination"]!["code"], (string?)made["destination"]!["framework"]!["code"]));
        Assert.Equal("Same words.", (string?)made["notes"]);
        Assert.Equal(made.ToJsonString(), (await client.ReadAsync($"/v1/associations/{made.Id()}")).ToJsonString());
        var stored = await tenant.StoredAsync(db => db.StandardAssociations.SingleAsync(a => a.Id == made.Id()));
        Assert.Equal(shipped.A.ToString(), CaseObject.Read(stored.Body).Link("destinationNodeURI")!.Identifier);
        Assert.Equal([made.Id()], Ids(await client.ReadAsync($"/v1/associations?originFramework=mine&destinationFramework={code}&count=true")));
        Assert.Empty(Ids(await client.ReadAsync("/v1/associations?originFramework=mine&type=isRelatedTo")));
        Assert.Equal([made.Id()], Ids(await client.ReadAsync($"/v1/standards/{shipped.A}/associations?direction=incoming&type=exactMatchOf")));
        Assert.Equal(2, Ids(await client.ReadAsync($"/v1/standards/{mine[0].Id()}/associations?count=true")).Count());
    }

    [Fact]
    public async Task What_makes_no_link_is_refused()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var (mine, shipped, code) = await WorldAsync(client);
        var nobody = new JsonObject { ["id"] = Guid.NewGuid() };
        await (await client.LinkAsync("mine", "isRelatedTo", mine[0], mine[1])).ExpectAsync(HttpStatusCode.Created);

        async Task Refused(DomainRefusal refusal) => await (await client.LinkAsync(refusal.Framework, refusal.Type, refusal.Origin, refusal.Destination))
            .ExpectProblemAsync(HttpStatusCode.Conflict, refusal.Code);

        await Refused(new("mine", "isRelatedTo", mine[0], mine[1], AssociationErrors.Exists.Code));
        await Refused(new("mine", "isRelatedTo", mine[0], mine[0], AssociationErrors.LinksItself.Code));
        await Refused(new("mine", "isChildOf", mine[0], mine[1], AssociationErrors.IsTree.Code));
        await Refused(new("mine", "replacedBy", mine[0], mine[1], AssociationErrors.IsReplacement.Code));
        await Refused(new("mine", "isPeerOf", nobody, mine[1], AssociationErrors.UnknownOrigin.Code));
        await Refused(new("mine", "isPeerOf", mine[0], nobody, AssociationErrors.UnknownDestination.Code));
        await Refused(new("nothing", "isPeerOf", mine[0], mine[1], AssociationErrors.UnknownFramework.Code));
        await Refused(new(code, "isPeerOf", mine[0], mine[1], FrameworkErrors.IsCatalog.Code));
        await (await client.LinkAsync("mine", "looksLike", mine[0], mine[1])).ExpectFaultAsync("/type", "value.unknown");
        await (await client.LinkAsync("mine", "ext:looksLike", mine[0], mine[1])).ExpectAsync(HttpStatusCode.Created);
        Assert.NotEqual(Guid.Empty, shipped.A);
    }

    [Fact]
    public async Task A_link_is_removed_but_no_place_in_a_tree_and_nothing_of_the_catalog()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var (mine, shipped, _) = await WorldAsync(client);
        var made = await (await client.LinkAsync("mine", "isRelatedTo", mine[0], mine[1])).ExpectAsync(HttpStatusCode.Created);
        var place = Ids(await client.ReadAsync($"/v1/standards/{mine[0].Id()}/associations?type=isChildOf")).Single();
        var catalog = Ids(await client.ReadAsync($"/v1/standards/{shipped.B}/associations?type=isChildOf")).Single();

        Assert.Equal(HttpStatusCode.NoContent, (await client.SendJsonAsync(HttpMethod.Delete, $"/v1/associations/{made.Id()}")).StatusCode);

        await (await client.SendJsonAsync(HttpMethod.Get, $"/v1/associations/{made.Id()}")).ExpectProblemAsync(HttpStatusCode.NotFound, "association.not_found");
        await (await client.SendJsonAsync(HttpMethod.Delete, $"/v1/associations/{made.Id()}")).ExpectProblemAsync(HttpStatusCode.NotFound, "association.not_found");
        await (await client.SendJsonAsync(HttpMethod.Delete, $"/v1/associations/{place}")).ExpectProblemAsync(HttpStatusCode.Conflict, AssociationErrors.IsTree.Code);
        await (await client.SendJsonAsync(HttpMethod.Delete, $"/v1/associations/{catalog}")).ExpectProblemAsync(HttpStatusCode.Conflict, FrameworkErrors.IsCatalog.Code);
    }

    [Fact]
    public async Task A_crosswalk_shows_each_standard_with_its_matches_and_what_is_not_covered()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var (mine, shipped, code) = await WorldAsync(client);
        var a = new JsonObject { ["id"] = shipped.A };
        await client.LinkAsync("mine", "exactMatchOf", mine[0], a);
        await client.LinkAsync("mine", "isRelatedTo", a, mine[1]);

        var list = (await client.ReadAsync("/v1/frameworks/mine/crosswalks"))["items"]!.AsArray().Single()!;
        var table = await client.ReadAsync($"/v1/crosswalks/mine/{code}?count=true");
        var turned = await client.ReadAsync($"/v1/crosswalks/{code}/mine?covered=false");

        Assert.Equal(code, (string?)list["framework"]!["code"]);
        Assert.Equal("""{"exactMatchOf":1,"isRelatedTo":1}""", list["types"]!.ToJsonString());
        Assert.Equal((1, 1), ((int)list["uncovered"]!, (int)list["uncoveredThere"]!));
        Assert.Equal(["A1", "A2", "A3"], table.Codes());
        Assert.Equal([true, true, false], table["items"]!.AsArray().Select(row => (bool)row!["covered"]!));
        Assert.Equal(["exactMatchOf outgoing A", "isRelatedTo incoming A"], table["items"]!.AsArray().SelectMany(row => row!["matches"]!.AsArray())
            .Select(m => $"{m!["type"]} {m["direction"]} {m["standard"]!["code"]}"));
        Assert.Equal(["B"], turned.Codes());
        var first = await client.ReadAsync($"/v1/crosswalks/mine/{code}?limit=2");
        Assert.Equal(["A3"], (await client.ReadAsync($"/v1/crosswalks/mine/{code}?limit=2&cursor={first["nextCursor"]}")).Codes());
        await (await client.SendJsonAsync(HttpMethod.Get, "/v1/crosswalks/mine/nothing")).ExpectProblemAsync(HttpStatusCode.NotFound, "framework.not_found");
        await (await client.SendJsonAsync(HttpMethod.Get, "/v1/frameworks/nothing/crosswalks")).ExpectProblemAsync(HttpStatusCode.NotFound, "framework.not_found");
    }

    private sealed record DomainRefusal(string Framework, string Type, JsonObject Origin, JsonObject Destination, string Code);

    private async Task<(List<JsonObject> Mine, (Guid Framework, Guid A, Guid B) Shipped, string Code)> WorldAsync(HttpClient client)
    {
        var code = $"s{Guid.NewGuid():N}"[..12];
        var shipped = await api.AddToCatalogAsync(code);
        await client.AddFrameworkAsync("mine");
        var mine = new List<JsonObject>();
        foreach (var name in new[] { "A1", "A2", "A3" })
            mine.Add(await client.AddStandardAsync("mine", name));
        return (mine, shipped, code);
    }

    private static IEnumerable<Guid> Ids(JsonObject page) => page["items"]!.AsArray().Select(link => (Guid)link!["id"]!);
}
