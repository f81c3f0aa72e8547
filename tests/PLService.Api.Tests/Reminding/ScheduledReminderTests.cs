using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.Mails;
using PLService.Api.Mailing.Reminding;
using PLService.Api.Persistence;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.Participants;

namespace PLService.Api.Tests.Reminding;

/// <summary>When people are reminded, and that it happens once.</summary>
public sealed class ScheduledReminderTests(SetClockServer api) : IClassFixture<SetClockServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The window closes on Monday, March 15, 2027; in the United States summer time begins on the day before.</summary>
    [Theory]
    [InlineData("America/Los_Angeles", "2027-03-12T15:59Z", "2027-03-12T16:00Z", "2027-03-14T14:59Z", "2027-03-14T15:00Z")]
    [InlineData("America/Phoenix", "2027-03-12T14:59Z", "2027-03-12T15:00Z", "2027-03-14T14:59Z", "2027-03-14T15:00Z")]
    [InlineData("Pacific/Auckland", "2027-03-11T18:59Z", "2027-03-11T19:00Z", "2027-03-13T18:59Z", "2027-03-13T19:00Z")]
    [InlineData("Asia/Kolkata", "2027-03-12T02:29Z", "2027-03-12T02:30Z", "2027-03-14T02:29Z", "2027-03-14T02:30Z")]
    [InlineData("UTC", "2027-03-12T07:59Z", "2027-03-12T08:00Z", "2027-03-14T07:59Z", "2027-03-14T08:00Z")]
    public async Task Three_days_and_one_day_before_at_eight_where_the_organization_is(string zone, string early, string first, string between, string second)
    {
        api.SetClock("2027-03-01T12:00Z");
        var assessment = await api.ClosingAsync("2027-03-15", zone: zone);
        await assessment.InviteAsync(2);

        var sent = new List<int>();
        foreach (var time in (string[])[early, first, first, between, second, second, "2027-03-15T20:00Z", "2027-03-20T20:00Z"])
        {
            api.SetClock(time);
            sent.Add(await assessment.Tenant.RemindAsync(api.Services));
        }

        Assert.Equal([0, 1, 0, 0, 1, 0, 0, 0], sent);
        var subjects = (await assessment.Tenant.MailsAsync(MailKind.WindowClosing)).Select(mail => mail.Subject);
        Assert.Equal(["Readiness 2027 closes in 3 days", "Readiness 2027 closes in 3 days", "Readiness 2027 closes tomorrow", "Readiness 2027 closes tomorrow"], subjects);
        var list = (await assessment.Tenant.Everything().ReadAsync(assessment.Address + "/reminders"))["items"]!.AsArray();
        Assert.Equal(
            ["scheduled 2027-03-14 2027-03-15 1 2", "scheduled 2027-03-12 2027-03-15 3 2"],
            list.Select(item => $"{item!["kind"]} {item["onDay"]} {item["closesOn"]} {item["daysBefore"]} {item["queued"]}"));
    }

    [Fact]
    public async Task A_service_that_was_away_in_the_morning_reminds_on_the_same_day_and_not_on_the_next()
    {
        api.SetClock("2027-03-01T12:00Z");
        var (late, missed) = (await api.ClosingAsync("2027-03-15", zone: "UTC"), await api.ClosingAsync("2027-03-15", zone: "UTC"));
        await late.InviteAsync(1);
        await missed.InviteAsync(1);

        api.SetClock("2027-03-12T23:30Z");
        Assert.Equal(1, await late.Tenant.RemindAsync(api.Services));
        api.SetClock("2027-03-13T08:30Z");
        Assert.Equal(0, await missed.Tenant.RemindAsync(api.Services));
    }

    [Fact]
    public async Task Many_processes_at_once_write_to_each_person_once()
    {
        api.SetClock("2027-03-01T12:00Z");
        var assessment = await api.ClosingAsync("2027-03-15", zone: "UTC");
        var people = await assessment.InviteAsync(20);
        await using var other = await api.StartAnotherAsync();
        api.SetClock("2027-03-12T09:00Z");

        var sent = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => assessment.Tenant.RemindAsync(i % 2 == 0 ? api.Services : other.Services))));

        Assert.Equal(1, sent.Sum());
        Assert.Equal(people.Select(person => person.Id).Order(), (await assessment.Tenant.MailsAsync(MailKind.WindowClosing)).Select(mail => mail.RecipientPersonId!.Value).Order());
        Assert.Equal((1, 20), await assessment.Tenant.StoredAsync(async db => (await db.ReminderRounds.CountAsync(Ct), await db.Reminders.CountAsync(Ct))));
    }

    [Fact]
    public async Task What_was_killed_in_between_has_written_to_nobody_and_is_done_by_the_next()
    {
        api.SetClock("2027-03-01T12:00Z");
        var assessment = await api.ClosingAsync("2027-03-15", zone: "UTC");
        await assessment.InviteAsync(3);
        api.SetClock("2027-03-12T09:00Z");
        await using (var scope = api.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<Caller>().Become(CallerIdentity.Service(assessment.Tenant.Id));
            var db = scope.ServiceProvider.GetRequiredService<PLServiceDbContext>();
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            var due = Assert.Single(await scope.ServiceProvider.GetRequiredService<DueReminders>().ScheduledAsync(Ct));
            Assert.NotNull(await scope.ServiceProvider.GetRequiredService<Api.Mailing.Reminding.Reminders>().SendAsync(due, ReminderKind.Scheduled, Ct));
            await db.SaveChangesAsync(Ct);
            Assert.Equal(3, await db.Mails.CountAsync(Ct));
        }

        Assert.Equal((0, 0), await assessment.Tenant.StoredAsync(async db => (await db.ReminderRounds.CountAsync(Ct), await db.Mails.CountAsync(Ct))));
        Assert.Equal(1, await assessment.Tenant.RemindAsync(api.Services));
        Assert.Equal(3, (await assessment.Tenant.MailsAsync(MailKind.WindowClosing)).Count);
    }

    [Fact]
    public async Task Another_last_day_is_counted_anew_and_no_day_twice()
    {
        api.SetClock("2027-03-01T12:00Z");
        var assessment = await api.ClosingAsync("2027-03-15", zone: "UTC");
        await assessment.InviteAsync(1);
        api.SetClock("2027-03-12T09:00Z");
        Assert.Equal(1, await assessment.Tenant.RemindAsync(api.Services));

        // A week more; then back, which makes nothing new of what was told already.
        await assessment.CloseOnAsync("2027-03-22");
        Assert.Equal(0, await assessment.Tenant.RemindAsync(api.Services));
        await assessment.CloseOnAsync("2027-03-15");
        Assert.Equal(0, await assessment.Tenant.RemindAsync(api.Services));
        await assessment.CloseOnAsync("2027-03-22");
        api.SetClock("2027-03-14T09:00Z");
        Assert.Equal(0, await assessment.Tenant.RemindAsync(api.Services));
        api.SetClock("2027-03-19T09:00Z");
        Assert.Equal(1, await assessment.Tenant.RemindAsync(api.Services));

        Assert.Equal([new(2027, 3, 15), new(2027, 3, 22)], await assessment.Tenant.StoredAsync(db => db.ReminderRounds.OrderBy(r => r.Id).Select(r => r.ClosesOn).ToListAsync(Ct)));
    }

    [Fact]
    public async Task A_closed_assessment_reminds_nobody_and_a_reopened_one_does_again()
    {
        api.SetClock("2027-03-10T12:00Z");
        var assessment = await api.ClosingAsync("2027-03-15", zone: "UTC");
        await assessment.InviteAsync(1);
        await assessment.CloseAsync();
        api.SetClock("2027-03-12T09:00Z");
        Assert.Equal(0, await assessment.Tenant.RemindAsync(api.Services));

        await (await assessment.Tenant.Everything().SendJsonAsync(HttpMethod.Post, assessment.Address + "/reopen", new { reason = "More time." }, "*")).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(1, await assessment.Tenant.RemindAsync(api.Services));
    }

    [Fact]
    public async Task The_settings_decide_and_stay_when_they_are_left_out()
    {
        api.SetClock("2027-03-01T12:00Z");
        var assessment = await api.ClosingAsync("2027-03-15", zone: "UTC", reminders: new { enabled = true, daysBefore = new[] { 2, 7 } });
        await assessment.InviteAsync(1);
        await assessment.CloseOnAsync("2027-03-15");
        Assert.Equal("""{"enabled":true,"daysBefore":[7,2]}""", (await assessment.Tenant.Everything().ReadAsync(assessment.Address))["reminders"]!.ToJsonString());
        Assert.Equal("""{"enabled":true,"daysBefore":[3,1]}""", assessment.Created["reminders"]!.ToJsonString());

        var sent = new List<int>();
        foreach (var day in (int[])[8, 12, 13])
        {
            api.SetClock($"2027-03-{day:00}T09:00Z");
            sent.Add(await assessment.Tenant.RemindAsync(api.Services));
        }

        Assert.Equal([1, 0, 1], sent);
        await assessment.CloseOnAsync("2027-03-16", new { enabled = false, daysBefore = new[] { 3, 2 } });
        api.SetClock("2027-03-14T09:00Z");
        Assert.Equal(0, await assessment.Tenant.RemindAsync(api.Services));
    }

    [Theory]
    [InlineData("[1,2,3,4,5,6]", "value.too_many")]
    [InlineData("[0]", "value.out_of_range")]
    [InlineData("[31]", "value.out_of_range")]
    [InlineData("[3,3]", "value.duplicate")]
    public async Task Days_that_cannot_be_are_refused_with_their_place(string days, string code)
    {
        api.SetClock("2027-03-01T12:00Z");
        var assessment = await api.OpenAssessmentAsync();

        var put = $$$"""{"title":"x","round":"2027","mode":"named","roles":[],"reminders":{"enabled":true,"daysBefore":{{{days}}}}}""";
        var post = $$$"""{"organizationId":"{{{assessment.DistrictId}}}","instrument":{"code":"pulse"},"round":"2027","reminders":{"enabled":true,"daysBefore":{{{days}}}}}""";
        await (await assessment.Client.SendJsonAsync(HttpMethod.Put, assessment.Address, put, "*")).ExpectFaultAsync("/reminders/daysBefore", code);
        await (await assessment.Client.SendJsonAsync(HttpMethod.Post, "/v1/assessments", post)).ExpectFaultAsync("/reminders/daysBefore", code);
    }

    [Fact]
    public async Task Who_has_handed_in_is_left_in_peace()
    {
        api.SetClock("2027-03-12T07:00Z");
        var assessment = await api.ClosingAsync("2027-03-15", zone: "UTC");
        var people = await assessment.InviteAsync(3);
        var done = await assessment.StartedAsync(people[0]);
        await done.RateAsync("A.1", "green");
        await (await done.SubmitAsync()).ExpectAsync(HttpStatusCode.OK);
        await assessment.StartedAsync(people[1]);
        api.SetClock("2027-03-12T08:00Z");

        Assert.Equal(1, await assessment.Tenant.RemindAsync(api.Services));

        Assert.Equal(people.Skip(1).Select(person => person.Id).Order(), (await assessment.Tenant.MailsAsync(MailKind.WindowClosing)).Select(mail => mail.RecipientPersonId!.Value).Order());
        var told = Assert.Single(await assessment.Tenant.StoredAsync(db => db.AuditEvents.Where(e => e.Action == "assessment.reminded").ToListAsync(Ct)));
        Assert.Equal((assessment.Id, assessment.DistrictId, null), (told.ResourceId, told.OrganizationId, told.PersonId));
        Assert.DoesNotContain(people, person => told.Detail!.Contains(person.Id.ToString(), StringComparison.Ordinal) || told.Detail.Contains(person.Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_an_anonymous_assessment_everybody_is_reminded_and_told_why()
    {
        api.SetClock("2027-03-12T07:00Z");
        var assessment = await api.ClosingAsync("2027-03-15", mode: "anonymous", zone: "UTC");
        var people = await assessment.InviteAsync(3);
        var done = await assessment.StartedAsync(people[0]);
        await done.RateAsync("A.1", "green");
        await (await done.SubmitAsync()).ExpectAsync(HttpStatusCode.OK);
        api.SetClock("2027-03-12T08:00Z");

        Assert.Equal(1, await assessment.Tenant.RemindAsync(api.Services));

        var mails = await assessment.Tenant.MailsAsync(MailKind.WindowClosing);
        Assert.Equal(people.Select(person => person.Id).Order(), mails.Select(mail => mail.RecipientPersonId!.Value).Order());
        Assert.All(mails, mail => Assert.Contains("so this reminder goes to everybody who was invited", mail.TextBody, StringComparison.Ordinal));
        Assert.Equal(3, (int)(await assessment.Tenant.Everything().ReadAsync(assessment.Address + "/reminders"))["items"]![0]!["queued"]!);
    }
}
