using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.People;
using PLService.Api.Domain.Plans;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.People;
using PLService.Api.Tests.Plans;

namespace PLService.Api.Tests.PlanTemplates;

public sealed class PlanTemplateTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_templates_ship_with_the_service_and_nobody_changes_them()
    {
        var everything = (await api.NewTenantAsync()).Everything();

        var list = await everything.ReadAsync("/v1/plan-templates?count=true");
        Assert.Equal(["cjusd-strategy", "plain", "wa-tpl-chart"], list.Items().Select(item => (string?)item["code"]));
        Assert.All(list.Items(), item => Assert.True((bool)item["catalog"]! && item["title"]!["es"] is not null));
        Assert.Equal(3L, (long)list["count"]!);

        var chart = await everything.ReadAsync("/v1/plan-templates/wa-tpl-chart");
        Assert.Equal("Planning: Where do we want our district to be one year from today?", (string?)chart["document"]!["labels"]!["vision"]!["en"]);
        Assert.Equal(["Major Focus", "District Leadership Actions", "Element of a Comprehensive PL System and/or PL Standard", "Tools and Materials Needed", "Challenges: Benefits and Frustrations"],
            new[] { "majorFocus", "leadershipActions", "serves", "toolsAndMaterials", "challenges" }.Select(label => (string?)chart["document"]!["labels"]![label]!["en"]));

        await (await everything.SendJsonAsync(HttpMethod.Put, "/v1/plan-templates/plain", Document("plain"), "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "plan_template.is_catalog");
        await (await everything.SendJsonAsync(HttpMethod.Delete, "/v1/plan-templates/plain", null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "plan_template.is_catalog");
        await (await everything.SendJsonAsync(HttpMethod.Post, "/v1/plan-templates", Document("plain"))).ExpectProblemAsync(HttpStatusCode.Conflict, "plan_template.is_catalog");
    }

    [Fact]
    public async Task A_tenant_writes_replaces_and_deletes_its_own()
    {
        var tenant = await api.NewTenantAsync();
        var everything = tenant.Everything();

        var made = await everything.CreateAsync("/v1/plan-templates", Document("ours"));
        Assert.Equal((false, 1L), ((bool)made["catalog"]!, (long)made["version"]!));
        await (await everything.SendJsonAsync(HttpMethod.Post, "/v1/plan-templates", Document("ours"))).ExpectProblemAsync(HttpStatusCode.Conflict, "plan_template.code_taken");
        var other = (await api.NewTenantAsync()).Everything();
        await (await other.GetAsync("/v1/plan-templates/ours", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "plan_template.not_found");
        await other.CreateAsync("/v1/plan-templates", Document("ours"));

        var changed = Document("ours");
        changed["title"]!["en"] = "Changed";
        await (await everything.SendJsonAsync(HttpMethod.Put, "/v1/plan-templates/ours", changed)).ExpectProblemAsync((HttpStatusCode)428, "concurrency.if_match_required");
        var replaced = await (await everything.SendJsonAsync(HttpMethod.Put, "/v1/plan-templates/ours", changed, made.ETag())).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(("Changed", 2L), ((string?)replaced["document"]!["title"]!["en"], (long)replaced["version"]!));
        Assert.Equal("Changed", (string?)(await everything.ReadAsync("/v1/plan-templates?catalog=false")).Items().Single()["title"]!["en"]);
        await (await everything.SendJsonAsync(HttpMethod.Put, "/v1/plan-templates/ours", changed, made.ETag())).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        await (await everything.SendJsonAsync(HttpMethod.Put, "/v1/plan-templates/ours", Document("others"), "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "plan_template.code_mismatch");

        Assert.Equal(HttpStatusCode.NoContent, (await everything.SendJsonAsync(HttpMethod.Delete, "/v1/plan-templates/ours", null, replaced.ETag())).StatusCode);
        await (await everything.SendJsonAsync(HttpMethod.Delete, "/v1/plan-templates/ours", null, "*")).ExpectProblemAsync(HttpStatusCode.NotFound, "plan_template.not_found");
        Assert.Equal(["planTemplate.created", "planTemplate.changed", "planTemplate.deleted"], await tenant.ActionsAsync());
        Assert.Equal(0, await tenant.StoredAsync(db => db.PlanTemplates.CountAsync(t => t.TenantId != Guid.Empty, Ct)));
    }

    [Fact]
    public async Task Only_agency_admins_of_the_whole_tenant_write_them()
    {
        var tenant = await api.NewTenantAsync();
        var district = (await tenant.Everything().CreateAsync("/v1/organizations", new { kind = "district", name = "North" })).Id();
        Task<HttpResponseMessage> Add(HttpClient client) => client.SendJsonAsync(HttpMethod.Post, "/v1/plan-templates", Document("ours"));

        await (await Add(tenant.Within(district))).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.whole_tenant_only");
        await (await Add(tenant.As(await tenant.NewPersonAsync((Role.Facilitator, null))))).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.authors_only");
        await (await Add(tenant.As(await tenant.NewPersonAsync((Role.Viewer, null))))).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
        await (await Add(tenant.As(await tenant.NewPersonAsync((Role.AgencyAdmin, null))))).ExpectAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_tenant_has_two_hundred_at_most()
    {
        var tenant = await api.NewTenantAsync();
        await tenant.StoredAsync(db =>
        {
            db.AddRange(Enumerable.Range(1, 200).Select(i => PlanTemplate.Create(new PlanTemplateDocument { Code = $"t{i}", Title = Text.En("Template") })));
            return db.SaveChangesAsync(Ct);
        });

        await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, "/v1/plan-templates", Document("ours"))).ExpectProblemAsync(HttpStatusCode.Conflict, "plan_template.too_many");
    }

    public static TheoryData<string, string, string> Faults => new()
    {
        { """{ "code": "Ours" }""", "/code", "plan_template.format" },
        { """{ "title": { "es": "Nada" } }""", "/title", "plan_template.missing" },
        { """{ "labels": { "rows": { "en": "Rows" } } }""", "/labels/rows", "plan_template.unknown_reference" },
        { """{ "plan": { "days": 0 } }""", "/plan/days", "plan.bad_period" },
        { """{ "plan": { "marks": [60, 30] } }""", "/plan/marks", "plan.bad_marks" },
        { """{ "parts": [{ "ref": "a", "kind": "step", "parent": "b", "content": { "title": "Step" } }] }""", "/parts/0/parent", "plan_template.unknown_reference" },
        { """{ "parts": [{ "ref": "a", "kind": "cycle", "content": { "title": "Cycle" } }] }""", "/parts/0/parent", "plan_template.unknown_reference" },
        { """{ "parts": [{ "ref": "a", "kind": "quickWrite", "content": { "text": "Mine" } }] }""", "/parts/0/kind", "plan_template.inconsistent" },
        { """{ "parts": [{ "ref": "a", "kind": "step", "content": { "title": "Step", "dueOn": "2026-10-01" } }] }""", "/parts/0/content/dueOn", "plan_template.inconsistent" },
        { """{ "parts": [{ "ref": "a", "kind": "step", "content": { "title": "Step", "dueDay": -1 } }] }""", "/parts/0/content/dueDay", "plan_template.out_of_range" },
        { """{ "parts": [{ "ref": "a", "kind": "step", "content": { "title": "Step", "ownerPersonId": "01a2b3c4-0000-7000-8000-000000000300" } }] }""", "/parts/0/content/ownerPersonId", "plan_template.inconsistent" },
        { """{ "parts": [{ "ref": "a", "kind": "step", "content": { "titel": "Step" } }] }""", "/parts/0/content", "plan_template.format" },
        { """{ "parts": [{ "ref": "a", "kind": "step", "content": { "title": "" } }] }""", "/parts/0/content/title", "value.required" },
        { """{ "parts": [{ "ref": "a", "kind": "step", "content": { "title": "Step", "startsDay": 40, "dueDay": 30 } }] }""", "/parts/0/content/dueOn", "plan.due_before_start" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Each_fault_of_a_document_is_told_with_its_place(string members, string pointer, string code)
    {
        var document = Document("ours");
        foreach (var (name, value) in JsonNode.Parse(members)!.AsObject())
            document[name] = value?.DeepClone();

        var answer = await (await api.NewTenantAsync()).Everything().SendJsonAsync(HttpMethod.Post, "/v1/plan-templates", document);

        await answer.ExpectFaultAsync(pointer, code);
    }

    private static JsonObject Document(string code) => new()
    {
        ["code"] = code,
        ["title"] = new JsonObject { ["en"] = "Our template" },
    };
}
