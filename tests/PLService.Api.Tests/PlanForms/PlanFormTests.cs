using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.People;
using PLService.Api.Domain.Plans;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.People;
using PLService.Api.Tests.Plans;

namespace PLService.Api.Tests.PlanForms;

public sealed class PlanFormTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plain_form_ships_with_the_service_and_nobody_changes_it()
    {
        var everything = (await api.NewTenantAsync()).Everything();

        var item = (await everything.ReadAsync("/v1/plan-forms")).Items().Single();
        Assert.Equal(("pls-plan", true), ((string?)item["code"], (bool)item["catalog"]!));
        Assert.Contains("own plain form", (string?)item["title"]!["en"], StringComparison.Ordinal);
        Assert.Equal("strategy", (string?)(await everything.ReadAsync("/v1/plan-forms/pls-plan"))["document"]!["sections"]![3]!["kind"]);

        await (await everything.SendJsonAsync(HttpMethod.Put, "/v1/plan-forms/pls-plan", Document("pls-plan"), "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "plan_form.is_catalog");
        await (await everything.SendJsonAsync(HttpMethod.Delete, "/v1/plan-forms/pls-plan", null, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "plan_form.is_catalog");
        await (await everything.SendJsonAsync(HttpMethod.Post, "/v1/plan-forms", Document("pls-plan"))).ExpectProblemAsync(HttpStatusCode.Conflict, "plan_form.is_catalog");
    }

    [Fact]
    public async Task A_tenant_writes_replaces_and_deletes_its_own()
    {
        var tenant = await api.NewTenantAsync();
        var everything = tenant.Everything();

        var made = await everything.CreateAsync("/v1/plan-forms", Document("ours"));
        await (await everything.SendJsonAsync(HttpMethod.Post, "/v1/plan-forms", Document("ours"))).ExpectProblemAsync(HttpStatusCode.Conflict, "plan_form.code_taken");
        var changed = Document("ours");
        changed["title"]!["en"] = "Changed";
        var replaced = await (await everything.SendJsonAsync(HttpMethod.Put, "/v1/plan-forms/ours", changed, made.ETag())).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(("Changed", 2L), ((string?)replaced["document"]!["title"]!["en"], (long)replaced["version"]!));
        await (await everything.SendJsonAsync(HttpMethod.Put, "/v1/plan-forms/ours", changed, made.ETag())).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        await (await everything.SendJsonAsync(HttpMethod.Put, "/v1/plan-forms/ours", Document("others"), "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "plan_form.code_mismatch");
        await (await everything.SendJsonAsync(HttpMethod.Put, "/v1/plan-forms/none", Document("none"), "*")).ExpectProblemAsync(HttpStatusCode.NotFound, "plan_form.not_found");

        Assert.Equal(HttpStatusCode.NoContent, (await everything.SendJsonAsync(HttpMethod.Delete, "/v1/plan-forms/ours", null, replaced.ETag())).StatusCode);
        await (await everything.GetAsync("/v1/plan-forms/ours", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "plan_form.not_found");
        Assert.Equal(["planForm.created", "planForm.changed", "planForm.deleted"], await tenant.ActionsAsync());
        Assert.Equal(0, await tenant.StoredAsync(db => db.PlanForms.CountAsync(f => f.TenantId != Guid.Empty, Ct)));
    }

    [Fact]
    public async Task Only_agency_admins_of_the_whole_tenant_write_them()
    {
        var tenant = await api.NewTenantAsync();
        var district = (await tenant.Everything().CreateAsync("/v1/organizations", new { kind = "district", name = "North" })).Id();
        Task<HttpResponseMessage> Add(HttpClient client) => client.SendJsonAsync(HttpMethod.Post, "/v1/plan-forms", Document("ours"));

        await (await Add(tenant.Within(district))).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.whole_tenant_only");
        await (await Add(tenant.As(await tenant.NewPersonAsync((Role.DistrictLead, null))))).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.authors_only");
    }

    [Fact]
    public async Task A_tenant_has_two_hundred_at_most()
    {
        var tenant = await api.NewTenantAsync();
        await tenant.StoredAsync(db =>
        {
            db.AddRange(Enumerable.Range(1, 200).Select(i => PlanForm.Create(new PlanFormDocument { Code = $"f{i}", Title = Text.En("Form"), Sections = [] })));
            return db.SaveChangesAsync(Ct);
        });

        await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, "/v1/plan-forms", Document("ours"))).ExpectProblemAsync(HttpStatusCode.Conflict, "plan_form.too_many");
    }

    public static TheoryData<string, string, string> Faults => new()
    {
        { """{ "code": "9" }""", "/code", "plan_form.format" },
        { """{ "sections": [] }""", "/sections", "plan_form.too_few" },
        { """{ "sections": [{ "code": "a", "title": { "en": "A" }, "minimum": 101 }] }""", "/sections/0/minimum", "plan_form.out_of_range" },
        { """{ "sections": [{ "code": "a", "title": { "en": "A" } }, { "code": "A", "title": { "en": "B" } }] }""", "/sections/1/code", "plan_form.duplicate" },
        { """{ "sections": [{ "code": "a", "title": { "en": "A" }, "fields": [{ "field": "visions", "title": { "en": "V" } }] }] }""", "/sections/0/fields/0/field", "plan_form.unknown_reference" },
        { """{ "sections": [{ "code": "a", "title": { "en": "A" }, "kind": "step", "only": { "colour": "red" } }] }""", "/sections/0/only/colour", "plan_form.unknown_reference" },
        { """{ "sections": [{ "code": "a", "title": { "en": "A" }, "kind": "strategy", "within": [{ "code": "b", "title": { "en": "B" }, "kind": "need" }] }] }""", "/sections/0/within/0/kind", "plan_form.inconsistent" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Each_fault_of_a_document_is_told_with_its_place(string members, string pointer, string code)
    {
        var document = Document("ours");
        foreach (var (name, value) in JsonNode.Parse(members)!.AsObject())
            document[name] = value?.DeepClone();

        var answer = await (await api.NewTenantAsync()).Everything().SendJsonAsync(HttpMethod.Post, "/v1/plan-forms", document);

        await answer.ExpectFaultAsync(pointer, code);
    }

    private static JsonObject Document(string code) => new()
    {
        ["code"] = code,
        ["title"] = new JsonObject { ["en"] = "Our form" },
        ["sections"] = new JsonArray(new JsonObject { ["code"] = "vision", ["title"] = new JsonObject { ["en"] = "Vision" } }),
    };
}
