using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Frameworks;

/// <summary>Create, read, change, rename, delete.</summary>
public sealed class StandardTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task A_new_standard_is_stored_as_a_CASE_item_at_its_place()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        await client.AddFrameworkAsync();
        var top = await client.AddStandardAsync("cedar", "C");

        var made = await client.CreateAsync("/v1/frameworks/cedar/standards", new
        {
            statement = "Leaders take part.",
            code = "LEA",
            label = "Leadership",
            itemType = "Standard",
            listEnumeration = "1",
            subjects = new[] { "PL" },
            educationLevels = new[] { "09", "10" },
            keywords = new[] { "leader" },
            notes = "A note.",
            statusStartDate = "2026-07-01",
            parentId = top.Id(),
        });

        Assert.Equal(["C"], made["ancestors"]!.AsArray().Select(a => (string?)a!["code"]));
        Assert.Equal([top.Id()], made["parentIds"]!.AsArray().Select(id => (Guid)id!));
        Assert.Equal(1, (int)(await client.ReadAsync($"/v1/standards/{top.Id()}"))["children"]!);
        var stored = await tenant.StoredAsync(db => db.Standards.SingleAsync(s => s.Id == made.Id()));
        var body = CaseObject.Read(stored.Body);
        Assert.Equal(("LEA", "Leadership", "Leaders take part.", "Standard"), (stored.Code, stored.Label, stored.Statement, stored.ItemType));
        Assert.Equal(("LEA", "Leaders take part.", "A note."), (body.Text("humanCodingScheme"), body.Text("fullStatement"), body.Text("notes")));
        Assert.Equal(["09", "10"], body.Texts("educationLevel"));
        Assert.Equal(made.ToJsonString(), (await client.ReadAsync($"/v1/standards/{made.Id()}")).ToJsonString());
        Assert.Equal(2, (int)(await client.ReadAsync("/v1/frameworks/cedar"))["counts"]!["standards"]!);
    }

    [Fact]
    public async Task What_a_package_brought_along_stays_through_a_change()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        await client.AddFrameworkAsync();
        var standard = await client.AddStandardAsync("cedar", "LEA");
        await api.ExecuteAsync(tenant.Id, """update pls.standard set body = body || '{"extensions":{"x":1},"CFItemTypeURI":{"title":"Standard","identifier":"a","uri":"b"}}'""");

        var changed = await (await client.ChangeAsync(standard, new { notes = "New." })).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(1, (int)changed["more"]!["extensions"]!["x"]!);
        Assert.Equal("Standard", (string?)changed["more"]!["CFItemTypeURI"]!["title"]);
        Assert.Null((await (await client.ChangeAsync(standard, new { itemType = "Element" })).ExpectAsync(HttpStatusCode.OK))["more"]!["CFItemTypeURI"]);
    }

    [Fact]
    public async Task In_a_published_framework_a_renamed_standard_keeps_its_history()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        await client.AddFrameworkAsync("lf");
        var standard = await client.AddStandardAsync("lf", "EQX");
        await (await client.ChangeAsync(standard, new { code = "EQD", label = "Equity Drivers" })).ExpectAsync(HttpStatusCode.OK);
        Assert.Empty((await client.ReadAsync($"/v1/standards/{standard.Id()}/names"))["items"]!.AsArray());
        await client.PublishFrameworkAsync("lf");

        await (await client.ChangeAsync(standard, new { notes = "no new name" })).ExpectAsync(HttpStatusCode.OK);
        await (await client.ChangeAsync(standard, new { code = "LDR", label = "Learning Drivers" })).ExpectAsync(HttpStatusCode.OK);
        await (await client.ChangeAsync(standard, new { label = "Drivers" })).ExpectAsync(HttpStatusCode.OK);

        var names = await client.ReadAsync($"/v1/standards/{standard.Id()}/names?count=true");
        Assert.Equal(("LDR", "Drivers"), ((string?)names["current"]!["code"], (string?)names["current"]!["label"]));
        Assert.Equal(["Learning Drivers", "Equity Drivers"], names["items"]!.AsArray().Select(n => (string?)n!["label"]));
        Assert.Null(names["items"]![1]!["validFrom"]);
        Assert.Equal((string?)names["items"]![1]!["validTo"], (string?)names["items"]![0]!["validFrom"]);
        Assert.Equal((string?)names["items"]![0]!["validTo"], (string?)names["current"]!["validFrom"]);
        Assert.Equal(2, (int)names["count"]!);
        var first = await client.ReadAsync($"/v1/standards/{standard.Id()}/names?limit=1");
        Assert.Equal("Equity Drivers", (string?)(await client.ReadAsync($"/v1/standards/{standard.Id()}/names?limit=1&cursor={first["nextCursor"]}"))["items"]![0]!["label"]);
        Assert.Equal(standard.Id(), await tenant.StoredAsync(db => db.Standards.Where(s => s.TenantId == tenant.Id && s.Code == "LDR").Select(s => s.Id).SingleAsync()));
    }

    [Fact]
    public async Task Of_two_who_edit_one_standard_the_second_is_told()
    {
        var client = (await api.NewTenantAsync()).Everything();
        await client.AddFrameworkAsync();
        var standard = await client.AddStandardAsync("cedar", "LEA");

        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(n => client.ChangeAsync(standard, new { label = $"Label {n}" }, standard.ETag())));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.PreconditionFailed], answers.Select(a => a.StatusCode).Order());
        Assert.Equal(2, (long)(await client.ReadAsync($"/v1/standards/{standard.Id()}"))["version"]!);
        await (await client.ChangeAsync(standard, new { label = "x" }, null)).ExpectProblemAsync(HttpStatusCode.PreconditionRequired, "concurrency.if_match_required");
    }

    [Fact]
    public async Task Bad_input_is_told_with_its_place()
    {
        var client = (await api.NewTenantAsync()).Everything();
        await client.AddFrameworkAsync();
        var standard = await client.AddStandardAsync("cedar", "LEA");

        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/frameworks/cedar/standards", new { statement = new string('x', FrameworkLimits.TextLength + 1) }))
            .ExpectFaultAsync("/statement", "value.too_long");
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/frameworks/cedar/standards", new { statement = "s", position = -1 })).ExpectFaultAsync("/position", "value.out_of_range");
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/frameworks/cedar/standards", new { statement = "s", subjects = new[] { "" } })).ExpectFaultAsync("/subjects", "value.length");
        await (await client.ChangeAsync(standard, new { statusStartDate = "2026-02-01", statusEndDate = "2026-01-01" })).ExpectFaultAsync("/statusEndDate", "value.out_of_range");
        await (await client.ChangeAsync(standard, """{"statement":null}""")).ExpectProblemAsync(HttpStatusCode.BadRequest, "request.malformed_json");
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/frameworks/cedar/standards", new { statement = "s", parentId = Guid.NewGuid() }))
            .ExpectProblemAsync(HttpStatusCode.Conflict, StandardErrors.UnknownParent.Code);
    }

    [Fact]
    public async Task Only_an_unused_leaf_of_a_draft_is_deleted()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        await client.AddFrameworkAsync();
        var top = await client.AddStandardAsync("cedar", "C");
        var leaf = await client.AddStandardAsync("cedar", "LEA", top.Id());
        await tenant.ReferAsync("cedar", "LEA");
        Task<HttpResponseMessage> DeleteAsync(JsonObject standard) => client.SendJsonAsync(HttpMethod.Delete, $"/v1/standards/{standard.Id()}", ifMatch: "*");
        await (await DeleteAsync(top)).ExpectProblemAsync(HttpStatusCode.Conflict, StandardErrors.HasChildren.Code);
        await (await DeleteAsync(leaf)).ExpectProblemAsync(HttpStatusCode.Conflict, StandardErrors.IsReferredTo.Code);
        await tenant.StoredAsync(db => db.StandardReferences.ExecuteDeleteAsync());

        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(leaf)).StatusCode);

        Assert.Equal(["C"], await client.TreeAsync("cedar"));
        Assert.Equal(1, await tenant.StoredAsync(db => db.StandardAssociations.CountAsync(a => a.TenantId == tenant.Id)));
        await client.PublishFrameworkAsync("cedar");
        await (await DeleteAsync(top)).ExpectProblemAsync(HttpStatusCode.Conflict, StandardErrors.NotDraft.Code);
    }

    [Theory]
    [InlineData("PATCH", "", """{"label":"x"}""")]
    [InlineData("DELETE", "", null)]
    [InlineData("POST", "/move", """{"parentId":null}""")]
    [InlineData("POST", "/replace-by", """{"standardId":"5f3a1d2c-8b7e-4c6d-9a0f-1e2d3c4b5a69"}""")]
    public async Task The_catalog_is_read_only_and_what_is_not_there_is_not_found(string method, string path, string? body)
    {
        var client = (await api.NewTenantAsync()).Everything();
        var shipped = await api.AddToCatalogAsync($"s{Guid.NewGuid():N}"[..12]);

        var refused = await client.SendJsonAsync(new HttpMethod(method), $"/v1/standards/{shipped.A}{path}", body, "*");
        var unknown = await client.SendJsonAsync(new HttpMethod(method), $"/v1/standards/{Guid.NewGuid()}{path}", body, "*");

        await refused.ExpectProblemAsync(HttpStatusCode.Conflict, FrameworkErrors.IsCatalog.Code);
        await unknown.ExpectProblemAsync(HttpStatusCode.NotFound, "standard.not_found");
        Assert.Equal("A", (string?)(await client.ReadAsync($"/v1/standards/{shipped.B}"))["ancestors"]![0]!["code"]);
    }
}
