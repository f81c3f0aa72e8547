using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Frameworks;

/// <summary>The provider as a client of CASE meets it: who reads what, and whether everything that is named can be had.</summary>
public sealed class CaseProviderTests(ApiServer api) : IClassFixture<ApiServer>
{
    private const string Base = "/ims/case/v1p1";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_walks_from_the_list_to_every_object_and_each_has_its_form()
    {
        var tenant = await api.NewTenantAsync();
        var package = JsonNode.Parse(CasePackages.New("Walk").ToJsonString().Replace(CasePackages.Host, "http://plservice.test" + Base, StringComparison.Ordinal))!.AsObject();
        await tenant.Everything().ImportAsync(package, "?publish=true");
        var client = tenant.Only(Scopes.StandardsRead);
        var listed = (await client.ReadAsync($"{Base}/CFDocuments"))["CFDocuments"]!.AsArray().Single(document => (string?)document!["title"] == "Walk")!;

        var whole = await client.ReadAsync(Path(listed["CFPackageURI"]!["uri"]));

        Assert.Empty(CaseSchema.FaultsOf("CFPackage", whole));
        var seen = 0;
        foreach (var collection in new[] { "CFItems", "CFAssociations", "CFRubrics" })
        {
            foreach (var inside in whole[collection]!.AsArray())
            {
                var outside = await client.ReadAsync(Path(inside!["uri"]));
                if (collection != "CFRubrics")
                    Assert.Equal("Walk", (string?)(await client.ReadAsync(Path(outside["CFDocumentURI"]!["uri"])))["title"]);
                outside.Remove("CFDocumentURI");
                Assert.True(JsonNode.DeepEquals(inside, outside));
                seen++;
            }
        }

        foreach (var (collection, list) in whole["CFDefinitions"]!.AsObject())
        {
            foreach (var inside in list!.AsArray())
            {
                var outside = await client.ReadAsync(Path(inside!["uri"]));
                Assert.True(JsonNode.DeepEquals(inside, collection is "CFLicenses" or "CFAssociationGroupings" ? outside : outside[collection]![0]));
                seen++;
            }
        }

        Assert.Equal(14, seen);
        var set = await client.ReadAsync($"{Base}/CFItemAssociations/{package["CFItems"]![1]!["identifier"]}");
        Assert.Equal(("EV", 2), ((string?)set["CFItem"]!["humanCodingScheme"], set["CFAssociations"]!.AsArray().Count));
        var subjects = await client.ReadAsync($"{Base}/CFSubjects/{package["CFDefinitions"]!["CFSubjects"]![0]!["identifier"]}");
        Assert.Equal(["Teaching", "Coaching"], subjects["CFSubjects"]!.AsArray().Select(subject => (string?)subject!["title"]));
    }

    [Fact]
    public async Task A_tenant_reads_its_own_published_and_retired_frameworks_and_nobody_else_does()
    {
        var (tenant, other) = (await api.NewTenantAsync(), await api.NewTenantAsync());
        var (published, draft) = (CasePackages.New("Published"), CasePackages.New("Draft"));
        var id = await tenant.Everything().ImportAsync(published, "?publish=true");
        await tenant.Everything().ImportAsync(draft);
        var reader = tenant.Only(Scopes.StandardsRead);

        foreach (var (client, status) in new[] { (reader, HttpStatusCode.OK), (other.Everything(), HttpStatusCode.NotFound), (api.Anonymous(), HttpStatusCode.NotFound) })
        {
            foreach (var address in Addresses(published))
                Assert.True(status == (await client.GetAsync(address, Ct)).StatusCode, $"{address}: {status} expected");
            foreach (var address in Addresses(draft))
                await ExpectAsync(await client.GetAsync(address, Ct), 404, "unknownobject");
            var titles = (await client.ReadAsync($"{Base}/CFDocuments?limit=1000"))["CFDocuments"]!.AsArray().Select(document => (string?)document!["title"]).ToList();
            Assert.Equal(status is HttpStatusCode.OK, titles.Contains("Published"));
            Assert.DoesNotContain("Draft", titles);
        }

        await tenant.StoredAsync(async db =>
        {
            (await db.Frameworks.SingleAsync(f => f.Id == id, Ct)).Retire(DateTimeOffset.UtcNow);
            return await db.SaveChangesAsync(Ct);
        });
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync($"{Base}/CFPackages/{id}", Ct)).StatusCode);
    }

    [Fact]
    public async Task The_catalog_is_read_without_a_token_and_its_identifiers_are_nobody_elses()
    {
        var tenant = await api.NewTenantAsync();
        var package = CasePackages.New("In the catalog");
        var id = await PutIntoCatalogAsync(tenant, package);

        foreach (var client in new[] { api.Anonymous(), tenant.Only(Scopes.StandardsRead) })
        {
            foreach (var address in Addresses(package))
                Assert.True((await client.GetAsync(address, Ct)).StatusCode is HttpStatusCode.OK, address);
            Assert.Contains((await client.ReadAsync($"{Base}/CFDocuments?limit=1000"))["CFDocuments"]!.AsArray(), document => document!.Identifier() == id);
        }

        var foreign = CasePackages.New("Not in the catalog");
        foreign["CFItems"]!.AsArray().Add(package["CFItems"]![0]!.DeepClone());
        await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, "/v1/frameworks/import", package.ToJsonString())).ExpectProblemAsync(HttpStatusCode.Conflict, "framework.is_catalog");
        await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, "/v1/frameworks/import", foreign.ToJsonString())).ExpectProblemAsync(HttpStatusCode.Conflict, "case.identifier_in_catalog");
    }

    [Fact]
    public async Task Every_failure_has_the_form_of_CASE()
    {
        var tenant = await api.NewTenantAsync();
        var wrong = api.Anonymous();
        wrong.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "nothing");
        var basic = api.Anonymous();
        basic.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", "YTpi");
        var person = tenant.As(await tenant.NewPersonAsync());

        await ExpectAsync(await wrong.GetAsync($"{Base}/CFDocuments", Ct), 401, "unauthorised_request");
        await ExpectAsync(await basic.GetAsync($"{Base}/CFItems/{Guid.NewGuid()}", Ct), 401, "unauthorised_request");
        await ExpectAsync(await tenant.Only(Scopes.AuditRead).GetAsync($"{Base}/CFDocuments", Ct), 403, "forbidden");
        await ExpectAsync(await person.GetAsync($"{Base}/CFDocuments", Ct), 403, "forbidden");
        await ExpectAsync(await api.Anonymous().GetAsync($"{Base}/CFItems/17", Ct), 404, "invalid_uuid");
        await ExpectAsync(await api.Anonymous().GetAsync($"{Base}/CFPackages/17", Ct), 404, "invalid_uuid");
        await ExpectAsync(await api.Anonymous().GetAsync($"{Base}/CFPackages/{Guid.NewGuid()}", Ct), 404, "unknownobject");
        await ExpectAsync(await api.Anonymous().GetAsync($"{Base}/CFNothing/{Guid.NewGuid()}", Ct), 404, "unknownobject");
        await ExpectAsync(await api.Anonymous().PostAsync($"{Base}/CFDocuments", new StringContent("{}"), Ct), 405, "forbidden");
    }

    [Fact]
    public async Task Pages_of_any_origin_may_read_and_states_have_tags()
    {
        var tenant = await api.NewTenantAsync();
        var package = CasePackages.New("Tagged");
        var id = await tenant.Everything().ImportAsync(package, "?publish=true");
        foreach (var address in new[] { $"{Base}/CFPackages/{id}", $"{Base}/CFItems/{package["CFItems"]![0]!["identifier"]}" })
        {
            using var first = await tenant.Everything().GetAsync(address, Ct);
            Assert.NotNull(first.Content.Headers.LastModified);
            Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(tenant, address, "If-None-Match", first.Headers.ETag!.ToString()));
            Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(tenant, address, "If-Modified-Since", first.Content.Headers.LastModified!.Value.ToString("R")));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(tenant, address, "If-None-Match", "\"other\""));
        }

        using var preflight = new HttpRequestMessage(HttpMethod.Options, $"{Base}/CFDocuments");
        preflight.Headers.Add("Origin", "https://anybody.example.org");
        preflight.Headers.Add("Access-Control-Request-Method", "GET");
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization");
        Assert.Equal(["*"], (await api.Anonymous().SendAsync(preflight, Ct)).Headers.GetValues("Access-Control-Allow-Origin"));
        var discovery = await api.Anonymous().ReadAsync($"{Base}/discovery/imscasev1p1_openapi3_v1p0.json");
        Assert.Equal(12, discovery["paths"]!.AsObject().Count);
        Assert.Empty(Microsoft.OpenApi.OpenApiDocument.Parse(discovery.ToJsonString(), "json").Diagnostic!.Errors);
    }

    private static IEnumerable<string> Addresses(JsonObject package)
    {
        yield return $"{Base}/CFPackages/{package["CFDocument"]!["identifier"]}";
        yield return $"{Base}/CFDocuments/{package["CFDocument"]!["identifier"]}";
        yield return $"{Base}/CFItems/{package["CFItems"]![0]!["identifier"]}";
        yield return $"{Base}/CFItemAssociations/{package["CFItems"]![0]!["identifier"]}";
        yield return $"{Base}/CFAssociations/{package["CFAssociations"]![0]!["identifier"]}";
        yield return $"{Base}/CFRubrics/{package["CFRubrics"]![0]!["identifier"]}";
        foreach (var (collection, list) in package["CFDefinitions"]!.AsObject())
            yield return $"{Base}/{collection}/{list![0]!["identifier"]}";
    }

    // What ships is loaded by the owner; here a package of the tenant's becomes the catalog's.
    private async Task<Guid> PutIntoCatalogAsync(TestTenant tenant, JsonObject package)
    {
        var id = await tenant.Everything().ImportAsync(package, "?publish=true");
        await using var owner = await DatabaseClone.OpenAsync(api.Database.Owner);
        foreach (var table in new[] { "framework", "standard", "standard_association", "framework_definition", "rubric" })
        {
            var key = table == "framework" ? "id" : "framework_id";
            await ExecuteAsync(owner, $"create temp table copy_{table} as select * from (select * from pls.{table}) t where false");
            await ExecuteAsync(owner, $"begin; set local app.tenant_id = '{tenant.Id}'; insert into copy_{table} select * from pls.{table} where {key} = '{id}'; commit");
        }

        await ExecuteAsync(owner, $"begin; set local app.tenant_id = '{tenant.Id}'; delete from pls.framework where id = '{id}'; commit");
        foreach (var table in new[] { "framework", "standard", "standard_association", "framework_definition", "rubric" })
        {
            await ExecuteAsync(owner, $"update copy_{table} set tenant_id = '{Guid.Empty}'");
            await ExecuteAsync(owner, $"begin; set local app.tenant_id = '{Guid.Empty}'; insert into pls.{table} select * from copy_{table}; commit");
        }

        return id;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static async Task ExpectAsync(HttpResponseMessage response, int status, string minor)
    {
        var info = await response.ExpectAsync((HttpStatusCode)status);
        Assert.Equal(("failure", "error"), ((string?)info["imsx_codeMajor"], (string?)info["imsx_severity"]));
        Assert.Equal(minor, (string?)info["imsx_CodeMinor"]!["imsx_codeMinorField"]![0]!["imsx_codeMinorFieldValue"]);
    }

    private static async Task<HttpStatusCode> StatusAsync(TestTenant tenant, string address, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await tenant.Everything().SendAsync(request, Ct);
        return response.StatusCode;
    }

    private static string Path(JsonNode? uri)
    {
        Assert.StartsWith("http://plservice.test" + Base, (string?)uri, StringComparison.Ordinal);
        return ((string)uri!)["http://plservice.test".Length..];
    }
}
