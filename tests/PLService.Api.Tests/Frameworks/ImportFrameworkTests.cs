using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Frameworks;

public sealed class ImportFrameworkTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_package_becomes_a_draft_with_all_that_it_says()
    {
        var tenant = await api.NewTenantAsync();
        var package = CasePackages.New("Étude of learning, 2026");

        var answer = await tenant.Everything().TakeAsync(package);

        Assert.Equal(("etude-of-learning-2026", "draft", true, false), ((string?)answer["code"], (string?)answer["status"], (bool)answer["created"]!, (bool)answer["dryRun"]!));
        Assert.Equal((3, 4, 6, 1), (Count(answer, "items", "created"), Count(answer, "associations", "created"), Count(answer, "definitions", "created"), Count(answer, "rubrics", "created")));
        Assert.Equal(package["CFDocument"]!.Identifier(), answer.Id());
        var stored = await tenant.StoredAsync(db => db.Standards.Where(s => s.FrameworkId == answer.Id()).OrderBy(s => s.Position).Select(s => new { s.Id, s.Code, s.Label, s.Statement, s.ItemType }).ToListAsync(Ct));
        Assert.Equal(package["CFItems"]!.AsArray().Select(item => item!.Identifier()), stored.Select(item => item.Id));
        Assert.Equal(("EV", "Evidence", "Educators learn from evidence.", "Standard"), (stored[1].Code, stored[1].Label, stored[1].Statement, stored[1].ItemType));
        Assert.Equal(1, await tenant.StoredAsync(db => db.AuditEvents.CountAsync(e => e.Action == "framework.created" && e.ResourceId == answer.Id(), Ct)));
    }

    [Fact]
    public async Task The_same_package_again_writes_nothing()
    {
        var tenant = await api.NewTenantAsync();
        var package = CasePackages.New("Again");
        var id = await tenant.Everything().ImportAsync(package, "?publish=true");
        var before = await StateAsync(tenant, id);

        var answer = await tenant.Everything().TakeAsync(package, "?publish=true");

        Assert.Equal((0, 1L, false), ((int)answer["changeCount"]!, (long)answer["version"]!, (bool)answer["created"]!));
        Assert.Equal((3, 4, 6, 1), (Count(answer, "items", "unchanged"), Count(answer, "associations", "unchanged"), Count(answer, "definitions", "unchanged"), Count(answer, "rubrics", "unchanged")));
        Assert.Equal(before, await StateAsync(tenant, id));
    }

    [Fact]
    public async Task A_dry_run_says_what_would_change_and_changes_nothing()
    {
        var tenant = await api.NewTenantAsync();
        var package = CasePackages.New("Dry");
        Assert.Equal(5, (int)(await tenant.Everything().TakeAsync(package, "?dryRun=true"))["rubrics"]!["created"]! + Count(await tenant.Everything().TakeAsync(package, "?dryRun=true"), "associations", "created"));
        Assert.Empty(await tenant.StoredAsync(db => db.Frameworks.Where(f => f.TenantId != Guid.Empty).ToListAsync(Ct)));
        var id = await tenant.Everything().ImportAsync(package);
        var before = await StateAsync(tenant, id);
        var changed = package.Copy();
        changed["CFItems"]![1]!["humanCodingScheme"] = "DAT";
        changed["CFItems"]!.AsArray().RemoveAt(2);

        var answer = await tenant.Everything().TakeAsync(changed, "?dryRun=true");

        Assert.Equal((1, 1, 1), (Count(answer, "items", "updated"), Count(answer, "items", "removed"), Count(answer, "items", "unchanged")));
        Assert.Contains(answer["changes"]!.AsArray(), change => (string?)change!["was"] == "EV Evidence" && (string?)change["is"] == "DAT Evidence" && (string?)change["outcome"] == "updated");
        Assert.Contains(answer["changes"]!.AsArray(), change => (string?)change!["was"] == "EQ Equity drives learning." && change["is"] is null && (string?)change["outcome"] == "removed");
        Assert.Equal(before, await StateAsync(tenant, id));
    }

    [Fact]
    public async Task A_published_framework_keeps_former_names_and_marks_what_is_gone_as_ended()
    {
        var tenant = await api.NewTenantAsync();
        var package = CasePackages.New("Published");
        var id = await tenant.Everything().ImportAsync(package, "?publish=true");
        var changed = package.Copy();
        changed["CFItems"]![1]!["abbreviatedStatement"] = "Data";
        changed["CFItems"]!.AsArray().RemoveAt(2);
        changed["CFAssociations"]!.AsArray().RemoveAt(3);
        changed["CFAssociations"]!.AsArray().RemoveAt(2);
        var (renamed, gone) = (package["CFItems"]![1]!.Identifier(), package["CFItems"]![2]!.Identifier());

        var answer = await tenant.Everything().TakeAsync(changed);

        Assert.Equal((1, 1), (Count(answer, "items", "updated"), Count(answer, "items", "ended")));
        // The place of what stays in the tree stays too; another link goes.
        Assert.Equal((1, 1), (Count(answer, "associations", "kept"), Count(answer, "associations", "removed")));
        var name = await tenant.StoredAsync(db => db.StandardNames.SingleAsync(n => n.StandardId == renamed, Ct));
        Assert.Equal(("EV", "Evidence", null), (name.Code, name.Label, name.ValidFrom));
        var body = JsonNode.Parse(await tenant.StoredAsync(db => db.Standards.Where(s => s.Id == gone).Select(s => s.Body).SingleAsync(Ct)))!;
        Assert.Equal(DateTime.UtcNow.ToString("yyyy-MM-dd"), (string?)body["statusEndDate"]);

        var again = await tenant.Everything().TakeAsync(changed);
        Assert.Equal((0, 1, (long)answer["version"]!), (Count(again, "items", "ended"), Count(again, "items", "kept"), (long)again["version"]!));
        // It comes back as its publisher says it is.
        Assert.Equal(1, Count(await tenant.Everything().TakeAsync(package), "items", "created") + Count(await tenant.Everything().TakeAsync(changed), "items", "ended"));
        Assert.Equal(id, answer.Id());
    }

    [Fact]
    public async Task A_draft_keeps_what_is_gone_from_the_package_when_something_refers_to_it()
    {
        var tenant = await api.NewTenantAsync();
        var package = CasePackages.New("Referred to");
        var id = await tenant.Everything().ImportAsync(package, "?code=referred");
        await tenant.StoredAsync(db =>
        {
            db.Add(new StandardReference { FrameworkCode = "referred", StandardCode = "EQ", ResourceType = "instrument", ResourceId = Guid.NewGuid(), Part = "", Relation = "isRelatedTo", Title = "I", Address = "/v1" });
            return db.SaveChangesAsync(Ct);
        });
        var changed = package.Copy();
        changed["CFItems"]!.AsArray().RemoveAt(2);
        changed["CFItems"]!.AsArray().RemoveAt(0);

        var answer = await tenant.Everything().TakeAsync(changed);

        Assert.Equal((1, 1), (Count(answer, "items", "removed"), Count(answer, "items", "kept")));
        Assert.Equal(2, await tenant.StoredAsync(db => db.Standards.CountAsync(s => s.FrameworkId == id, Ct)));
    }

    [Fact]
    public async Task What_was_added_here_to_a_framework_of_another_publisher_stays()
    {
        var tenant = await api.NewTenantAsync();
        var package = CasePackages.New("With ours");
        var ours = CasePackages.With(CasePackages.Object("CFItems", Guid.NewGuid()), new { fullStatement = "Ours" });
        ours["uri"] = $"http://plservice.test/ims/case/v1p1/CFItems/{ours["identifier"]}";
        var more = package.Copy();
        more["CFItems"]!.AsArray().Add((JsonNode)ours);
        await tenant.Everything().ImportAsync(more);

        var answer = await tenant.Everything().TakeAsync(package);

        Assert.Equal((0, 0), (Count(answer, "items", "removed"), (int)answer["changeCount"]!));
    }

    [Fact]
    public async Task Identifiers_of_other_frameworks_are_refused_and_nothing_is_stored()
    {
        var tenant = await api.NewTenantAsync();
        var first = CasePackages.New("First");
        await tenant.Everything().ImportAsync(first);
        var second = CasePackages.New("Second");
        second["CFItems"]!.AsArray().Add(first["CFItems"]![1]!.DeepClone());

        using var response = await tenant.Everything().SendJsonAsync(HttpMethod.Post, "/v1/frameworks/import", second.ToJsonString());

        var problem = await response.ExpectProblemAsync(HttpStatusCode.Conflict, "case.identifier_elsewhere");
        Assert.Contains((string)first["CFItems"]![1]!["identifier"]!, (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Equal(1, await tenant.StoredAsync(db => db.Frameworks.CountAsync(f => f.TenantId == tenant.Id, Ct)));
    }

    [Fact]
    public async Task Codes_are_one_framework_each_and_never_change()
    {
        var tenant = await api.NewTenantAsync();
        var (one, two) = (CasePackages.New("Same title"), CasePackages.New("Same title"));
        await tenant.Everything().ImportAsync(one, "?code=own");

        await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, "/v1/frameworks/import?code=own", two.ToJsonString())).ExpectProblemAsync(HttpStatusCode.Conflict, "framework.code_taken");
        await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, "/v1/frameworks/import?code=other", one.ToJsonString())).ExpectProblemAsync(HttpStatusCode.Conflict, "case.other_code");
        await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, "/v1/frameworks/import?code=-", one.ToJsonString())).ExpectFaultAsync("?code", "value.pattern");
        Assert.Equal("same-title", (string?)(await tenant.Everything().TakeAsync(two))["code"]);
        Assert.Equal("same-title-2", (string?)(await tenant.Everything().TakeAsync(CasePackages.New("Same title")))["code"]);
    }

    [Fact]
    public async Task A_retired_framework_is_only_read()
    {
        var tenant = await api.NewTenantAsync();
        var package = CasePackages.New("Retired");
        var id = await tenant.Everything().ImportAsync(package, "?publish=true");
        await tenant.StoredAsync(async db =>
        {
            (await db.Frameworks.SingleAsync(f => f.Id == id, Ct)).Retire(DateTimeOffset.UtcNow);
            return await db.SaveChangesAsync(Ct);
        });

        await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, "/v1/frameworks/import", package.ToJsonString())).ExpectProblemAsync(HttpStatusCode.Conflict, "framework.is_retired");
    }

    [Fact]
    public async Task Faults_are_told_at_their_place()
    {
        var tenant = await api.NewTenantAsync();
        var package = CasePackages.New("Faulty");
        package["CFItems"]![0]!.AsObject().Remove("identifier");
        package["CFItems"]![0]!["uri"] = "nowhere";

        using var response = await tenant.Everything().SendJsonAsync(HttpMethod.Post, "/v1/frameworks/import", package.ToJsonString());
        await response.ExpectFaultAsync("/CFItems/0/identifier", "case.missing");
        await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, "/v1/frameworks/import", "{")).ExpectFaultAsync("", "case.malformed_json");
    }

    [Fact]
    public async Task A_packed_body_is_unpacked_and_a_repetition_by_key_has_one_effect()
    {
        var tenant = await api.NewTenantAsync();
        var package = CasePackages.New("Packed");
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(package.ToJsonString()), Ct);
        using var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        using var response = await tenant.Everything().PostAsync("/v1/frameworks/import", content, Ct);
        Assert.Equal($"/v1/frameworks/{package["CFDocument"]!["identifier"]}", response.Headers.Location?.OriginalString);

        var other = CasePackages.New("By key").ToJsonString();
        var first = await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, "/v1/frameworks/import", other, idempotencyKey: "k")).ExpectAsync(HttpStatusCode.Created);
        var second = await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, "/v1/frameworks/import", other, idempotencyKey: "k")).ExpectAsync(HttpStatusCode.Created);
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, "/v1/frameworks/import?dryRun=true", CasePackages.New("Dry by key").ToJsonString(), idempotencyKey: "d")).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(2, await tenant.StoredAsync(db => db.Frameworks.CountAsync(f => f.TenantId == tenant.Id, Ct)));
    }

    private static int Count(JsonObject answer, string part, string outcome) => (int)answer[part]![outcome]!;

    private static Task<string> StateAsync(TestTenant tenant, Guid id) => tenant.StoredAsync(async db =>
    {
        var framework = await db.Frameworks.SingleAsync(f => f.Id == id, Ct);
        var standards = await db.Standards.Where(s => s.FrameworkId == id).OrderBy(s => s.Id).Select(s => $"{s.Id} {s.Version} {s.UpdatedAt:O} {s.Position}").ToListAsync(Ct);
        var events = await db.AuditEvents.CountAsync(e => e.ResourceId == id, Ct);
        return $"{framework.Version} {framework.UpdatedAt:O} {events} {string.Join('|', standards)}";
    });
}
