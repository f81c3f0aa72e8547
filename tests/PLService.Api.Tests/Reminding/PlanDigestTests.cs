using System.Net;
using PLService.Api.Domain.Mails;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.Plans;

namespace PLService.Api.Tests.Reminding;

/// <summary>Digests tell of what is due of plans, to whom it is due.</summary>
public sealed class PlanDigestTests(SetClockServer api) : IClassFixture<SetClockServer>
{
    [Fact]
    public async Task People_are_told_their_due_and_overdue_steps_in_their_language_and_leaders_the_check_in()
    {
        api.SetClock("2027-03-15T06:00Z");
        var plan = await api.NewPlanAsync("2027-02-20", new { endsOn = "2028-02-20" });
        var (ada, asAda) = await plan.NewPersonAsync(Role.Participant);
        await (await asAda.SendJsonAsync(HttpMethod.Patch, "/v1/me", new { language = "es" }, "*")).ExpectAsync(HttpStatusCode.OK);
        var (ben, _) = await plan.NewPersonAsync(Role.Participant);
        var (lead, _) = await plan.NewPersonAsync(Role.DistrictLead);
        var (idle, _) = await plan.NewPersonAsync(Role.Participant);
        await plan.AddAsync("steps", new { title = "Meet", dueOn = "2027-03-29", ownerPersonId = ada.Id });
        await plan.AddAsync("steps", new { title = "Write", dueOn = "2027-03-12", ownerPersonId = ada.Id });
        await plan.AddAsync("steps", new { title = "Later", dueOn = "2027-03-30", ownerPersonId = ada.Id });
        await plan.AddAsync("steps", new { title = "Read", dueOn = "2027-03-14", ownerPersonId = ben.Id });
        foreach (var i in Enumerable.Range(0, 26))
            await plan.AddAsync("steps", new { title = $"Many {i}", dueOn = "2027-03-20", ownerPersonId = ben.Id });
        await (await plan.Everything.SendJsonAsync(HttpMethod.Post, $"{plan.Path}/activate", ifMatch: "*")).ExpectAsync(HttpStatusCode.OK);
        api.SetClock("2027-03-15T08:00Z");

        Assert.Equal(3, await plan.Tenant.DigestAsync(api.Services));

        var mails = (await plan.Tenant.MailsAsync(MailKind.Digest)).ToDictionary(mail => mail.RecipientPersonId!.Value, mail => mail.TextBody!);
        Assert.DoesNotContain(idle.Id, mails.Keys);
        Assert.Contains(
            $"viernes, 12 de marzo de 2027: Write (Cedar Valley)\nPaso del plan «Plan»; venció hace 3 días\nhttp://plservice.test/plans/{plan.Id}\n", mails[ada.Id], StringComparison.Ordinal);
        Assert.Contains("Meet (Cedar Valley)\nPaso del plan «Plan»\n", mails[ada.Id], StringComparison.Ordinal);
        Assert.DoesNotContain("Later", mails[ada.Id], StringComparison.Ordinal);
        Assert.Contains("Read (Cedar Valley)\nStep of the plan “Plan”; overdue since yesterday\n", mails[ben.Id], StringComparison.Ordinal);
        Assert.Contains("And 2 more.", mails[ben.Id], StringComparison.Ordinal);
        Assert.Contains("Monday, March 22, 2027: Plan (Cedar Valley)\nCheck-in of the plan after 30 days\n", mails[lead.Id], StringComparison.Ordinal);
    }
}
