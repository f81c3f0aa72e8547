using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Persistence.Frameworks;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Frameworks;

/// <summary>Standards that others replace: what refers to them, and which one is meant today.</summary>
public sealed class ReplacementTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task A_replaced_standard_ends_and_says_what_took_its_place()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var (old, other) = await TwoAsync(client);

        var ended = await (await client.ReplaceByAsync(old, other, "2026-06-30")).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal("2026-06-30", (string?)ended["statusEndDate"]);
        Assert.Equal(other.Id(), (Guid)ended["replacedBy"]![0]!["id"]!);
        var link = await tenant.StoredAsync(db => db.StandardAssociations.SingleAsync(a => a.Type == AssociationTypes.ReplacedBy));
        Assert.Equal((old.Id(), other.Id()), (link.OriginId, link.DestinationId));
        Assert.Contains("standard.replaced", await tenant.StoredAsync(db => db.AuditEvents.Select(e => e.Action).ToListAsync()));
    }

    [Fact]
    public async Task Replacements_make_no_circle_also_not_in_two_requests_at_a_time()
    {
        var client = (await api.NewTenantAsync()).Everything();
        var (a, b) = await TwoAsync(client);
        var c = await client.AddStandardAsync("new", "C");
        await (await client.ReplaceByAsync(a, a)).ExpectProblemAsync(HttpStatusCode.Conflict, StandardErrors.ReplacesItself.Code);
        await (await client.ReplaceByAsync(a, b)).ExpectAsync(HttpStatusCode.OK);
        await (await client.ReplaceByAsync(a, b)).ExpectProblemAsync(HttpStatusCode.Conflict, StandardErrors.AlreadyReplaced.Code);
        await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/standards/{a.Id()}/replace-by", new { standardId = Guid.NewGuid() }, "*"))
            .ExpectProblemAsync(HttpStatusCode.Conflict, StandardErrors.UnknownReplacement.Code);
        await (await client.ChangeAsync(c, new { statusStartDate = "2026-01-01" })).ExpectAsync(HttpStatusCode.OK);
        await (await client.ReplaceByAsync(c, b, "2025-12-31")).ExpectProblemAsync(HttpStatusCode.Conflict, StandardErrors.EndsBeforeItBegins.Code);

        var answers = await Task.WhenAll(client.ReplaceByAsync(b, c), client.ReplaceByAsync(c, a));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Select(r => r.StatusCode).Order());
    }

    [Fact]
    public async Task The_page_of_a_standard_shows_what_refers_to_it_by_whatever_name_and_to_its_kin()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var (old, other) = await TwoAsync(client);
        await client.PublishFrameworkAsync("old");
        await client.ChangeAsync(old, new { code = "RENAMED" });
        await client.ReplaceByAsync(old, other);
        await tenant.ReferAsync("old", "RENAMED", "by code");
        await tenant.ReferAsync("old", "OLD", "by former code");
        await tenant.ReferAsync("old", old.Id().ToString(), "by identifier");
        await tenant.ReferAsync("new", "NEW", "replacement");
        await tenant.ReferAsync("new", "OLD", "other framework");

        var page = await client.ReadAsync($"/v1/standards/{old.Id()}/references?count=true");

        Assert.Equal(
            ["NEW code replacement", "OLD formerCode itself", "RENAMED code itself", $"{old.Id()} identifier itself"],
            page["items"]!.AsArray().Select(r => $"{r!["standardCode"]} {r["by"]} {r["via"]}").Order(StringComparer.Ordinal).OrderByDescending(text => text[0] > '9').ToList());
        Assert.Equal(4, (int)page["count"]!);
        var seen = (await client.ReadAsync($"/v1/standards/{other.Id()}/references"))["items"]!.AsArray();
        Assert.Equal(["itself", "replaced", "replaced", "replaced"], seen.Select(r => (string?)r!["via"]).Order());
        var first = await client.ReadAsync($"/v1/standards/{old.Id()}/references?limit=3");
        Assert.Single((await client.ReadAsync($"/v1/standards/{old.Id()}/references?limit=3&cursor={first["nextCursor"]}"))["items"]!.AsArray());
        Assert.Empty((await client.ReadAsync($"/v1/standards/{old.Id()}/references?resourceType=toolkit"))["items"]!.AsArray());

        await client.AddStandardAsync("old", "OLD");
        Assert.DoesNotContain((await client.ReadAsync($"/v1/standards/{old.Id()}/references"))["items"]!.AsArray(), r => (string?)r!["by"] == "formerCode");
    }

    [Fact]
    public async Task References_of_organizations_out_of_reach_are_left_out()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var (old, _) = await TwoAsync(client);
        var state = await client.CreateAsync("/v1/organizations", new { kind = "state", name = "State" });
        var mine = await client.CreateAsync("/v1/organizations", new { kind = "district", name = "Mine", parentId = state.Id() });
        var theirs = await client.CreateAsync("/v1/organizations", new { kind = "district", name = "Theirs", parentId = state.Id() });
        await tenant.ReferAsync("old", "OLD", "all");
        await tenant.ReferAsync("old", "OLD", "mine", mine.Id());
        await tenant.ReferAsync("old", "OLD", "theirs", theirs.Id());

        var seen = await tenant.Within(mine.Id()).ReadAsync($"/v1/standards/{old.Id()}/references?count=true");

        Assert.Equal(["all", "mine"], seen["items"]!.AsArray().Select(r => (string?)r!["part"]));
        Assert.Equal(2, (int)seen["count"]!);
        await (await client.SendJsonAsync(HttpMethod.Get, $"/v1/standards/{Guid.NewGuid()}/references")).ExpectProblemAsync(HttpStatusCode.NotFound, "standard.not_found");
    }

    [Fact]
    public async Task Every_name_of_a_line_means_the_standard_of_today_and_a_line_that_splits_ends_there()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        var (old, other) = await TwoAsync(client);
        var last = await client.AddStandardAsync("new", "LAST");
        await client.PublishFrameworkAsync("old");
        await client.ChangeAsync(old, new { code = "RENAMED" });
        await client.ReplaceByAsync(old, other);
        await client.ReplaceByAsync(other, last);
        (string, string)[] names = [("old", "OLD"), ("old", "RENAMED"), ("old", old.Id().ToString()), ("new", "NEW"), ("new", "LAST"), ("new", "OLD"), ("none", "X")];

        var found = await TodayAsync(tenant, names);

        Assert.Equal([last.Id(), last.Id(), last.Id(), last.Id(), last.Id()], names[..5].Select(name => found[name]));
        Assert.Equal(5, found.Count);

        await client.ReplaceByAsync(last, await client.AddStandardAsync("new", "S1"));
        await client.ReplaceByAsync(last, await client.AddStandardAsync("new", "S2"));
        Assert.Equal(last.Id(), (await TodayAsync(tenant, names))[names[0]]);
        Assert.Empty(await TodayAsync(await api.NewTenantAsync(), names));
    }

    private static async Task<(JsonObject Old, JsonObject Other)> TwoAsync(HttpClient client)
    {
        await client.AddFrameworkAsync("old");
        await client.AddFrameworkAsync("new");
        return (await client.AddStandardAsync("old", "OLD"), await client.AddStandardAsync("new", "NEW"));
    }

    private async Task<IReadOnlyDictionary<(string Framework, string Code), Guid>> TodayAsync(TestTenant tenant, (string, string)[] names)
    {
        await using var scope = api.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().Become(CallerIdentity.Service(tenant.Id));
        return await scope.ServiceProvider.GetRequiredService<StandardLineage>().TodayAsync(names, TestContext.Current.CancellationToken);
    }
}
