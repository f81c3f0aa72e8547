using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PLService.Api.Access;
using PLService.Api.Domain.Mails;
using PLService.Api.Domain.People;
using PLService.Api.Mailing.Digests;
using PLService.Api.Mailing.Reminding;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Reminding;

/// <summary>The service without workers and with a clock that a test sets; mail is shown and not sent.</summary>
public sealed class SetClockServer : ApiServer
{
    private readonly MovableClock _clock = new();

    protected override TimeProvider Clock => _clock;

    protected override string[] Settings => ["Jobs:Workers=0", "Mail:SweepMinutes=15"];

    /// <summary>Sets the clock, as <c>2027-03-12T16:00Z</c>.</summary>
    public void SetClock(string time) => _clock.Advance(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture) - _clock.GetUtcNow());
}

/// <summary>What tests of reminders and digests do, in one line each.</summary>
internal static class ReminderSteps
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>An open assessment in a district of this time zone whose window closes on this day.</summary>
    public static async Task<TestAssessment> ClosingAsync(this ApiServer api, string? closesOn, string mode = "confidential", string zone = "America/Los_Angeles", object? reminders = null)
    {
        var assessment = await api.OpenAssessmentAsync(mode);
        await (await assessment.Client.SendJsonAsync(HttpMethod.Patch, $"/v1/organizations/{assessment.DistrictId}", new { timeZone = zone }, "*")).ExpectAsync(HttpStatusCode.OK);
        await assessment.CloseOnAsync(closesOn, reminders);
        return assessment;
    }

    /// <summary>Says when the window closes, and perhaps when people are reminded.</summary>
    public static async Task CloseOnAsync(this TestAssessment assessment, string? closesOn, object? reminders = null) => await (await assessment.Tenant.Everything().SendJsonAsync(
        HttpMethod.Put,
        assessment.Address,
        new
        {
            title = "Readiness 2027",
            round = "2027-spring",
            mode = (string?)assessment.Created["mode"],
            roles = Array.Empty<string>(),
            windowClosesOn = closesOn,
            reminders,
        },
        "*")).ExpectAsync(HttpStatusCode.OK);

    /// <summary>New people on the roster.</summary>
    public static async Task<IReadOnlyList<Person>> InviteAsync(this TestAssessment assessment, int count)
    {
        var people = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => assessment.Tenant.NewPersonAsync((Role.Participant, assessment.DistrictId))));
        await (await assessment.Tenant.Everything().SendJsonAsync(HttpMethod.Post, assessment.Address + "/participants", new { personIds = people.Select(person => person.Id) }))
            .ExpectAsync(HttpStatusCode.OK);
        return people;
    }

    /// <summary>Sends the reminders that are due now; gives of how many assessments.</summary>
    public static Task<int> RemindAsync(this TestTenant tenant, IServiceProvider services) =>
        tenant.WithinAsync<RemindersHandler, int>(services, reminders => reminders.SendDueAsync(null, Ct));

    /// <summary>Writes the digests that are due now; gives how many mails.</summary>
    public static Task<int> DigestAsync(this TestTenant tenant, IServiceProvider services) =>
        tenant.WithinAsync<DigestsHandler, int>(services, digests => digests.WriteDueAsync(null, Ct));

    /// <summary>Does something with a service as the tenant's background work does.</summary>
    public static async Task<TResult> WithinAsync<TService, TResult>(this TestTenant tenant, IServiceProvider services, Func<TService, Task<TResult>> act)
        where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().Become(CallerIdentity.Service(tenant.Id));
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>All mails of the tenant, of one kind.</summary>
    public static Task<List<Mail>> MailsAsync(this TestTenant tenant, MailKind kind) =>
        tenant.StoredAsync(db => db.Mails.AsNoTracking().Where(mail => mail.Kind == kind).OrderBy(mail => mail.Id).ToListAsync(Ct));
}
