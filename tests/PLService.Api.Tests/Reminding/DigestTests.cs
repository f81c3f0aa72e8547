using System.Net;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Mails;
using PLService.Api.Domain.People;
using PLService.Api.Mailing.Digests;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.Participants;

namespace PLService.Api.Tests.Reminding;

/// <summary>What is due for somebody, told as often as they want it.</summary>
public sealed class DigestTests(SetClockServer api) : IClassFixture<SetClockServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>March 15, 2027 is a Monday, on the day before summer time begins in the United States.</summary>
    [Theory]
    [InlineData("America/New_York", "2027-03-15T10:59Z", "2027-03-15T11:00Z", "2027-03-22T11:00Z")]
    [InlineData("Pacific/Honolulu", "2027-03-15T16:59Z", "2027-03-15T17:00Z", "2027-03-22T17:00Z")]
    [InlineData("Pacific/Auckland", "2027-03-14T17:59Z", "2027-03-14T18:00Z", "2027-03-21T18:00Z")]
    public async Task Weekly_on_Monday_at_seven_where_the_person_is(string zone, string early, string due, string next)
    {
        api.SetClock("2027-03-08T12:00Z");
        var assessment = await api.ClosingAsync("2027-04-15", zone: zone);
        await assessment.InviteAsync(1);

        var sent = new List<int>();
        foreach (var time in (string[])["2027-03-09T20:00Z", "2027-03-12T12:00Z", early, due, due, "2027-03-17T20:00Z", next])
        {
            api.SetClock(time);
            sent.Add(await assessment.Tenant.DigestAsync(api.Services));
        }

        Assert.Equal([0, 0, 0, 1, 0, 0, 1], sent);
        var mail = (await assessment.Tenant.MailsAsync(MailKind.Digest))[0];
        Assert.Contains("Thursday, April 15, 2027: Readiness 2027 (Cedar)\nhttp://plservice.test/assessments/" + assessment.Id, mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Daily_every_day_and_never_never_in_the_persons_own_time_zone()
    {
        api.SetClock("2027-03-16T00:00Z");
        var assessment = await api.ClosingAsync("2027-04-15", zone: "UTC");
        var people = await assessment.InviteAsync(2);
        await ChangeMeAsync(assessment.Tenant, people[0], new { digest = "daily", timeZone = "America/Denver", language = "es" });
        await ChangeMeAsync(assessment.Tenant, people[1], new { digest = "never" });

        var sent = new List<int>();
        foreach (var time in (string[])["2027-03-16T12:59Z", "2027-03-16T13:00Z", "2027-03-16T22:00Z", "2027-03-17T12:59Z", "2027-03-17T13:00Z", "2027-03-22T14:00Z"])
        {
            api.SetClock(time);
            sent.Add(await assessment.Tenant.DigestAsync(api.Services));
        }

        Assert.Equal([0, 1, 0, 0, 1, 1], sent);
        var mails = await assessment.Tenant.MailsAsync(MailKind.Digest);
        Assert.All(mails, mail => Assert.Equal((people[0].Id, "es"), (mail.RecipientPersonId, mail.Language)));
        Assert.Contains("jueves, 15 de abril de 2027: Readiness 2027 (Cedar)", mails[0].TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_nothing_due_gets_nothing_and_handing_in_ends_it()
    {
        api.SetClock("2027-03-15T06:00Z");
        var assessment = await api.ClosingAsync("2027-04-15", zone: "UTC");
        var people = await assessment.InviteAsync(2);
        await assessment.Tenant.NewPersonAsync((Role.Participant, assessment.DistrictId));
        var done = await assessment.StartedAsync(people[0]);
        await done.RateAsync("A.1", "green");
        await (await done.SubmitAsync()).ExpectAsync(HttpStatusCode.OK);
        api.SetClock("2027-03-15T08:00Z");

        Assert.Equal(1, await assessment.Tenant.DigestAsync(api.Services));

        Assert.Equal(people[1].Id, Assert.Single(await assessment.Tenant.MailsAsync(MailKind.Digest)).RecipientPersonId);
    }

    [Fact]
    public async Task Who_runs_assessments_sees_how_many_have_answered_where_their_role_holds()
    {
        api.SetClock("2027-03-15T06:00Z");
        var assessment = await api.ClosingAsync("2027-04-15", zone: "UTC");
        var tenant = assessment.Tenant;
        var sibling = await tenant.Everything().CreateAsync("/v1/organizations", new { kind = "district", name = "Birch", parentId = assessment.StateId });
        var people = await assessment.InviteAsync(4);
        var done = await assessment.StartedAsync(people[0]);
        await done.RateAsync("A.1", "green");
        await (await done.SubmitAsync()).ExpectAsync(HttpStatusCode.OK);
        await assessment.StartedAsync(people[1]);
        var state = await tenant.NewPersonAsync((Role.DistrictLead, assessment.StateId));
        var (elsewhere, viewer) = (await tenant.NewPersonAsync((Role.Facilitator, sibling.Id())), await tenant.NewPersonAsync((Role.Viewer, assessment.DistrictId)));
        var all = await tenant.NewPersonAsync((Role.AgencyAdmin, null));
        await tenant.StoredAsync(async db =>
        {
            var ended = Person.Create(new PersonDetails("Ended", "ended@example.org"));
            db.Add(ended);
            await db.SaveChangesAsync(Ct);
            db.Add(Membership.Create(ended.Id, Role.Facilitator, assessment.DistrictId, null, new DateOnly(2027, 3, 14)));
            return await db.SaveChangesAsync(Ct);
        });
        api.SetClock("2027-03-15T08:00Z");

        await tenant.DigestAsync(api.Services);

        var mails = (await tenant.MailsAsync(MailKind.Digest)).ToDictionary(mail => mail.RecipientPersonId!.Value, mail => mail.TextBody!);
        Assert.Equal(people.Skip(1).Append(state).Append(all).Select(person => person.Id).Order(), mails.Keys.Order());
        Assert.All((Person[])[state, all], person => Assert.Contains("Readiness 2027 (Cedar)\n1 of 4 have answered\n", mails[person.Id], StringComparison.Ordinal));
        Assert.DoesNotContain("have answered", mails[people[2].Id], StringComparison.Ordinal);
        Assert.DoesNotContain(elsewhere.Id, mails.Keys);
        Assert.DoesNotContain(viewer.Id, mails.Keys);
    }

    [Fact]
    public async Task An_anonymous_assessment_stays_for_everybody_until_it_closes()
    {
        api.SetClock("2027-03-15T06:00Z");
        var assessment = await api.ClosingAsync("2027-04-15", mode: "anonymous", zone: "UTC");
        var people = await assessment.InviteAsync(2);
        await assessment.StartedAsync(people[0]);
        var lead = await assessment.Tenant.NewPersonAsync((Role.DistrictLead, assessment.DistrictId));
        api.SetClock("2027-03-15T08:00Z");

        Assert.Equal(3, await assessment.Tenant.DigestAsync(api.Services));

        var mails = (await assessment.Tenant.MailsAsync(MailKind.Digest)).ToDictionary(mail => mail.RecipientPersonId!.Value, mail => mail.TextBody!);
        Assert.All(people, person => Assert.Contains("Anonymous: it is listed for everybody", mails[person.Id], StringComparison.Ordinal));
        Assert.Contains("1 of 2 have started", mails[lead.Id], StringComparison.Ordinal);
        await assessment.Tenant.StoredAsync(db => db.Assessments.ExecuteUpdateAsync(set => set.SetProperty(a => a.Status, Api.Domain.Assessments.AssessmentStatus.Closed), Ct));
        api.SetClock("2027-03-22T08:00Z");
        Assert.Equal(0, await assessment.Tenant.DigestAsync(api.Services));
    }

    [Fact]
    public async Task Many_processes_at_once_write_to_each_person_once()
    {
        api.SetClock("2027-03-15T06:00Z");
        var assessment = await api.ClosingAsync("2027-04-15", zone: "UTC");
        var people = await assessment.InviteAsync(20);
        await using var other = await api.StartAnotherAsync();
        api.SetClock("2027-03-15T08:00Z");

        var sent = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => assessment.Tenant.DigestAsync(i % 2 == 0 ? api.Services : other.Services))));

        Assert.Equal(20, sent.Sum());
        Assert.Equal(people.Select(person => person.Id).Order(), (await assessment.Tenant.MailsAsync(MailKind.Digest)).Select(mail => mail.RecipientPersonId!.Value).Order());
    }

    [Fact]
    public async Task Who_unsubscribed_by_a_link_reads_never_and_comes_back_by_choosing()
    {
        api.SetClock("2027-03-15T08:00Z");
        var assessment = await api.ClosingAsync("2027-04-15", zone: "UTC");
        var person = (await assessment.InviteAsync(1))[0];
        Assert.Equal(1, await assessment.Tenant.DigestAsync(api.Services));
        var link = new Uri((await assessment.Tenant.MailsAsync(MailKind.Digest))[0].UnsubscribeAddress!).PathAndQuery;

        await (await assessment.Tenant.Anonymous().SendJsonAsync(HttpMethod.Post, link)).ExpectAsync(HttpStatusCode.OK);

        api.SetClock("2027-03-22T08:00Z");
        Assert.Equal(0, await assessment.Tenant.DigestAsync(api.Services));
        Assert.Equal("never", (string?)(await assessment.Tenant.As(person).ReadAsync("/v1/me"))["digest"]);
        Assert.Equal("never", (string?)(await ChangeMeAsync(assessment.Tenant, person, new { name = "Ada" }))["digest"]);
        Assert.Equal("weekly", (string?)(await ChangeMeAsync(assessment.Tenant, person, new { digest = "weekly" }))["digest"]);
        api.SetClock("2027-03-29T08:00Z");
        Assert.Equal(1, await assessment.Tenant.DigestAsync(api.Services));
    }

    [Fact]
    public async Task A_long_list_is_cut_and_says_so()
    {
        api.SetClock("2027-03-15T06:00Z");
        var assessment = await api.ClosingAsync("2027-04-15", zone: "UTC");
        var tenant = assessment.Tenant;
        for (var i = 0; i < DigestWriter.MaxItems + 3; i++)
        {
            await tenant.Everything().CreateAsync(
                "/v1/assessments", new { organizationId = assessment.DistrictId, instrument = new { code = "pulse" }, round = "2027", title = $"No. {i}", windowClosesOn = "2027-03-20", open = true });
        }

        await tenant.NewPersonAsync((Role.DistrictLead, assessment.DistrictId));
        api.SetClock("2027-03-15T08:00Z");

        Assert.Equal(1, await tenant.DigestAsync(api.Services));

        var text = (await tenant.MailsAsync(MailKind.Digest))[0].TextBody!;
        Assert.Equal(DigestWriter.MaxItems, text.Split("0 responses were handed in").Length - 1);
        Assert.Contains("\nAnd 4 more.\n", text, StringComparison.Ordinal);
        // The most urgent first: what closes in April is what was cut.
        Assert.DoesNotContain("Readiness 2027", text, StringComparison.Ordinal);
    }

    private static async Task<System.Text.Json.Nodes.JsonObject> ChangeMeAsync(TestTenant tenant, Person person, object patch) =>
        await (await tenant.As(person).SendJsonAsync(HttpMethod.Patch, "/v1/me", patch, "*")).ExpectAsync(HttpStatusCode.OK);
}
