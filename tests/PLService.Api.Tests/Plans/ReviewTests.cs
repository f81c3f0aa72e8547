using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Mails;
using PLService.Api.Domain.People;
using PLService.Api.Domain.Plans;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.People;

namespace PLService.Api.Tests.Plans;

public sealed class ReviewTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plan_goes_to_the_next_level_comes_back_goes_again_and_is_accepted()
    {
        var district = await api.NewReviewedDistrictAsync();
        var (lead, reviewer) = (district.AsLead, district.AsReviewer);

        var submitted = await lead.TurnedAsync(district.Plan, "submit", new { note = "Ready." });
        Assert.Equal(("submitted", 2L), ((string?)submitted["reviewState"], (long)submitted["version"]!));
        Assert.Equal([district.PlanId], (await reviewer.ReadAsync("/v1/plans?reviewState=submitted")).Items().Select(plan => plan.Id()));
        await lead.PatchedAsync(district.Plan, new { vision = "Still at work." });

        var returned = await reviewer.TurnedAsync(district.Plan, "review", new { decision = "return", comment = "Who sees to it?" });
        Assert.Equal("returned", (string?)returned["reviewState"]);
        await lead.TurnedAsync(district.Plan, "submit", new { });
        var accepted = await reviewer.TurnedAsync(district.Plan, "review", new { decision = "accept" });
        Assert.Equal("accepted", (string?)accepted["reviewState"]);

        var rounds = await lead.ReadAsync($"{district.Plan}/reviews?count=true");
        Assert.Equal([(2, 2, "accept", null, null), (1, 1, "return", "Who sees to it?", "Ready.")],
            rounds.Items().Select(r => ((int)r["round"]!, (int)r["number"]!, (string?)r["decision"], (string?)r["comment"], (string?)r["note"])));
        Assert.Equal((district.Lead.Name, district.Reviewer.Name), ((string?)rounds["items"]![0]!["submittedByName"], (string?)rounds["items"]![0]!["decidedByName"]));
        var first = await lead.ReadAsync($"{district.Plan}/reviews?limit=1");
        Assert.Equal([1], (await lead.ReadAsync($"{district.Plan}/reviews?limit=1&cursor={first["nextCursor"]}")).Items().Select(r => (int)r["round"]!));
        // What was submitted can be held against what it became.
        Assert.Equal("vision", (string?)(await reviewer.ReadAsync($"{district.Plan}/versions/compare?from=1&to=2"))["differences"]![0]!["fields"]![0]!["field"]);
        Assert.Equal(PlanReviewState.Accepted, await district.Tenant.StoredAsync(db => db.Plans.Select(p => p.ReviewState).SingleAsync(Ct)));
        Assert.Subset((await district.Tenant.ActionsAsync()).ToHashSet(), new HashSet<string> { "plan.submitted", "plan.returned", "plan.accepted", "plan.kept" });
    }

    [Fact]
    public async Task A_plan_that_was_submitted_too_early_is_taken_back_and_stands_where_it_stood()
    {
        var district = await api.NewReviewedDistrictAsync();
        var (lead, reviewer) = (district.AsLead, district.AsReviewer);
        async Task<string?> SubmitAndWithdrawAsync()
        {
            await lead.TurnedAsync(district.Plan, "submit", new { });
            return (string?)(await lead.TurnedAsync(district.Plan, "withdraw"))["reviewState"];
        }

        Assert.Equal("none", await SubmitAndWithdrawAsync());
        await (await reviewer.TurnPlanAsync(district.Plan, "review", new { decision = "accept" })).ExpectProblemAsync(HttpStatusCode.Conflict, "plan_review.not_submitted");
        await lead.TurnedAsync(district.Plan, "submit", new { });
        await reviewer.TurnedAsync(district.Plan, "review", new { decision = "return", comment = "Who sees to it?" });
        Assert.Equal("returned", await SubmitAndWithdrawAsync());
        Assert.Equal("returned", await SubmitAndWithdrawAsync());
        await lead.TurnedAsync(district.Plan, "submit", new { });
        await reviewer.TurnedAsync(district.Plan, "review", new { decision = "accept" });
        Assert.Equal("accepted", await SubmitAndWithdrawAsync());

        var rounds = (await lead.ReadAsync($"{district.Plan}/reviews")).Items().ToList();
        Assert.Equal(
            [(6, null, district.Lead.Name), (5, "accept", null), (4, null, district.Lead.Name), (3, null, district.Lead.Name), (2, "return", null), (1, null, district.Lead.Name)],
            rounds.Select(r => ((int)r["round"]!, (string?)r["decision"], (string?)r["withdrawnByName"])));
        Assert.NotNull(rounds[0]["withdrawnAt"]);
        Assert.Contains("plan.withdrawn", await district.Tenant.ActionsAsync());
        Assert.Equal(4, await district.Tenant.StoredAsync(db => db.Mails.CountAsync(m => m.RecipientPersonId == district.Reviewer.Id && m.Subject.EndsWith("plan withdrawn from review"), Ct)));
    }

    [Fact]
    public async Task Who_cannot_take_a_plan_back_and_when()
    {
        var district = await api.NewReviewedDistrictAsync();
        var (lead, reviewer) = (district.AsLead, district.AsReviewer);

        await (await lead.TurnPlanAsync(district.Plan, "withdraw")).ExpectProblemAsync(HttpStatusCode.Conflict, "plan_review.not_submitted");
        await lead.TurnedAsync(district.Plan, "submit", new { });
        await (await reviewer.TurnPlanAsync(district.Plan, "withdraw")).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
        var participant = district.Tenant.As(await district.Tenant.NewPersonAsync((Role.Participant, district.District)));
        await (await participant.TurnPlanAsync(district.Plan, "withdraw")).ExpectProblemAsync(HttpStatusCode.Conflict, "plan.own_parts_only");
        await (await lead.SendJsonAsync(HttpMethod.Post, $"{district.Plan}/withdraw")).ExpectProblemAsync((HttpStatusCode)428, "concurrency.if_match_required");
        await (await lead.SendJsonAsync(HttpMethod.Post, $"{district.Plan}/withdraw", ifMatch: "\"1\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        await (await lead.TurnPlanAsync($"/v1/plans/{Guid.NewGuid()}", "withdraw")).ExpectProblemAsync(HttpStatusCode.NotFound, "plan.not_found");
    }

    [Fact]
    public async Task The_other_side_is_written_to()
    {
        var district = await api.NewReviewedDistrictAsync();
        await district.AsLead.TurnedAsync(district.Plan, "submit", new { note = "Ready.\nPlease look." });
        await district.AsReviewer.TurnedAsync(district.Plan, "review", new { decision = "return", comment = "Not yet." });
        await district.AsReviewer.CreateAsync($"{district.Plan}/comments", new { text = "Who sees to it?" });

        var mails = await district.Tenant.StoredAsync(db => db.Mails.OrderBy(m => m.Id).ToListAsync(Ct));

        Assert.All(mails, mail => Assert.Equal(MailKind.PlanNews, mail.Kind));
        Assert.Equal([(district.Reviewer.Id, "Plan 2026-27 (Cedar Valley): plan submitted for review"), (district.Lead.Id, "Plan 2026-27 (Cedar Valley): plan returned with comments"),
            (district.Lead.Id, "Plan 2026-27 (Cedar Valley): new comment on the plan")], mails.Select(mail => (mail.RecipientPersonId!.Value, mail.Subject)));
        Assert.Contains("Ready.\nPlease look.", mails[0].TextBody, StringComparison.Ordinal);
        Assert.Contains($"http://plservice.test/plans/{district.PlanId}", mails[1].TextBody, StringComparison.Ordinal);
        Assert.NotNull(mails[2].UnsubscribeAddress);
    }

    [Fact]
    public async Task Only_the_next_level_decides()
    {
        var district = await api.NewReviewedDistrictAsync();
        await district.AsLead.TurnedAsync(district.Plan, "submit", new { });
        var tenant = district.Tenant;
        async Task<HttpResponseMessage> Review(HttpClient client) => await client.TurnPlanAsync(district.Plan, "review", new { decision = "accept" });
        async Task<HttpClient> As(Role role, Guid? where) => tenant.As(await tenant.NewPersonAsync((role, where)));

        foreach (var own in new[] { district.AsLead, await As(Role.Reviewer, district.District), await As(Role.AgencyAdmin, district.District), tenant.Within(district.District) })
            await (await Review(own)).ExpectProblemAsync(HttpStatusCode.Conflict, "plan_review.next_level_only");
        await (await Review(await As(Role.Facilitator, district.Region))).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
        await (await Review(tenant.Only("plans:read", "plans:write"))).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
        var other = (await district.Everything.CreateAsync("/v1/organizations", new { kind = "region", name = "Elsewhere" })).Id();
        await (await Review(await As(Role.Reviewer, other))).ExpectProblemAsync(HttpStatusCode.NotFound, "plan.not_found");
        Assert.Equal("accepted", (string?)(await (await Review(tenant.Within(district.Region))).ExpectAsync(HttpStatusCode.OK))["reviewState"]);

        // Without a level above, the whole tenant is the next one.
        var state = $"/v1/plans/{(await district.Everything.NewPlanAsync(district.Region)).Id()}";
        await (await As(Role.DistrictLead, district.Region)).TurnedAsync(state, "submit", new { });
        await (await (await As(Role.Reviewer, district.Region)).TurnPlanAsync(state, "review", new { decision = "accept" })).ExpectProblemAsync(HttpStatusCode.Conflict, "plan_review.next_level_only");
        await (await As(Role.Reviewer, null)).TurnedAsync(state, "review", new { decision = "accept" });
    }

    [Fact]
    public async Task What_cannot_be_submitted_or_decided()
    {
        var district = await api.NewReviewedDistrictAsync();
        var (lead, reviewer) = (district.AsLead, district.AsReviewer);
        var nowhere = $"/v1/plans/{Guid.NewGuid()}";

        await (await reviewer.TurnPlanAsync(district.Plan, "review", new { decision = "accept" })).ExpectProblemAsync(HttpStatusCode.Conflict, "plan_review.not_submitted");
        await (await reviewer.TurnPlanAsync(district.Plan, "submit", new { })).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
        var participant = district.Tenant.As(await district.Tenant.NewPersonAsync((Role.Participant, district.District)));
        await (await participant.TurnPlanAsync(district.Plan, "submit", new { })).ExpectProblemAsync(HttpStatusCode.Conflict, "plan.own_parts_only");
        await (await lead.SendJsonAsync(HttpMethod.Post, $"{district.Plan}/submit", new { })).ExpectProblemAsync((HttpStatusCode)428, "concurrency.if_match_required");
        await (await lead.SendJsonAsync(HttpMethod.Post, $"{district.Plan}/submit", new { }, "\"9\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        await (await lead.TurnPlanAsync(nowhere, "submit", new { })).ExpectProblemAsync(HttpStatusCode.NotFound, "plan.not_found");
        await (await reviewer.TurnPlanAsync(nowhere, "review", new { decision = "accept" })).ExpectProblemAsync(HttpStatusCode.NotFound, "plan.not_found");
        await (await lead.GetAsync($"{nowhere}/reviews", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "plan.not_found");
        await (await lead.TurnPlanAsync(district.Plan, "submit", new { note = new string('x', 5_001) })).ExpectFaultAsync("/note", "value.too_long");

        await lead.TurnedAsync(district.Plan, "submit", new { });
        await (await lead.TurnPlanAsync(district.Plan, "submit", new { })).ExpectProblemAsync(HttpStatusCode.Conflict, "plan_review.already_submitted");
        await (await reviewer.TurnPlanAsync(district.Plan, "review", new { decision = "return" })).ExpectFaultAsync("/comment", "value.required");
        await (await reviewer.SendJsonAsync(HttpMethod.Post, $"{district.Plan}/review", new { decision = "accept" }, "\"1\"")).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        await reviewer.TurnedAsync(district.Plan, "review", new { decision = "accept" });
        await lead.TurnedAsync(district.Plan, "activate");
        await lead.TurnedAsync(district.Plan, "complete");
        await (await lead.TurnPlanAsync(district.Plan, "submit", new { })).ExpectProblemAsync(HttpStatusCode.Conflict, "plan.not_editable");
    }
}
