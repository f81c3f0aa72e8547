using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.People;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.People;

namespace PLService.Api.Tests.Toolkits;

public sealed class ImportToolkitTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_document_becomes_a_draft_and_is_exported_as_it_came()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var document = TestToolkits.Document();

        var draft = await client.CreateAsync("/v1/toolkits", document);

        Assert.Equal(("draft", "1.0", false), ((string?)draft["status"], (string?)draft["label"], (bool)draft["catalog"]!));
        var exported = await client.ReadAsync("/v1/toolkits/book-study/versions/1.0/document");
        // What a field does not say is said on the way out: how it is answered.
        Assert.Equal("text", (string?)exported["tools"]![0]!["parts"]![1]!["fields"]![1]!["answer"]);
        Assert.Equal(document["tools"]![1]!["parts"]![0]!["reading"]!["codes"]!.ToJsonString(), exported["tools"]![1]!["parts"]![0]!["reading"]!["codes"]!.ToJsonString());
        var again = await (await api.NewTenantAsync()).Everything().CreateAsync("/v1/toolkits", exported);
        Assert.Equal((string?)draft["sha256"], (string?)again["sha256"]);
        var stored = await tenant.StoredAsync(db => db.ToolkitVersions.SingleAsync(v => v.TenantId == tenant.Id, Ct));
        Assert.Equal((ToolkitVersionStatus.Draft, 1L), (stored.Status, stored.Version));
        Assert.Contains("toolkit.imported", await tenant.ActionsAsync());
    }

    [Fact]
    public async Task Faults_are_named_with_their_place()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var document = TestToolkits.Document();
        document["tools"]![1]!["code"] = "1";

        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/toolkits", document)).ExpectFaultAsync("/tools/1/code", "toolkit.duplicate");
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/toolkits", """{"code":"x","tools":[]}""")).ExpectProblemAsync(HttpStatusCode.BadRequest, "request.malformed_json");
    }

    [Fact]
    public async Task What_is_published_never_changes_and_what_is_of_the_catalog_neither()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        await client.PublishToolkitAsync(TestToolkits.Document());
        const string Version = "/v1/toolkits/book-study/versions/1.0";

        await (await client.SendJsonAsync(HttpMethod.Put, Version, TestToolkits.Document(), "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "toolkit.not_draft");
        await (await client.SendJsonAsync(HttpMethod.Delete, Version, null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "toolkit.not_draft");
        await (await client.SendJsonAsync(HttpMethod.Post, $"{Version}/publish", null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "toolkit.not_draft");
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/toolkits", TestToolkits.Document())).ExpectProblemAsync(HttpStatusCode.Conflict, "toolkit.version_taken");
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/toolkits", TestToolkits.Document("ct-foundations"))).ExpectProblemAsync(HttpStatusCode.Conflict, "toolkit.is_catalog");
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/toolkits/ct-foundations/versions/1.0/retire", null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "toolkit.is_catalog");
        var retired = await (await client.SendJsonAsync(HttpMethod.Post, $"{Version}/retire", null, "*")).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal("retired", (string?)retired["status"]);
        await (await client.SendJsonAsync(HttpMethod.Post, $"{Version}/retire", null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "toolkit.not_published");
    }

    [Fact]
    public async Task A_draft_is_replaced_and_deleted_on_the_version_that_was_read()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var draft = await client.CreateAsync("/v1/toolkits", TestToolkits.Document());
        const string Version = "/v1/toolkits/book-study/versions/1.0";

        await (await client.SendJsonAsync(HttpMethod.Put, Version, TestToolkits.Document())).ExpectProblemAsync((HttpStatusCode)428, "concurrency.if_match_required");
        await (await client.SendJsonAsync(HttpMethod.Put, Version, TestToolkits.Document("other"), draft.ETag())).ExpectProblemAsync(HttpStatusCode.Conflict, "toolkit.code_mismatch");
        var document = TestToolkits.Document();
        document["title"] = new JsonObject { ["en"] = "Renamed" };
        var replaced = await (await client.SendJsonAsync(HttpMethod.Put, Version, document, draft.ETag())).ExpectAsync(HttpStatusCode.OK);
        await (await client.SendJsonAsync(HttpMethod.Delete, Version, null, draft.ETag())).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        Assert.Equal("Renamed", (string?)(await client.ReadAsync("/v1/toolkits/book-study"))["title"]!["en"]);
        Assert.Equal(HttpStatusCode.NoContent, (await client.SendJsonAsync(HttpMethod.Delete, Version, null, replaced.ETag())).StatusCode);
        Assert.False(await tenant.StoredAsync(db => db.Toolkits.AnyAsync(t => t.TenantId == tenant.Id, Ct)));
        await (await client.GetAsync(Version, Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "toolkit_version.not_found");
    }

    [Fact]
    public async Task A_framework_that_fields_are_repeated_for_has_to_be_there()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var document = TestToolkits.Document();
        document["tools"]![0]!["parts"]![1]!["fields"]![1]!["perStandardOf"] = "no-such";
        var draft = await client.CreateAsync("/v1/toolkits", document);

        var refused = await (await client.SendJsonAsync(HttpMethod.Post, "/v1/toolkits/book-study/versions/1.0/publish", null, draft.ETag()))
            .ExpectProblemAsync(HttpStatusCode.Conflict, "toolkit.unknown_framework");
        Assert.Equal("/tools/0/parts/1/fields/1/perStandardOf", (string?)refused["errors"]![0]!["pointer"]);

        await tenant.PlantFrameworkAsync("no-such", ("A", "A"));
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/toolkits/book-study/versions/1.0/publish", null, draft.ETag())).ExpectAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Toolkits_are_written_by_agency_admins_of_the_whole_tenant()
    {
        var tenant = await api.NewTenantAsync();
        var everything = tenant.Everything();
        var state = await everything.CreateAsync("/v1/organizations", new { kind = "state", name = "State" });

        await (await tenant.As(await tenant.NewPersonAsync((Role.Facilitator, null))).SendJsonAsync(HttpMethod.Post, "/v1/toolkits", TestToolkits.Document()))
            .ExpectProblemAsync(HttpStatusCode.Forbidden, "toolkit.authors_only");
        await (await tenant.As(await tenant.NewPersonAsync((Role.AgencyAdmin, state.Id()))).SendJsonAsync(HttpMethod.Post, "/v1/toolkits", TestToolkits.Document()))
            .ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.whole_tenant_only");
        await (await tenant.Only(Scopes.ToolkitsRead).SendJsonAsync(HttpMethod.Post, "/v1/toolkits", TestToolkits.Document())).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
        await tenant.As(await tenant.NewPersonAsync((Role.AgencyAdmin, null))).CreateAsync("/v1/toolkits", TestToolkits.Document());
    }

    [Fact]
    public async Task The_catalog_has_the_foundations_toolkit_in_two_languages()
    {
        var client = (await api.NewTenantAsync()).Everything();
        await client.CreateAsync("/v1/toolkits", TestToolkits.Document());

        var list = await client.ReadAsync("/v1/toolkits?count=true");
        var foundations = await client.ReadAsync("/v1/toolkits/ct-foundations/versions/1.0");

        Assert.Contains(list["items"]!.AsArray(), item => (string?)item!["code"] == "ct-foundations" && (bool)item["catalog"]!);
        Assert.Contains(list["items"]!.AsArray(), item => (string?)item!["code"] == "book-study");
        Assert.Empty((await client.ReadAsync("/v1/toolkits?status=draft&code=ct-foundations"))["items"]!.AsArray());
        var tools = foundations["document"]!["tools"]!.AsArray();
        Assert.Equal(["1.1", "1.2", "1.3", "1.4", "1.5"], tools.Select(tool => (string?)tool!["code"]));
        Assert.Equal(["+", "?", "*", "#"], tools[4]!["parts"]![1]!["reading"]!["codes"]!.AsArray().Select(code => (string?)code!["sign"]));
        Assert.Equal(4, tools[4]!["parts"]![2]!["questions"]!.AsArray().Count);
        Assert.All(tools, tool => Assert.NotNull(tool!["title"]!["es"]));
    }
}
