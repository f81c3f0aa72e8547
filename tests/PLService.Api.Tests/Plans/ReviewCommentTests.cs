using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.People;
using PLService.Api.Domain.Plans;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.People;

namespace PLService.Api.Tests.Plans;

public sealed class ReviewCommentTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_sides_talk_about_a_step_until_it_is_resolved()
    {
        var district = await api.NewReviewedDistrictAsync();
        var (lead, reviewer) = (district.AsLead, district.AsReviewer);
        var step = await lead.CreateAsync($"{district.Plan}/steps", new { title = "First" });

        var opened = await reviewer.CreateAsync($"{district.Plan}/comments", new { text = "Who sees to it?", partId = step.Id() });
        var thread = $"{district.Plan}/comments/{opened.Id()}";
        var answer = await lead.CreateAsync($"{thread}/answers", new { text = "Ada does." });
        Assert.Equal(("step", district.Reviewer.Name, opened.Id()), ((string?)opened["partKind"], (string?)opened["personName"], (Guid)answer["threadId"]!));

        var read = await lead.ReadAsync(thread);
        Assert.Equal((2L, "Ada does.", district.Lead.Name), ((long)read["version"]!, (string?)read["answers"]![0]!["text"], (string?)read["answers"]![0]!["personName"]));
        await (await lead.SendJsonAsync(HttpMethod.Post, $"{thread}/resolve", null, opened.ETag())).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        var resolved = await (await lead.SendJsonAsync(HttpMethod.Post, $"{thread}/resolve", null, read.ETag())).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(district.Lead.Id, (Guid)resolved["resolvedByPersonId"]!);
        Assert.NotNull(resolved["resolvedAt"]);
        var reopened = await reviewer.TurnedAsync(thread, "reopen");
        Assert.Null(reopened["resolvedAt"]);
        Assert.Equal(2, await district.Tenant.StoredAsync(db => db.PlanComments.CountAsync(c => c.PartKind == PlanPartKind.Step, Ct)));
        Assert.Subset((await district.Tenant.ActionsAsync()).ToHashSet(), new HashSet<string> { "planComment.created", "planComment.resolved", "planComment.reopened" });
    }

    [Fact]
    public async Task The_list_is_filtered_by_part_by_person_and_by_what_is_open_and_comes_in_pages()
    {
        var district = await api.NewReviewedDistrictAsync();
        var (lead, reviewer) = (district.AsLead, district.AsReviewer);
        var step = (await lead.CreateAsync($"{district.Plan}/steps", new { title = "First" })).Id();
        var list = $"{district.Plan}/comments";
        await lead.CreateAsync(list, new { text = "One" });
        var two = await reviewer.CreateAsync(list, new { text = "Two", partId = step });
        await lead.CreateAsync($"{list}/{two.Id()}/answers", new { text = "Answer" });
        var three = await reviewer.CreateAsync(list, new { text = "Three" });
        await reviewer.TurnedAsync($"{list}/{three.Id()}", "resolve");
        async Task<string> Found(string query) => string.Join(' ', (await lead.ReadAsync($"{list}?{query}")).Items().Select(comment => (string?)comment["text"]));

        Assert.Equal("Three Two One", await Found(""));
        Assert.Equal("Two One", await Found("resolved=false"));
        Assert.Equal("Three", await Found("resolved=true"));
        Assert.Equal("Two", await Found($"partId={step}"));
        Assert.Equal("Three One", await Found($"partId={district.PlanId}"));
        Assert.Equal("One", await Found($"personId={district.Lead.Id}"));
        var first = await lead.ReadAsync($"{list}?limit=2&count=true");
        Assert.Equal((3L, 1), ((long)first["count"]!, first["items"]![1]!["answers"]!.AsArray().Count));
        Assert.Equal("One", await Found($"limit=2&cursor={first["nextCursor"]}"));
        await (await lead.GetAsync($"/v1/plans/{Guid.NewGuid()}/comments", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "plan.not_found");
    }

    [Fact]
    public async Task One_changes_ones_own_words_and_what_they_were_stays_to_be_read()
    {
        var district = await api.NewReviewedDistrictAsync();
        var participant = await district.Tenant.NewPersonAsync((Role.Participant, district.District));
        var comment = await district.Tenant.As(participant).CreateAsync($"{district.Plan}/comments", new { text = "Frist" });
        var address = $"{district.Plan}/comments/{comment.Id()}";

        var changed = await (await district.Tenant.As(participant).SendJsonAsync(HttpMethod.Put, address, new { text = "First" }, comment.ETag())).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(("First", "Frist", 2L), ((string?)changed["text"], (string?)changed["earlier"]![0]!["text"], (long)changed["version"]!));

        foreach (var other in new[] { district.AsLead, district.AsReviewer, district.Everything })
            await (await other.SendJsonAsync(HttpMethod.Put, address, new { text = "Mine" }, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "plan_comment.not_yours");
        await (await district.Tenant.As(participant).SendJsonAsync(HttpMethod.Put, address, new { text = "" }, "*")).ExpectFaultAsync("/text", "value.required");
        await (await district.Tenant.As(participant).SendJsonAsync(HttpMethod.Put, address, new { text = "Late" }, comment.ETag())).ExpectProblemAsync(HttpStatusCode.PreconditionFailed, "concurrency.stale_version");
        Assert.Equal("First", await district.Tenant.StoredAsync(db => db.PlanComments.Select(c => c.Text).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_comment_is_changed_fifty_times_at_most()
    {
        var district = await api.NewReviewedDistrictAsync();
        var comment = PlanComment.Open(district.PlanId, null, "0", district.Lead.Id, null);
        for (var i = 1; i <= PlanComment.MaxEarlier; i++)
            Assert.Null(comment.Edit($"{i}", DateTimeOffset.UnixEpoch));
        await district.Tenant.StoredAsync(db =>
        {
            db.Add(comment);
            return db.SaveChangesAsync(Ct);
        });

        await (await district.AsLead.SendJsonAsync(HttpMethod.Put, $"{district.Plan}/comments/{comment.Id}", new { text = "Again" }, "*")).ExpectProblemAsync(HttpStatusCode.Conflict, "plan_comment.too_many_edits");
    }

    [Fact]
    public async Task Threads_and_answers_have_their_limits()
    {
        var district = await api.NewReviewedDistrictAsync();
        var first = PlanComment.Open(district.PlanId, null, "First", district.Lead.Id, null);
        await district.Tenant.StoredAsync(db =>
        {
            db.Add(first);
            db.AddRange(Enumerable.Range(1, PlanComment.MaxThreads - 1).Select(i => PlanComment.Open(district.PlanId, null, $"{i}", district.Lead.Id, null)));
            db.AddRange(Enumerable.Range(1, PlanComment.MaxReplies).Select(i => first.Answer($"{i}", district.Lead.Id, null)));
            return db.SaveChangesAsync(Ct);
        });

        await (await district.AsLead.SendJsonAsync(HttpMethod.Post, $"{district.Plan}/comments", new { text = "One more" })).ExpectProblemAsync(HttpStatusCode.Conflict, "plan_comment.too_many");
        await (await district.AsLead.SendJsonAsync(HttpMethod.Post, $"{district.Plan}/comments/{first.Id}/answers", new { text = "One more" })).ExpectProblemAsync(HttpStatusCode.Conflict, "plan_comment.too_many");
    }

    [Fact]
    public async Task What_cannot_be_said_or_done()
    {
        var district = await api.NewReviewedDistrictAsync();
        var (lead, reviewer) = (district.AsLead, district.AsReviewer);
        var participant = district.Tenant.As(await district.Tenant.NewPersonAsync((Role.Participant, district.District)));
        var viewer = district.Tenant.As(await district.Tenant.NewPersonAsync((Role.Viewer, district.District)));
        var comment = await reviewer.CreateAsync($"{district.Plan}/comments", new { text = "Who?" });
        var (list, thread) = ($"{district.Plan}/comments", $"{district.Plan}/comments/{comment.Id()}");
        var answer = $"{list}/{(await participant.CreateAsync($"{thread}/answers", new { text = "I do." })).Id()}";

        await (await viewer.SendJsonAsync(HttpMethod.Post, list, new { text = "Me too" })).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.missing_scope");
        await (await lead.SendJsonAsync(HttpMethod.Post, list, new { text = "" })).ExpectFaultAsync("/text", "value.required");
        await (await lead.SendJsonAsync(HttpMethod.Post, list, new { text = "?", partId = Guid.NewGuid() })).ExpectProblemAsync(HttpStatusCode.Conflict, "plan_comment.unknown_part");
        await (await lead.SendJsonAsync(HttpMethod.Post, $"/v1/plans/{Guid.NewGuid()}/comments", new { text = "?" })).ExpectProblemAsync(HttpStatusCode.NotFound, "plan.not_found");
        await (await lead.SendJsonAsync(HttpMethod.Post, $"{answer}/answers", new { text = "?" })).ExpectProblemAsync(HttpStatusCode.Conflict, "plan_comment.is_answer");
        await (await lead.SendJsonAsync(HttpMethod.Post, $"{list}/{Guid.NewGuid()}/answers", new { text = "?" })).ExpectProblemAsync(HttpStatusCode.NotFound, "plan_comment.not_found");
        await (await participant.TurnPlanAsync(thread, "resolve")).ExpectProblemAsync(HttpStatusCode.Conflict, "plan_comment.not_yours");
        foreach (var turn in (string[])["resolve", "reopen"])
        {
            await (await lead.TurnPlanAsync(answer, turn)).ExpectProblemAsync(HttpStatusCode.Conflict, "plan_comment.is_answer");
            await (await lead.TurnPlanAsync($"{list}/{Guid.NewGuid()}", turn)).ExpectProblemAsync(HttpStatusCode.NotFound, "plan_comment.not_found");
        }

        await (await lead.GetAsync($"{list}/{Guid.NewGuid()}", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "plan_comment.not_found");
        await (await lead.SendJsonAsync(HttpMethod.Put, $"{list}/{Guid.NewGuid()}", new { text = "?" }, "*")).ExpectProblemAsync(HttpStatusCode.NotFound, "plan_comment.not_found");
    }
}
