using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Domain.Frameworks.Rubrics;
using PLService.Api.Tests.Frameworks;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Rubrics;

/// <summary>Rubrics added, read, listed, replaced and deleted.</summary>
public sealed class RubricTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task A_map_of_four_roles_and_eleven_standards_is_kept_as_a_CFRubric()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();

        var rubric = await client.AddMapAsync();

        Assert.Equal(("bestFirst", "cedar", 44, 1), ((string?)rubric["direction"], (string?)rubric["framework"]!["code"], rubric["criteria"]!.AsArray().Count, (int)rubric["version"]!));
        Assert.Equal(TestRubrics.Roles, rubric["roles"]!.AsArray().Select(role => (string?)role));
        var second = rubric["criteria"]![12]!;
        Assert.Equal(("EF.2", "Coach", "cedar", "EF", "Label EF"),
            ((string?)second["code"], (string?)second["role"], (string?)second["standard"]!["framework"], (string?)second["standard"]!["code"], (string?)second["standard"]!["label"]));
        Assert.Equal([false, false, true, false], rubric["criteria"]![5]!["levels"]!.AsArray().Select(level => (bool)level!["empty"]!));
        Assert.True(JsonNode.DeepEquals(rubric, await client.ReadAsync($"/v1/rubrics/{rubric.Id()}")));

        var stored = await tenant.StoredAsync(db => db.Rubrics.SingleAsync(r => r.TenantId == tenant.Id));
        var body = JsonNode.Parse(stored.Body)!.AsObject();
        Assert.Equal(("Innovation configuration map", $"plservice:/CFRubrics/{rubric.Id()}"), (stored.Title, (string?)body["uri"]));
        var criterion = body["CFRubricCriteria"]![0]!;
        var standard = await tenant.StoredAsync(db => db.Standards.SingleAsync(s => s.TenantId == tenant.Id && s.Code == "EP"));
        Assert.Equal(("Principal", "Principal: outcome of EP.", standard.Id.ToString(), 1, 1.5, rubric.Id().ToString()),
            ((string?)criterion["category"], (string?)criterion["description"], (string?)criterion["CFItemURI"]!["identifier"], (int)criterion["position"]!, (double)criterion["weight"]!, (string?)criterion["rubricId"]));
        var level = criterion["CFRubricCriterionLevels"]![1]!;
        Assert.Equal(("Level 2", "Principal at level 2 of EP.", 2), ((string?)level["quality"], (string?)level["description"], (int)level["position"]!));
        Assert.Contains("rubric.created", await tenant.StoredAsync(db => db.AuditEvents.Select(e => e.Action).ToListAsync()));
    }

    [Fact]
    public async Task What_comes_with_its_id_stays_the_same_part_and_what_is_left_out_goes()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var rubric = await client.AddMapAsync();
        var body = rubric.Body();
        var criteria = body["criteria"]!.AsArray();
        while (criteria.Count > 2)
            criteria.RemoveAt(2);
        var added = criteria[0]!.DeepClone().AsObject();
        (added["id"], added["code"], added["outcome"]) = (null, null, "Another outcome.");
        foreach (var level in added["levels"]!.AsArray())
            level!["id"] = null;
        criteria.Insert(0, (JsonNode)added);
        criteria[1]!["levels"]![0]!["description"] = "Better.";

        var changed = await (await client.SendJsonAsync(HttpMethod.Put, $"/v1/rubrics/{rubric.Id()}", body, rubric.ETag())).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(2, (int)changed["version"]!);
        Assert.Equal(["EP.2", "EP.1", "EF.1"], changed["criteria"]!.AsArray().Select(criterion => (string?)criterion!["code"]));
        Assert.Equal((string?)rubric["criteria"]![0]!["id"], (string?)changed["criteria"]![1]!["id"]);
        Assert.Equal("Better.", (string?)changed["criteria"]![1]!["levels"]![0]!["description"]);
        Assert.Equal(
            rubric["criteria"]![0]!["levels"]!.AsArray().Select(level => (string?)level!["id"]), changed["criteria"]![1]!["levels"]!.AsArray().Select(level => (string?)level!["id"]));
        Assert.True(JsonNode.DeepEquals(changed, await client.ReadAsync($"/v1/rubrics/{rubric.Id()}")));
        Assert.Contains("rubric.changed", await tenant.StoredAsync(db => db.AuditEvents.Select(e => e.Action).ToListAsync()));
    }

    [Fact]
    public async Task The_same_again_changes_nothing_and_a_change_needs_the_version_that_was_read()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var rubric = await client.AddMapAsync();
        var address = $"/v1/rubrics/{rubric.Id()}";

        var same = await (await client.SendJsonAsync(HttpMethod.Put, address, rubric.Body(), rubric.ETag())).ExpectAsync(HttpStatusCode.OK);

        Assert.True(JsonNode.DeepEquals(rubric, same));
        foreach (var method in (HttpMethod[])[HttpMethod.Put, HttpMethod.Delete])
        {
            var body = method == HttpMethod.Put ? rubric.Body() : null;
            await (await client.SendJsonAsync(method, address, body)).ExpectProblemAsync(HttpStatusCode.PreconditionRequired, "concurrency.if_match_required");
            await (await client.SendJsonAsync(method, address, body, "\"9\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        }
    }

    [Fact]
    public async Task A_deleted_rubric_is_gone()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var rubric = await client.AddMapAsync();

        Assert.Equal(HttpStatusCode.NoContent, (await client.SendJsonAsync(HttpMethod.Delete, $"/v1/rubrics/{rubric.Id()}", ifMatch: "*")).StatusCode);

        Assert.Equal(0, await tenant.StoredAsync(db => db.Rubrics.CountAsync(r => r.TenantId == tenant.Id)));
        Assert.Contains("rubric.deleted", await tenant.StoredAsync(db => db.AuditEvents.Select(e => e.Action).ToListAsync()));
        foreach (var (method, path, body) in ((HttpMethod, string, object?)[])[
            (HttpMethod.Get, "", null), (HttpMethod.Put, "", rubric.Body()), (HttpMethod.Delete, "", null), (HttpMethod.Post, "/instrument", new { code = "map", version = "1" })])
            await (await client.SendJsonAsync(method, $"/v1/rubrics/{rubric.Id()}{path}", body, "*")).ExpectProblemAsync(HttpStatusCode.NotFound, "rubric.not_found");
    }

    [Fact]
    public async Task Rubrics_are_listed_framework_by_framework_page_by_page()
    {
        var client = (await api.NewTenantAsync()).Everything();
        await client.MapFrameworkAsync("one");
        await client.MapFrameworkAsync("two");
        var made = new List<Guid>();
        foreach (var framework in (string[])["one", "one", "two", "one"])
            made.Add((await client.CreateAsync("/v1/rubrics", TestRubrics.Map(framework))).Id());

        var first = await client.ReadAsync("/v1/rubrics?framework=one&limit=2&count=true");
        var rest = await client.ReadAsync($"/v1/rubrics?framework=one&limit=2&cursor={first["nextCursor"]}");

        Assert.Equal((3, null), ((int)first["count"]!, (string?)rest["nextCursor"]));
        Assert.Equal([made[0], made[1], made[3]], [.. first["items"]!.AsArray().Concat(rest["items"]!.AsArray()).Select(item => (Guid)item!["id"]!)]);
        var listed = (await client.ReadAsync("/v1/rubrics?limit=500"))["items"]!.AsArray().Select(item => (Guid)item!["id"]!);
        Assert.Empty(made.Except(listed));
        await (await client.GetAsync("/v1/rubrics?framework=nothing", TestContext.Current.CancellationToken)).ExpectProblemAsync(HttpStatusCode.NotFound, "framework.not_found");
        await (await client.GetAsync("/v1/rubrics?cursor=x", TestContext.Current.CancellationToken)).ExpectFaultAsync("?cursor", "cursor.unknown");
    }

    public static TheoryData<string, string, string, string> Faults => new()
    {
        { "title", "\" \"", "/title", "rubric.missing" },
        { "roles", "[\"Coach\",\"coach\"]", "/roles/1", "rubric.duplicate" },
        { "roles", "[\"Coach\"]", "/criteria/0/role", "rubric.unknown_reference" },
        { "criteria", "[]", "/criteria", "rubric.too_few" },
        { "criteria", "[null]", "/criteria/0", "rubric.missing" },
        { "framework", "\"\"", "/framework", "value.required" },
        { "criteria/0/outcome", "\"\"", "/criteria/0/outcome", "rubric.missing" },
        { "criteria/0/code", "\"a b\"", "/criteria/0/code", "rubric.format" },
        { "criteria/0/weight", "-1", "/criteria/0/weight", "rubric.out_of_range" },
        { "criteria/0/standard", "{\"code\":\"EP\"}", "/criteria/0/standard", "rubric.missing" },
        { "criteria/0/standard", "{\"framework\":\"cedar\",\"code\":\"XX\"}", "/criteria/0/standard/code", "rubric.unknown_standard" },
        { "criteria/0/standard", "{\"id\":\"5f3a1d2c-8b7e-4c6d-9a0f-1e2d3c4b5a69\"}", "/criteria/0/standard/id", "rubric.unknown_standard" },
        { "criteria/0/id", "\"5f3a1d2c-8b7e-4c6d-9a0f-1e2d3c4b5a69\"", "/criteria/0/id", "rubric.unknown_part" },
        { "criteria/0/levels/1/id", "\"5f3a1d2c-8b7e-4c6d-9a0f-1e2d3c4b5a69\"", "/criteria/0/levels/1/id", "rubric.unknown_part" },
        { "criteria/0/levels", "[{\"label\":\"A\"}]", "/criteria/0/levels", "rubric.too_few" },
        { "criteria/0/levels", "[{\"label\":\"A\"},{\"label\":\"a\"}]", "/criteria/0/levels/1/label", "rubric.duplicate" },
        { "criteria/0/levels", "[{\"label\":\"A\"},{\"label\":\"B\",\"empty\":true}]", "/criteria/0/levels", "rubric.too_few" },
        { "criteria/0/levels", "[{\"label\":\"A\",\"score\":1},{\"label\":\"B\",\"score\":2}]", "/criteria/0/levels/1/score", "rubric.inconsistent" },
        { "criteria/0/levels", "[{\"label\":\"A\",\"score\":1},{\"label\":\"B\",\"score\":1}]", "/criteria/0/levels", "rubric.too_few" },
        { "criteria/0/levels", "[{\"label\":\"A\"},{\"label\":\"B\"},{\"label\":\"C\",\"description\":\"x\",\"empty\":true}]", "/criteria/0/levels/2/empty", "rubric.inconsistent" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Every_fault_is_named_with_its_place(string place, string value, string pointer, string code)
    {
        var client = (await api.NewTenantAsync()).Everything();
        await client.MapFrameworkAsync();
        var map = TestRubrics.Map();
        JsonNode owner = map;
        var steps = place.Split('/');
        foreach (var step in steps[..^1])
            owner = int.TryParse(step, out var i) ? owner[i]! : owner[step]!;
        owner[steps[^1]] = JsonNode.Parse(value);

        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/rubrics", map)).ExpectFaultAsync(pointer, code);
    }

    [Fact]
    public async Task Catalog_retired_and_unknown_frameworks_take_no_rubric()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var rubric = await client.AddMapAsync();
        var code = $"s{Guid.NewGuid():N}"[..12];
        var shipped = await api.AddToCatalogAsync(code);
        await api.ExecuteAsync(
            Guid.Empty,
            "insert into pls.rubric (tenant_id, id, framework_id, title, position, body, created_at, updated_at) select $1, $2, $3, 'Shipped', 0, jsonb_build_object('identifier', $2::text, 'title', 'Shipped'), now(), now()",
            Guid.Empty, shipped.A, shipped.Framework);

        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/rubrics", With(code))).ExpectProblemAsync(HttpStatusCode.Conflict, FrameworkErrors.IsCatalog.Code);
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/rubrics", With("nothing"))).ExpectProblemAsync(HttpStatusCode.Conflict, RubricErrors.UnknownFramework.Code);
        Assert.Equal((true, "Shipped"), ((bool)(await client.ReadAsync($"/v1/rubrics/{shipped.A}"))["framework"]!["catalog"]!, (string?)(await client.ReadAsync($"/v1/rubrics/{shipped.A}"))["title"]));
        await (await client.SendJsonAsync(HttpMethod.Delete, $"/v1/rubrics/{shipped.A}", ifMatch: "*")).ExpectProblemAsync(HttpStatusCode.Conflict, FrameworkErrors.IsCatalog.Code);
        await (await client.SendJsonAsync(HttpMethod.Put, $"/v1/rubrics/{shipped.A}", rubric.Body(), "*")).ExpectProblemAsync(HttpStatusCode.Conflict, FrameworkErrors.IsCatalog.Code);
        await client.PublishFrameworkAsync("cedar");
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/frameworks/cedar/retire", ifMatch: "*")).ExpectAsync(HttpStatusCode.OK);
        await (await client.SendJsonAsync(HttpMethod.Post, "/v1/rubrics", TestRubrics.Map())).ExpectProblemAsync(HttpStatusCode.Conflict, FrameworkErrors.IsRetired.Code);
        await (await client.SendJsonAsync(HttpMethod.Put, $"/v1/rubrics/{rubric.Id()}", rubric.Body(), "*")).ExpectProblemAsync(HttpStatusCode.Conflict, FrameworkErrors.IsRetired.Code);
        await (await client.SendJsonAsync(HttpMethod.Delete, $"/v1/rubrics/{rubric.Id()}", ifMatch: "*")).ExpectProblemAsync(HttpStatusCode.Conflict, FrameworkErrors.IsRetired.Code);
        Assert.Equal(1, await tenant.StoredAsync(db => db.Rubrics.CountAsync(r => r.TenantId == tenant.Id)));
    }

    private static JsonObject With(string framework)
    {
        var map = TestRubrics.Map();
        map["framework"] = framework;
        return map;
    }
}
