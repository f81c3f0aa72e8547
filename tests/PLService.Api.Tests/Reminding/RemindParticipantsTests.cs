using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.Mails;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.Mailing;

namespace PLService.Api.Tests.Reminding;

/// <summary>A coordinator reminds at once; and who is not written to.</summary>
public sealed class RemindParticipantsTests(SetClockServer api) : IClassFixture<SetClockServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Once_a_day_and_it_takes_the_place_of_the_scheduled_one()
    {
        api.SetClock("2027-03-12T06:00Z");
        var assessment = await api.ClosingAsync("2027-03-15", zone: "UTC");
        await assessment.InviteAsync(2);

        var answer = await (await RemindAsync(assessment)).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal("requested 2027-03-12 2027-03-15 3 2 0 0 0 0", Said(answer));
        await (await RemindAsync(assessment)).ExpectProblemAsync(HttpStatusCode.Conflict, ReminderErrors.AlreadyToday.Code);
        await assessment.CloseOnAsync("2027-03-16");
        await (await RemindAsync(assessment)).ExpectProblemAsync(HttpStatusCode.Conflict, ReminderErrors.AlreadyToday.Code);
        await assessment.CloseOnAsync("2027-03-15");
        api.SetClock("2027-03-12T09:00Z");
        Assert.Equal(0, await assessment.Tenant.RemindAsync(api.Services));
        api.SetClock("2027-03-13T09:00Z");
        await (await RemindAsync(assessment)).ExpectAsync(HttpStatusCode.OK);
        Assert.Equal(4, (await assessment.Tenant.MailsAsync(MailKind.WindowClosing)).Count);
        var page = await assessment.Tenant.Everything().ReadAsync(assessment.Address + "/reminders?limit=1&count=true");
        var rest = await assessment.Tenant.Everything().ReadAsync($"{assessment.Address}/reminders?limit=1&cursor={page["nextCursor"]}");
        Assert.Equal((2, "2027-03-13", "2027-03-12", null), ((int)page["count"]!, (string?)page["items"]![0]!["onDay"], (string?)rest["items"]![0]!["onDay"], (string?)rest["nextCursor"]));
    }

    [Fact]
    public async Task After_a_scheduled_reminder_there_is_none_on_the_same_day()
    {
        api.SetClock("2027-03-12T09:00Z");
        var assessment = await api.ClosingAsync("2027-03-15", zone: "UTC");
        await assessment.InviteAsync(1);
        Assert.Equal(1, await assessment.Tenant.RemindAsync(api.Services));

        await (await RemindAsync(assessment)).ExpectProblemAsync(HttpStatusCode.Conflict, ReminderErrors.AlreadyToday.Code);
    }

    [Fact]
    public async Task Two_at_once_are_one()
    {
        api.SetClock("2027-03-12T09:00Z");
        var assessment = await api.ClosingAsync("2027-03-15", zone: "UTC");
        await assessment.InviteAsync(3);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RemindAsync(assessment)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer.StatusCode != HttpStatusCode.OK), answer => Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode));
        Assert.Equal(3, (await assessment.Tenant.MailsAsync(MailKind.WindowClosing)).Count);
    }

    [Fact]
    public async Task Who_does_not_want_it_or_cannot_be_reached_is_counted_and_not_written_to()
    {
        api.SetClock("2027-03-11T09:00Z");
        var assessment = await api.ClosingAsync("2027-03-15", zone: "UTC");
        var tenant = assessment.Tenant;
        var people = await assessment.InviteAsync(6);
        await tenant.StoredAsync(async db =>
        {
            db.Add(MailOptOut.Create(people[0].Email!.ToUpperInvariant(), MailKind.WindowClosing, DateTimeOffset.UtcNow));
            db.Add(MailOptOut.Create(people[5].Email!, MailKind.Digest, DateTimeOffset.UtcNow));
            return await db.SaveChangesAsync(Ct);
        });
        var bounced = await api.QueueMailAsync(tenant, SampleMails.Closing(), people[1].Email!.ToUpperInvariant());
        await tenant.StoredAsync(db => db.Mails.Where(mail => mail.Id == bounced).ExecuteUpdateAsync(set => set.SetProperty(mail => mail.Status, MailStatus.Bounced), Ct));
        await (await tenant.Everything().SendJsonAsync(HttpMethod.Post, $"/v1/people/{people[2].Id}/deactivate", new { }, "*")).ExpectAsync(HttpStatusCode.OK);
        await tenant.StoredAsync(db => db.People.Where(person => person.Id == people[3].Id).ExecuteUpdateAsync(set => set.SetProperty(person => person.Email, (string?)null), Ct));

        var answer = await (await RemindAsync(assessment)).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal("requested 2027-03-11 2027-03-15 4 2 1 1 2 0", Said(answer));
        Assert.Equal(
            people.Skip(4).Select(person => person.Id).Order(),
            (await tenant.MailsAsync(MailKind.WindowClosing)).Where(mail => mail.Id != bounced).Select(mail => mail.RecipientPersonId!.Value).Order());
        var outcomes = await tenant.StoredAsync(db => db.Reminders.ToDictionaryAsync(reminder => reminder.PersonId, reminder => reminder.Outcome, Ct));
        Assert.Equal(
            [ReminderOutcome.Unsubscribed, ReminderOutcome.Bounced, ReminderOutcome.Deactivated, ReminderOutcome.NoAddress, ReminderOutcome.Queued, ReminderOutcome.Queued],
            people.Select(person => outcomes[person.Id]));

        // What comes back later is seen in the list, and is in the way the next time.
        await tenant.StoredAsync(db => db.Mails.Where(mail => mail.RecipientPersonId == people[4].Id).ExecuteUpdateAsync(set => set.SetProperty(mail => mail.Status, MailStatus.Bounced), Ct));
        Assert.EndsWith(" 1", Said((await tenant.Everything().ReadAsync(assessment.Address + "/reminders"))["items"]![0]!.AsObject()), StringComparison.Ordinal);
        api.SetClock("2027-03-12T09:00Z");
        Assert.Equal(1, await tenant.RemindAsync(api.Services));
        Assert.Equal("scheduled 2027-03-12 2027-03-15 3 1 1 2 2 0", Said((await tenant.Everything().ReadAsync(assessment.Address + "/reminders"))["items"]![0]!.AsObject()));
    }

    [Fact]
    public async Task What_cannot_be_reminded_of_is_refused()
    {
        api.SetClock("2027-03-12T09:00Z");
        var assessment = await api.ClosingAsync(null, zone: "UTC");
        await (await RemindAsync(assessment)).ExpectProblemAsync(HttpStatusCode.Conflict, ReminderErrors.NoClosingDate.Code);
        await assessment.CloseOnAsync("2027-03-11");
        await (await RemindAsync(assessment)).ExpectProblemAsync(HttpStatusCode.Conflict, ReminderErrors.NoClosingDate.Code);
        await assessment.CloseOnAsync("2027-03-12");
        await (await RemindAsync(assessment)).ExpectProblemAsync(HttpStatusCode.Conflict, ReminderErrors.NobodyInvited.Code);
        await assessment.CloseAsync();
        await (await RemindAsync(assessment)).ExpectProblemAsync(HttpStatusCode.Conflict, AssessmentErrors.NotOpen.Code);

        var sibling = await assessment.SiblingAsync();
        await (await sibling.SendJsonAsync(HttpMethod.Post, assessment.Address + "/reminders")).ExpectProblemAsync(HttpStatusCode.NotFound, "assessment.not_found");
        await (await sibling.GetAsync(assessment.Address + "/reminders", Ct)).ExpectProblemAsync(HttpStatusCode.NotFound, "assessment.not_found");
        await (await assessment.Client.GetAsync(assessment.Address + "/reminders?cursor=x", Ct)).ExpectFaultAsync("?cursor", "cursor.unknown");
        Assert.Equal(0, await assessment.Tenant.StoredAsync(db => db.ReminderRounds.CountAsync(Ct)));
    }

    [Fact]
    public async Task Thousands_are_written_to_with_a_few_statements()
    {
        api.SetClock("2027-03-12T07:00Z");
        var assessment = await api.ClosingAsync("2027-03-15", zone: "UTC");
        await assessment.Tenant.StoredAsync(async db =>
        {
            db.AddRange(Enumerable.Range(0, 2500).Select(i => Person.Create(new PersonDetails($"Person {i}", $"person.{i}@example.org", assessment.DistrictId))));
            await db.SaveChangesAsync(Ct);
            db.AddRange((await db.People.Select(person => person.Id).ToListAsync(Ct)).Select(id => Membership.Create(id, Role.Participant, assessment.DistrictId)));
            return await db.SaveChangesAsync(Ct);
        });
        await (await assessment.Client.SendJsonAsync(HttpMethod.Post, assessment.Address + "/participants", new { allParticipants = true })).ExpectAsync(HttpStatusCode.OK);
        using var statements = new StatementCount(api);

        var answer = await (await RemindAsync(assessment)).ExpectAsync(HttpStatusCode.OK);

        Assert.Equal(2500, (int)answer["queued"]!);
        Assert.Equal(2500, (await assessment.Tenant.MailsAsync(MailKind.WindowClosing)).Select(mail => mail.RecipientPersonId).Distinct().Count());
        Assert.InRange(statements.Count, 10, 60);
    }

    private static Task<HttpResponseMessage> RemindAsync(TestAssessment assessment) => assessment.Tenant.Everything().SendJsonAsync(HttpMethod.Post, assessment.Address + "/reminders");

    private static string Said(JsonObject round) => string.Join(' ', ((string[])["kind", "onDay", "closesOn", "daysBefore", "queued", "unsubscribed", "bounced", "unreachable", "cameBack"]).Select(name => round[name]));
}
