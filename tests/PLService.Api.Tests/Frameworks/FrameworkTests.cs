using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Frameworks;

/// <summary>Create, read, list, change, publish, retire, delete.</summary>
public sealed class FrameworkTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static readonly object Whole = new
    {
        code = "cedar",
        title = "Cedar Standards",
        creator = "Cedar Valley",
        publisher = "State",
        language = "en",
        versionLabel = "2026",
        adoptionStatus = "Adopted",
        statusStartDate = "2026-07-01",
        licence = new { title = "CC BY 4.0", text = "Share and adapt.", uri = "https://creativecommons.org/licenses/by/4.0/" },
        officialSourceUrl = "https://example.org/standards",
        subjects = new[] { "Professional Learning" },
    };

    [Fact]
    public async Task A_new_framework_is_a_draft_that_is_stored_as_a_CASE_document_with_its_licence()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();

        var made = await client.CreateAsync("/v1/frameworks", Whole);

        Assert.Equal("draft", (string?)made["status"]);
        Assert.Equal("Share and adapt.", (string?)made["licence"]!["text"]);
        Assert.EndsWith($"/ims/case/v1p1/CFDocuments/{made.Id()}", (string?)made["uri"]);
        var stored = CaseObject.Read((await tenant.StoredAsync(db => db.Frameworks.SingleAsync(f => f.TenantId == tenant.Id))).Body);
        Assert.Equal(("Cedar Standards", "Adopted", "2026-07-01", "2026"), (stored.Text("title"), stored.Text("adoptionStatus"), stored.Text("statusStartDate"), stored.Text("version")));
        var licence = await tenant.StoredAsync(db => db.FrameworkDefinitions.SingleAsync(d => d.TenantId == tenant.Id));
        Assert.Equal(stored.Link("licenseURI")!.Identifier, licence.Id.ToString());
        Assert.Equal("framework.created", (await tenant.StoredAsync(db => db.AuditEvents.SingleAsync())).Action);
        Assert.Equal(made.ToJsonString(), (await client.ReadAsync("/v1/frameworks/cedar")).ToJsonString());
        Assert.Equal(made.ToJsonString(), (await client.ReadAsync($"/v1/frameworks/{made.Id()}")).ToJsonString());
    }

    [Fact]
    public async Task A_code_of_the_tenant_or_of_the_catalog_is_refused()
    {
        var client = (await api.NewTenantAsync()).Everything();
        await client.AddFrameworkAsync("taken");
        await api.AddToCatalogAsync("shipped");

        foreach (var code in new[] { "taken", "shipped" })
            await (await client.SendJsonAsync(HttpMethod.Post, "/v1/frameworks", new { code, title = "T", creator = "C" }))
                .ExpectProblemAsync(HttpStatusCode.Conflict, FrameworkErrors.CodeTaken.Code);
    }

    [Theory]
    [InlineData("code", "Upper", "/code", "value.pattern")]
    [InlineData("code", "0c4b3a52-6d1e-4f7a-9b8c-2d3e4f5a6b7c", "/code", "value.pattern")]
    [InlineData("title", "", "/title", "value.required")]
    [InlineData("officialSourceUrl", "ftp://x", "/officialSourceUrl", "value.invalid")]
    [InlineData("language", "english", "/language", "value.pattern")]
    [InlineData("statusEndDate", "2026-06-30", "/statusEndDate", "value.out_of_range")]
    public async Task What_cannot_be_is_told_with_its_place(string member, string value, string pointer, string code)
    {
        var client = (await api.NewTenantAsync()).Everything();
        var body = System.Text.Json.Nodes.JsonNode.Parse(HttpSteps.ToJson(Whole))!.AsObject();
        body[member] = value;

        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/frameworks", body)).ExpectFaultAsync(pointer, code);
    }

    [Fact]
    public async Task The_list_is_narrowed_and_read_page_by_page_and_own_frameworks_stand_before_the_catalogs()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var shipped = await api.AddToCatalogAsync($"s{Guid.NewGuid():N}"[..12]);
        foreach (var code in new[] { "zebra", "aspen", "birch" })
            await client.AddFrameworkAsync(code);
        await client.PublishFrameworkAsync("birch");
        await (await api.NewTenantAsync()).Everything().AddFrameworkAsync("theirs");

        Assert.Equal(["aspen", "birch", "zebra"], (await client.ReadAsync("/v1/frameworks?catalog=false")).Codes());
        Assert.Equal(["birch"], (await client.ReadAsync("/v1/frameworks?catalog=false&status=published")).Codes());
        Assert.Equal(["zebra"], (await client.ReadAsync("/v1/frameworks?q=OF ZEB")).Codes());
        var first = await client.ReadAsync("/v1/frameworks?catalog=false&limit=2&count=true");
        Assert.Equal(["zebra"], (await client.ReadAsync($"/v1/frameworks?catalog=false&limit=2&cursor={first["nextCursor"]}")).Codes());
        Assert.Equal(3, (int)first["count"]!);
        var catalog = (await client.ReadAsync("/v1/frameworks?catalog=true&limit=500"))["items"]!.AsArray();
        Assert.Contains(catalog, f => (Guid)f!["id"]! == shipped.Framework);
        Assert.All(catalog, f => Assert.True((bool)f!["catalog"]!));
    }

    [Fact]
    public async Task A_patch_changes_what_it_names_and_null_removes()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var made = await client.CreateAsync("/v1/frameworks", Whole);

        var patched = await (await client.SendJsonAsync(
            HttpMethod.Patch, "/v1/frameworks/cedar", """{"publisher":null,"title":"Cedar 2","licence":{"text":"Other words."}}""", made.ETag())).ExpectAsync(HttpStatusCode.OK);
        var same = await (await client.SendJsonAsync(HttpMethod.Patch, "/v1/frameworks/cedar", """{"title":"Cedar 2"}""", patched.ETag())).ExpectAsync(HttpStatusCode.OK);

        Assert.Null(patched["publisher"]);
        Assert.Equal(("Cedar 2", "CC BY 4.0", "Other words."), ((string?)patched["title"], (string?)patched["licence"]!["title"], (string?)patched["licence"]!["text"]));
        Assert.Equal("State", (string?)made["publisher"]);
        Assert.Equal(2, (long)patched["version"]!);
        Assert.Equal(2, (long)same["version"]!);
        Assert.Equal(1, await tenant.StoredAsync(db => db.FrameworkDefinitions.CountAsync(d => d.TenantId == tenant.Id)));
        await (await client.SendJsonAsync(HttpMethod.Patch, "/v1/frameworks/cedar", """{"title":null}""", "*")).ExpectProblemAsync(HttpStatusCode.BadRequest, "request.malformed_json");
        await (await client.SendJsonAsync(HttpMethod.Patch, "/v1/frameworks/cedar", """{"title":"x"}""", made.ETag()))
            .ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        await (await client.SendJsonAsync(HttpMethod.Patch, "/v1/frameworks/cedar", """{"title":"x"}"""))
            .ExpectProblemAsync(HttpStatusCode.PreconditionRequired, "concurrency.if_match_required");
    }

    [Fact]
    public async Task Put_replaces_all_of_it_and_the_code_stays()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var made = await client.CreateAsync("/v1/frameworks", Whole);

        var replaced = await (await client.SendJsonAsync(HttpMethod.Put, "/v1/frameworks/cedar", new { title = "Bare", creator = "C" }, made.ETag())).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(("cedar", "Bare"), ((string?)replaced["code"], (string?)replaced["title"]));
        Assert.All(new[] { "publisher", "licence", "subjects", "statusStartDate", "officialSourceUrl" }, member => Assert.Null(replaced[member]));
    }

    [Fact]
    public async Task A_draft_is_published_and_then_retired_and_a_retired_one_is_only_read()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var made = await client.AddFrameworkAsync();
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/frameworks/cedar/retire", ifMatch: made.ETag())).ExpectProblemAsync(HttpStatusCode.Conflict, FrameworkErrors.NotPublished.Code);
        var published = await client.PublishFrameworkAsync("cedar");
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/frameworks/cedar/publish", ifMatch: "*")).ExpectProblemAsync(HttpStatusCode.Conflict, FrameworkErrors.NotDraft.Code);

        var retired = await (await client.SendJsonAsync(HttpMethod.Post, "/v1/frameworks/cedar/retire", ifMatch: published.ETag())).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal("retired", (string?)retired["status"]);
        Assert.NotNull(retired["retiredAt"]);
        await (await client.SendJsonAsync(HttpMethod.Patch, "/v1/frameworks/cedar", """{"title":"x"}""", "*")).ExpectProblemAsync(HttpStatusCode.Conflict, FrameworkErrors.IsRetired.Code);
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/frameworks/cedar/standards", new { statement = "s" })).ExpectProblemAsync(HttpStatusCode.Conflict, FrameworkErrors.IsRetired.Code);
    }

    [Fact]
    public async Task A_draft_goes_with_all_that_it_holds_but_not_while_something_refers_to_it()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        await client.AddFrameworkAsync();
        var standard = await client.AddStandardAsync("cedar", "LEA");
        await tenant.ReferAsync("cedar", standard.Id().ToString());
        await (await client.SendJsonAsync(HttpMethod.Delete, "/v1/frameworks/cedar", ifMatch: "*")).ExpectProblemAsync(HttpStatusCode.Conflict, FrameworkErrors.IsReferredTo.Code);
        await tenant.StoredAsync(db => db.StandardReferences.ExecuteDeleteAsync());

        var deleted = await client.SendJsonAsync(HttpMethod.Delete, "/v1/frameworks/cedar", ifMatch: "*");

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(0, await tenant.StoredAsync(async db =>
            await db.Frameworks.CountAsync(f => f.TenantId == tenant.Id) + await db.Standards.CountAsync(s => s.TenantId == tenant.Id)
            + await db.StandardAssociations.CountAsync(a => a.TenantId == tenant.Id)));
        await client.AddFrameworkAsync();
        await client.PublishFrameworkAsync("cedar");
        await (await client.SendJsonAsync(HttpMethod.Delete, "/v1/frameworks/cedar", ifMatch: "*")).ExpectProblemAsync(HttpStatusCode.Conflict, FrameworkErrors.NotDraft.Code);
    }

    [Theory]
    [InlineData("PUT", "", """{"title":"x","creator":"y"}""")]
    [InlineData("PATCH", "", """{"title":"x"}""")]
    [InlineData("DELETE", "", null)]
    [InlineData("POST", "/publish", null)]
    [InlineData("POST", "/retire", null)]
    [InlineData("POST", "/standards", """{"statement":"x"}""")]
    public async Task The_catalog_is_read_only_and_what_is_not_there_is_not_found(string method, string path, string? body)
    {
        var client = (await api.NewTenantAsync()).Everything();
        var shipped = await api.AddToCatalogAsync($"s{Guid.NewGuid():N}"[..12]);

        var refused = await client.SendJsonAsync(new HttpMethod(method), $"/v1/frameworks/{shipped.Framework}{path}", body, "*");
        var unknown = await client.SendJsonAsync(new HttpMethod(method), $"/v1/frameworks/nothing{path}", body, "*");

        await refused.ExpectProblemAsync(HttpStatusCode.Conflict, FrameworkErrors.IsCatalog.Code);
        await unknown.ExpectProblemAsync(HttpStatusCode.NotFound, "framework.not_found");
    }

    [Fact]
    public async Task A_repeated_creation_under_one_key_makes_one_framework()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var key = Guid.NewGuid().ToString();

        var first = await (await client.SendJsonAsync(HttpMethod.Post, "/v1/frameworks", Whole, idempotencyKey: key)).ExpectAsync(HttpStatusCode.Created);
        var second = await (await client.SendJsonAsync(HttpMethod.Post, "/v1/frameworks", Whole, idempotencyKey: key)).ExpectAsync(HttpStatusCode.Created);

        Assert.Equal(first.Id(), second.Id());
        Assert.Equal(1, await tenant.StoredAsync(db => db.Frameworks.CountAsync(f => f.TenantId == tenant.Id)));
    }
}
