using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.People;
using PLService.Api.Domain.Plans;
using PLService.Api.Features.CalendarFeeds;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.Plans;

namespace PLService.Api.Tests.Due;

public sealed class CalendarFeedTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(DateTime.UtcNow);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<PlanAtWork> PlanAsync()
    {
        var plan = await api.NewPlanAsync(Day(-20), new { endsOn = Day(300) });
        await (await plan.Everything.SendJsonAsync(HttpMethod.Post, $"{plan.Path}/activate", ifMatch: "*")).ExpectAsync(HttpStatusCode.OK);
        return plan;
    }

    private static string Day(int days) => Today.AddDays(days).ToString("O");

    private static async Task<string> FeedAsync(HttpClient client, object? body = null) =>
        new Uri((string)(await client.CreateAsync("/v1/calendar-feeds", body ?? new { }))["address"]!).PathAndQuery;

    private async Task<StrictCalendar> ReadAsync(string path)
    {
        using var stranger = api.Anonymous();
        var response = await stranger.GetAsync(path, Ct);
        Assert.Equal((HttpStatusCode.OK, "text/calendar"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        return StrictCalendar.Read(await response.Content.ReadAsByteArrayAsync(Ct));
    }

    private async Task AssertGoneAsync(string path)
    {
        using var stranger = api.Anonymous();
        await (await stranger.GetAsync(path, Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "calendar.not_found");
    }

    [Fact]
    public async Task A_calendar_shows_a_day_for_each_step_of_mine_and_says_what_became_of_it()
    {
        var plan = await PlanAsync();
        var (ada, asAda) = await plan.NewPersonAsync(Role.Participant);
        var long1 = string.Concat(Enumerable.Repeat("Reunión; “días”, paso\\uno ", 12)).Trim();
        var open = await plan.AddAsync("steps", new { title = long1, dueOn = Day(3), ownerPersonId = ada.Id });
        await plan.AddAsync("steps", new { title = "Finished", dueOn = Day(-2), ownerPersonId = ada.Id, status = "done" });
        await plan.AddAsync("steps", new { title = "Dropped", dueOn = Day(-1), ownerPersonId = ada.Id, status = "dropped" });
        await plan.AddAsync("steps", new { title = "Long ago", dueOn = Day(-91), ownerPersonId = ada.Id });
        await plan.AddAsync("steps", new { title = "Nobody's", dueOn = Day(1) });

        var path = await FeedAsync(asAda, new { name = "Mine; all, of it" });
        var calendar = await ReadAsync(path);

        Assert.Equal("Mine; all, of it", calendar.Properties["X-WR-CALNAME"]);
        Assert.Equal(
            [("✓ Finished", "CONFIRMED", -2), ("Dropped", "CANCELLED", -1), (long1, "CONFIRMED", 3)],
            calendar.Events.Select(day => (day["SUMMARY"], day["STATUS"], DateOnly.ParseExact(day["DTSTART"], "yyyyMMdd").DayNumber - Today.DayNumber)));
        Assert.Equal($"step-{open.Id()}@plservice", calendar.Events[2]["UID"]);
        Assert.Equal("Plan (Cedar Valley)", calendar.Events[2]["DESCRIPTION"]);
        // Nobody's name is in it.
        Assert.DoesNotContain(calendar.Events, day => day.Values.Any(value => value.Contains(ada.Name, StringComparison.Ordinal)));

        await plan.ChangeAsync("steps", open.Id(), new { title = "Other", dueOn = Day(5) });
        Assert.Equal($"step-{open.Id()}@plservice", (await ReadAsync(path)).Events.Single(day => day["SUMMARY"] == "Other")["UID"]);
    }

    [Fact]
    public async Task A_leaders_calendar_has_the_check_in_in_the_leaders_language()
    {
        var plan = await PlanAsync();
        var (_, asLead) = await plan.NewPersonAsync(Role.DistrictLead);
        await (await asLead.SendJsonAsync(HttpMethod.Patch, "/v1/me", new { language = "es" }, "*")).ExpectAsync(HttpStatusCode.OK);

        var day = Assert.Single((await ReadAsync(await FeedAsync(asLead))).Events);

        Assert.Equal(("Revisión del plan a los 30 días", $"check-in-{plan.Id}-30@plservice"), (day["SUMMARY"], day["UID"]));
    }

    [Fact]
    public async Task A_teams_calendar_has_the_teams_steps_as_long_as_one_sees_the_team()
    {
        var plan = await PlanAsync();
        var (_, asAda) = await plan.NewPersonAsync(Role.Participant);
        var team = (await plan.Everything.CreateAsync("/v1/teams", new { organizationId = plan.District, kind = "workingGroup", name = "Planners" })).Id();
        await plan.AddAsync("steps", new { title = "Together", dueOn = Day(1), ownerTeamId = team });
        var path = await FeedAsync(asAda, new { teamId = team });

        var calendar = await ReadAsync(path);

        Assert.Equal(("Planners", "Together"), (calendar.Properties["NAME"], Assert.Single(calendar.Events)["SUMMARY"]));
        await (await plan.Everything.SendJsonAsync(HttpMethod.Post, $"/v1/teams/{team}/dissolve", new { }, "*")).ExpectAsync(HttpStatusCode.OK);
        await AssertGoneAsync(path);
        await (await asAda.SendJsonAsync(HttpMethod.Post, "/v1/calendar-feeds", new { teamId = team })).ExpectProblemAsync(HttpStatusCode.Conflict, "calendar_feed.unknown_team");
    }

    [Fact]
    public async Task What_is_unchanged_is_not_sent_again_and_the_secret_is_shown_once_and_not_stored()
    {
        var plan = await PlanAsync();
        var (_, asAda) = await plan.NewPersonAsync(Role.Participant);
        var path = await FeedAsync(asAda, new { name = "Mine" });
        using var stranger = api.Anonymous();
        var first = await stranger.GetAsync(path, Ct);

        var second = await stranger.SendAsync(new(HttpMethod.Get, path) { Headers = { { "If-None-Match", first.Headers.ETag!.ToString() } } }, Ct);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(15), first.Headers.CacheControl!.MaxAge);
        var listed = (await asAda.ReadAsync("/v1/calendar-feeds")).ToJsonString();
        Assert.Contains("\"name\":\"Mine\"", listed);
        Assert.DoesNotContain("plf_", listed);
        var stored = await plan.Tenant.StoredAsync(db => db.CalendarFeeds.AsNoTracking().SingleAsync(Ct));
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(path.Split('/')[^1][..^4])), stored.TokenHash);
    }

    [Fact]
    public async Task A_calendar_ends_when_it_is_revoked_or_its_person_is_deactivated_or_has_no_role_any_more()
    {
        var plan = await PlanAsync();
        var (ada, asAda) = await plan.NewPersonAsync(Role.Participant);
        var (_, asBen) = await plan.NewPersonAsync(Role.Participant);
        var (roleless, asRoleless) = await plan.NewPersonAsync(Role.Participant);
        var (mine, kept, ended) = (await FeedAsync(asAda), await FeedAsync(asAda), await FeedAsync(asRoleless));
        var id = (Guid)(await asAda.ReadAsync("/v1/calendar-feeds"))["items"]![0]!["id"]!;

        await (await asBen.DeleteAsync($"/v1/calendar-feeds/{id}", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "calendar_feed.not_found");
        await (await asAda.DeleteAsync($"/v1/calendar-feeds/{id}", Ct)).ExpectAsync(HttpStatusCode.NoContent);
        await AssertGoneAsync(mine);
        await ReadAsync(kept);
        await plan.Tenant.StoredAsync(async db =>
        {
            (await db.People.SingleAsync(p => p.Id == ada.Id, Ct)).Deactivate(DateTimeOffset.UtcNow);
            await db.SaveChangesAsync(Ct);
            return await db.Memberships.Where(m => m.PersonId == roleless.Id).ExecuteDeleteAsync(Ct);
        });
        await AssertGoneAsync(kept);
        await AssertGoneAsync(ended);
        Assert.Equal(1, await plan.Tenant.StoredAsync(db => db.AuditEvents.CountAsync(e => e.Action == "calendarFeed.revoked" && e.ResourceId == id, Ct)));
    }

    [Fact]
    public async Task A_wrong_address_opens_nothing_and_one_address_is_fetched_only_so_often()
    {
        var plan = await PlanAsync();
        var (_, asAda) = await plan.NewPersonAsync(Role.Participant);
        var path = await FeedAsync(asAda);
        var token = path.Split('/')[^1][..^4];

        await AssertGoneAsync("/calendar/x.ics");
        await AssertGoneAsync($"/calendar/{token[..^4]}AAAA.ics");
        using var stranger = api.Anonymous();
        HttpResponseMessage? last = null;
        for (var i = 0; i < 40 && last?.StatusCode is not HttpStatusCode.TooManyRequests; i++)
            last = await stranger.GetAsync(path, Ct);
        await last!.ExpectProblemAsync(HttpStatusCode.TooManyRequests, "rate.limited");
        Assert.InRange(last!.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 10);
    }

    [Fact]
    public async Task Wrong_input_and_more_than_twenty_are_refused()
    {
        var plan = await PlanAsync();
        var (_, asAda) = await plan.NewPersonAsync(Role.Participant);
        Task<HttpResponseMessage> MakeAsync(object body) => asAda.SendJsonAsync(HttpMethod.Post, "/v1/calendar-feeds", body);

        await (await MakeAsync(new { name = new string('x', 121) })).ExpectFaultAsync("/name", "value.length");
        await (await MakeAsync(new { name = "two\nlines" })).ExpectFaultAsync("/name", "value.pattern");
        await (await MakeAsync(new { teamId = Guid.NewGuid() })).ExpectProblemAsync(HttpStatusCode.Conflict, "calendar_feed.unknown_team");
        for (var i = 0; i < CalendarFeed.MaxPerPerson; i++)
            await FeedAsync(asAda);
        await (await MakeAsync(new { })).ExpectProblemAsync(HttpStatusCode.Conflict, "calendar_feed.too_many");
        await (await plan.Everything.SendJsonAsync(HttpMethod.Post, "/v1/calendar-feeds", new { })).ExpectProblemAsync(HttpStatusCode.Forbidden, "auth.wrong_caller");
    }

    [Fact]
    public void Every_line_is_folded_between_characters_and_every_text_comes_back()
    {
        var random = new Random(7);
        const string Alphabet = "aé漢😀,;:\\\n\r\t\"\u0001 =";
        var runes = Alphabet.EnumerateRunes().ToArray();
        for (var length = 0; length < 200; length++)
        {
            var text = string.Concat(Enumerable.Range(0, length).Select(_ => runes[random.Next(runes.Length)].ToString()));
            var written = CalendarText.Write(text, [new("u@x", Today, text, text, false, DateTimeOffset.UtcNow, new("https://pl.example.org/plans/1"))]);
            var day = Assert.Single(StrictCalendar.Read(System.Text.Encoding.UTF8.GetBytes(written)).Events);
            Assert.Equal(text.ReplaceLineEndings("\n").Replace('\t', ' ').Replace('\u0001', ' '), day["SUMMARY"]);
        }
    }
}
