using Microsoft.EntityFrameworkCore;
using PLService.Api.Commands.Demo;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Demo;

/// <summary>A service with a tenant in which the demo's story was told, once for all classes that look at it.</summary>
[CollectionDefinition(Shared)]
public sealed class DemoServer : ApiServer, IAsyncLifetime, ICollectionFixture<DemoServer>
{
    public const string Shared = "Demo";

    public TestTenant Tenant { get; private set; } = null!;

    internal SignIns SignIns { get; private set; } = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        Tenant = await NewTenantAsync();
        await TellAsync(Tenant, FileOf(Tenant), Ct);
        SignIns = (await SignIns.EnsureAsync(Database.Owner, Tenant.Id, FileOf(Tenant) + ".people", Ct))!;
    }

    /// <summary>Where it stands which chapters were told in a tenant.</summary>
    public static string FileOf(TestTenant tenant) => Path.Combine(Path.GetTempPath(), $"demo-story-{tenant.Id}.json");

    /// <summary>Tells what was not told, as <c>make run</c> does.</summary>
    public async Task TellAsync(TestTenant tenant, string file, CancellationToken ct)
    {
        using var stage = new Stage(Address, Services, tenant.Credentials);
        await (await DemoStory.OpenAsync(tenant.Id, file)).TellAsync(stage, ct);
    }

    /// <summary>Tells no more than who is where.</summary>
    public async Task TellOfPeopleAsync(TestTenant tenant)
    {
        using var stage = new Stage(Address, Services, tenant.Credentials);
        await stage.EnterAsync(Ct);
        await StateChapter.TellAsync(stage, Ct);
        await PeopleChapter.TellAsync(stage, Ct);
    }

    /// <summary>What is there, with how often it was changed.</summary>
    public static Task<string> InventoryAsync(TestTenant tenant) => tenant.StoredAsync(async db => string.Join('\n', new Dictionary<string, long>
    {
        ["organizations"] = await db.Organizations.CountAsync(Ct),
        ["versions of organizations"] = await db.Organizations.SumAsync(o => o.Version, Ct),
        ["outside ids"] = await db.OrganizationIdentifiers.CountAsync(Ct),
        ["people"] = await db.People.CountAsync(Ct),
        ["versions of people"] = await db.People.SumAsync(p => p.Version, Ct),
        ["memberships"] = await db.Memberships.CountAsync(Ct),
        ["open assessments"] = await db.Assessments.CountAsync(a => a.Status == Api.Domain.Assessments.AssessmentStatus.Open, Ct),
        ["closed assessments"] = await db.Assessments.CountAsync(a => a.Status == Api.Domain.Assessments.AssessmentStatus.Closed, Ct),
        ["versions of assessments"] = await db.Assessments.SumAsync(a => a.Version, Ct),
        ["responses"] = await db.Responses.CountAsync(Ct),
        ["tallies"] = await db.Tallies.CountAsync(Ct),
        ["results"] = await db.AssessmentResults.CountAsync(Ct),
        ["invited"] = await db.Participations.CountAsync(Ct),
        ["handed in"] = await db.Participations.CountAsync(p => p.Status == Api.Domain.Assessments.ParticipationStatus.Submitted, Ct),
        ["join codes"] = await db.JoinCodes.CountAsync(Ct),
        ["teams, their members and meetings"] = await db.Teams.CountAsync(Ct) + await db.TeamMembers.CountAsync(Ct) + await db.TeamMeetings.CountAsync(Ct),
        ["priorities"] = await db.Priorities.CountAsync(Ct),
        ["dots on priorities"] = await db.PriorityDots.SumAsync(d => d.Dots, Ct),
        ["parts of plans"] = await db.PlanParts.CountAsync(Ct),
        ["versions of plans"] = await db.Plans.SumAsync(p => p.Version, Ct),
        ["check-ins"] = await db.CheckIns.CountAsync(Ct),
        ["toolkit runs"] = await db.ToolkitRuns.CountAsync(Ct),
        ["imports"] = await db.Imports.CountAsync(Ct),
        ["live sessions of the story"] = await db.PersonSessions.CountAsync(s => s.RevokedAt == null && s.Device == Stage.Device, Ct),
    }));
}
