using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.People;
using PLService.Api.Domain.Plans;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Plans;

public sealed class VersionTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Versions_are_kept_under_a_name_at_activation_and_at_submission()
    {
        var district = await api.NewReviewedDistrictAsync();
        var lead = district.AsLead;

        var named = await lead.CreateAsync($"{district.Plan}/versions", new { name = "Before the board" });
        await lead.TurnedAsync(district.Plan, "activate");
        await lead.TurnedAsync(district.Plan, "submit", new { });

        Assert.Equal((1, "named", "Before the board", 1L, "draft"), ((int)named["number"]!, (string?)named["reason"], (string?)named["name"], (long)named["shows"]!, (string?)named["status"]));
        Assert.Equal(district.Lead.Name, (string?)named["personName"]);
        var list = await lead.ReadAsync($"{district.Plan}/versions?count=true");
        Assert.Equal([(3, "submitted", 3L), (2, "activated", 2L), (1, "named", 1L)], list.Items().Select(v => ((int)v["number"]!, (string?)v["reason"], (long)v["shows"]!)));
        Assert.Equal(3L, (long)list["count"]!);
        var first = await lead.ReadAsync($"{district.Plan}/versions?limit=2");
        Assert.Equal([1], (await lead.ReadAsync($"{district.Plan}/versions?limit=2&cursor={first["nextCursor"]}")).Items().Select(v => (int)v["number"]!));
        Assert.Equal([2], (await lead.ReadAsync($"{district.Plan}/versions?reason=activated")).Items().Select(v => (int)v["number"]!));
        Assert.Equal(3, await district.Tenant.StoredAsync(db => db.PlanVersions.CountAsync(v => v.PlanId == district.PlanId, Ct)));
    }

    [Fact]
    public async Task A_version_says_what_the_plan_said_and_a_comparison_what_is_different()
    {
        var district = await api.NewReviewedDistrictAsync();
        var lead = district.AsLead;
        var strategy = await lead.CreateAsync($"{district.Plan}/strategies", new { title = "Teams" });
        var kept = await lead.CreateAsync($"{district.Plan}/steps", new { title = "First", strategyId = strategy.Id(), dueOn = "2026-10-01" });
        var gone = await lead.CreateAsync($"{district.Plan}/steps", new { title = "Second" });
        await lead.CreateAsync($"{district.Plan}/versions", new { name = "One" });

        await lead.PatchedAsync(district.Plan, new { vision = "Teams that meet." });
        await lead.PatchedAsync($"{district.Plan}/steps/{kept.Id()}", new { status = "inProgress", strategyId = (Guid?)null });
        Assert.Equal(HttpStatusCode.NoContent, (await lead.SendJsonAsync(HttpMethod.Delete, $"{district.Plan}/steps/{gone.Id()}", null, "*")).StatusCode);
        var added = await lead.CreateAsync($"{district.Plan}/obstacles", new { title = "No time", kind = "schedule" });
        await lead.CreateAsync($"{district.Plan}/versions", new { name = "Two" });

        var one = await lead.ReadAsync($"{district.Plan}/versions/1");
        Assert.Equal(["strategy", "step", "step"], one["document"]!["parts"]!.AsArray().Select(part => (string?)part!["kind"]));
        var expected = new[]
        {
            (null, null, "changed", null, "vision"), (kept.Id().ToString(), "step", "changed", "First", "status strategyId"),
            (gone.Id().ToString(), "step", "deleted", "Second", null), ((string?)added.Id().ToString(), "obstacle", "created", "No time", (string?)null),
        };
        foreach (var to in (string[])["&to=2", ""])
        {
            var compared = await lead.ReadAsync($"{district.Plan}/versions/compare?from=1{to}");
            Assert.Equal(expected, compared["differences"]!.AsArray().Select(d => ((string?)d!["partId"], (string?)d["kind"], (string)d["action"]!, (string?)d["title"],
                (string)d["action"]! == "changed" ? string.Join(' ', d["fields"]!.AsArray().Select(f => (string)f!["field"]!).Order()) : null)));
        }

        var status = (await lead.ReadAsync($"{district.Plan}/versions/compare?from=1"))["differences"]![1]!["fields"]!.AsArray().Single(f => (string?)f!["field"] == "status")!;
        Assert.Equal(("notStarted", "inProgress"), ((string?)status["before"], (string?)status["after"]));
        Assert.Empty((await lead.ReadAsync($"{district.Plan}/versions/compare?from=2"))["differences"]!.AsArray());
    }

    [Fact]
    public async Task What_there_is_not_is_not_found_and_what_is_wrong_is_told()
    {
        var district = await api.NewReviewedDistrictAsync();
        var lead = district.AsLead;
        await lead.CreateAsync($"{district.Plan}/versions", new { name = "One" });
        var nowhere = $"/v1/plans/{Guid.NewGuid()}";

        await (await lead.SendJsonAsync(HttpMethod.Post, $"{nowhere}/versions", new { name = "One" })).ExpectProblemAsync(HttpStatusCode.NotFound, "plan.not_found");
        await (await lead.GetAsync($"{nowhere}/versions", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "plan.not_found");
        await (await lead.GetAsync($"{nowhere}/versions/compare?from=1", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "plan.not_found");
        await (await lead.GetAsync($"{district.Plan}/versions/9", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "plan_version.not_found");
        await (await lead.GetAsync($"{district.Plan}/versions/compare?from=9", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "plan_version.not_found");
        await (await lead.GetAsync($"{district.Plan}/versions/compare?from=1&to=9", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "plan_version.not_found");
        await (await lead.GetAsync($"{district.Plan}/versions/compare", Ct)).ExpectFaultAsync("?from", "value.required");
        await (await lead.GetAsync($"{district.Plan}/versions?cursor=WyJ4Il0", Ct)).ExpectFaultAsync("?cursor", "cursor.unknown");
        await (await lead.SendJsonAsync(HttpMethod.Post, $"{district.Plan}/versions", new { name = "" })).ExpectFaultAsync("/name", "value.required");
        var participant = district.Tenant.As(await district.Tenant.NewPersonAsync((Role.Participant, district.District)));
        await (await participant.SendJsonAsync(HttpMethod.Post, $"{district.Plan}/versions", new { name = "Mine" })).ExpectProblemAsync(HttpStatusCode.Conflict, "plan.own_parts_only");
    }

    [Fact]
    public async Task A_plan_has_two_hundred_named_versions_at_most_and_goes_on_being_kept_by_itself()
    {
        var district = await api.NewReviewedDistrictAsync();
        await district.Tenant.StoredAsync(db =>
        {
            db.AddRange(Enumerable.Range(1, 200).Select(number => new PlanVersion { PlanId = district.PlanId, Number = number, Name = $"{number}", At = DateTimeOffset.UtcNow }));
            return db.SaveChangesAsync(Ct);
        });

        await (await district.AsLead.SendJsonAsync(HttpMethod.Post, $"{district.Plan}/versions", new { name = "One more" })).ExpectProblemAsync(HttpStatusCode.Conflict, "plan_version.too_many");
        await district.AsLead.TurnedAsync(district.Plan, "activate");
        Assert.Equal(201, await district.Tenant.StoredAsync(db => db.PlanVersions.MaxAsync(v => v.Number, Ct)));
    }

    [Fact]
    public async Task A_draft_goes_with_its_versions_and_its_comments()
    {
        var district = await api.NewReviewedDistrictAsync();
        await district.AsLead.TurnedAsync(district.Plan, "submit", new { });
        var comment = await district.AsReviewer.CreateAsync($"{district.Plan}/comments", new { text = "Why?" });
        await district.AsLead.CreateAsync($"{district.Plan}/comments/{comment.Id()}/answers", new { text = "So." });

        Assert.Equal(HttpStatusCode.NoContent, (await district.AsLead.SendJsonAsync(HttpMethod.Delete, district.Plan, null, "*")).StatusCode);

        Assert.Equal((0, 0, 0), await district.Tenant.StoredAsync(async db => (await db.PlanVersions.CountAsync(Ct), await db.PlanReviews.CountAsync(Ct), await db.PlanComments.CountAsync(Ct))));
    }
}
