using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.Organizations;

namespace PLService.Api.Tests.Imports;

/// <summary>What an import brought can be taken back whole, and only while nothing else was built on it.</summary>
public sealed class UndoImportTests(ApiServer api) : IClassFixture<ApiServer>
{
    private const string Organizations = "kind=organizations&organizationIdSystem=nces";
    private const string OrganizationHeader = "organization_id,name,kind,parent_id,closed_on,successor_id\n";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Created_responses_and_assessments_go_and_the_same_file_can_come_again()
    {
        var world = await ImportWorld.MakeAsync(api);
        List<Rating> ratings = [new(ImportWorld.Cedar, "p-1", "A.1", "green"), new(ImportWorld.Birch, "p-2", "B.1", "yellow")];
        var import = await CompletedAsync(world.Client, ImportWorld.Query, world.Csv(ratings));

        var undone = await UndoAsync(world.Client, import);

        Assert.Equal("undone", (string?)undone["status"]);
        Assert.NotNull(undone["undoneAt"]);
        Assert.Empty(await world.StoredAsync());
        Assert.Equal(0, await world.Tenant.StoredAsync(db => db.Assessments.CountAsync(Ct)));
        Assert.Equal("2/0/0", (await world.Client.ReceiptAsync(ImportWorld.Query, world.Csv(ratings))).Of("responses"));
        await world.AssertStoredAsync(ratings);
    }

    [Fact]
    public async Task Changed_responses_get_their_levels_role_and_comments_back_and_others_are_left_alone()
    {
        var world = await ImportWorld.MakeAsync(api);
        const string Header = "school_nces_id,instrument,round,participant_key,role,item_code,level,comment\n";
        await world.Client.ReceiptAsync(ImportWorld.Query, Header + Row("p-1", "teacher", "A.1", "green", "as it was") + Row("p-2", "", "A.1", "yellow", ""));
        var before = await StateAsync(world);

        var import = await CompletedAsync(
            world.Client, ImportWorld.Query, Header + Row("p-1", "principal", "A.1", "red", "changed") + Row("p-1", "principal", "A.2", "green", "") + Row("p-3", "", "A.1", "red", ""));
        Assert.NotEqual(before, await StateAsync(world));
        await UndoAsync(world.Client, import);

        Assert.Equal(before, await StateAsync(world));

        static string Row(string key, string role, string item, string level, string comment) =>
            $"{ImportWorld.Cedar},pulse,2026-fall,{key},{role},{item},{level},{comment}\n";
    }

    [Fact]
    public async Task Assessments_that_it_closed_leave_the_roll_ups()
    {
        var world = await ImportWorld.MakeAsync(api);
        var kept = Ratings(world, ImportWorld.Cedar, "yellow");
        await world.Client.ReceiptAsync(ImportWorld.Query + "&closeAssessments=true&acceptWarnings=true", world.Csv(kept));
        var before = await RollupsAsync(world);
        Assert.NotEmpty(before);

        var import = await CompletedAsync(
            world.Client, ImportWorld.Query + "&closeAssessments=true&acceptWarnings=true", world.Csv(Ratings(world, ImportWorld.Birch, "green")));
        Assert.NotEqual(before, await RollupsAsync(world));
        await UndoAsync(world.Client, import);

        Assert.Equal(before, await RollupsAsync(world));
        await world.AssertStoredAsync(kept);
    }

    [Fact]
    public async Task Tallies_that_it_changed_get_their_counts_back()
    {
        var world = await ImportWorld.MakeAsync(api);
        const string Query = "kind=tallies&createAssessments=true";
        const string Header = "school_nces_id,instrument,round,group,item_code,level,count\n";
        await world.Client.ReceiptAsync(Query, Header + $"{ImportWorld.Cedar},pulse,2026-fall,table 1,A.1,green,3\n");
        var before = await TalliesAsync(world);

        var import = await CompletedAsync(
            world.Client, Query, Header + $"{ImportWorld.Cedar},pulse,2026-fall,table 1,A.1,green,9\n{ImportWorld.Cedar},pulse,2026-fall,table 2,A.1,red,1\n");
        Assert.Equal(2, (await TalliesAsync(world)).Count);
        await UndoAsync(world.Client, import);

        Assert.Equal(before, await TalliesAsync(world));
    }

    [Fact]
    public async Task Organizations_get_their_names_places_and_dates_back_and_new_ones_go()
    {
        var tenant = await api.NewTenantAsync();
        var client = tenant.Everything();
        await client.ReceiptAsync(
            Organizations, OrganizationHeader + "EX,State,state,,,\nA,A,district,EX,,\nB,B,district,A,,\nC,C,school,B,,\nD,D,school,A,2025-06-30,C\n");
        var before = await OrganizationsAsync(tenant);

        // A and B change places, C moves below a new one and closes, D was closed on another day.
        var import = await CompletedAsync(
            client, Organizations, OrganizationHeader + "N,New,region,EX,,\nB,Bee,,EX,,\nA,,network,B,,\nC,,,N,2026-06-30,D\nD,,,,2025-07-31,A\n");
        Assert.Equal("1/4/0", import["receipt"]!.AsObject().Of("organizations"));
        Assert.Equal(new DateOnly(2025, 7, 31), await tenant.StoredAsync(db => db.Organizations.Where(o => o.Name == "D").Select(o => o.ClosedOn).SingleAsync(Ct)));
        await UndoAsync(client, import);

        Assert.Equal(before, await OrganizationsAsync(tenant));
        await tenant.AssertTreeIsWholeAsync();
    }

    [Fact]
    public async Task Nothing_is_taken_back_once_something_was_built_on_it()
    {
        var world = await ImportWorld.MakeAsync(api);
        var import = await CompletedAsync(world.Client, ImportWorld.Query, world.Csv([new(ImportWorld.Cedar, "p-1", "A.1", "green")]));
        await world.Client.ReceiptAsync(ImportWorld.Query, world.Csv([new(ImportWorld.Cedar, "p-1", "A.1", "yellow")]));

        await RefusedAsync(world.Client, import, "import.changed_since");

        await world.AssertStoredAsync([new(ImportWorld.Cedar, "p-1", "A.1", "yellow")]);

        var tree = await CompletedAsync(world.Client, Organizations, OrganizationHeader + $"{ImportWorld.Birch},Renamed,,,,\n");
        await world.Client.ReceiptAsync(Organizations, OrganizationHeader + $"{ImportWorld.Birch},Renamed again,,,,\n");
        await RefusedAsync(world.Client, tree, "import.changed_since");
    }

    [Fact]
    public async Task A_dry_run_a_failed_import_and_one_that_is_undone_have_nothing_to_take_back()
    {
        var world = await ImportWorld.MakeAsync(api);
        var csv = world.Csv([new(ImportWorld.Cedar, "p-1", "A.1", "green")]);

        await RefusedAsync(world.Client, await CompletedAsync(world.Client, ImportWorld.Query + "&dryRun=true", csv), "import.was_dry_run");
        await RefusedAsync(world.Client, await world.Client.ImportAsync(ImportWorld.Query, csv.Replace("green", "mauve", StringComparison.Ordinal)), "import.not_completed");
        var import = await CompletedAsync(world.Client, ImportWorld.Query, csv);
        await UndoAsync(world.Client, import);
        await RefusedAsync(world.Client, import, "import.not_completed");
    }

    private static List<Rating> Ratings(ImportWorld world, string school, string level) =>
        [.. from p in Enumerable.Range(0, 6) from item in world.Items select new Rating(school, $"p-{p}", item, level)];

    private static async Task<JsonObject> CompletedAsync(HttpClient client, string query, string text)
    {
        var import = await client.ImportAsync(query, text);
        Assert.True((string?)import["status"] == "completed", $"The import did not complete: {import}");
        return import;
    }

    private static async Task<JsonObject> UndoAsync(HttpClient client, JsonObject import) =>
        await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/imports/{import.Id()}/undo")).ExpectAsync(HttpStatusCode.OK);

    private static async Task RefusedAsync(HttpClient client, JsonObject import, string code) =>
        await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/imports/{import.Id()}/undo")).ExpectProblemAsync(HttpStatusCode.Conflict, code);

    private static Task<List<string>> StateAsync(ImportWorld world) => world.Tenant.StoredAsync(async db =>
        (await db.Responses.AsNoTracking().OrderBy(r => r.ParticipantKey).ToListAsync(Ct)).ConvertAll(r =>
            $"{r.Id} {r.ParticipantKey} {r.Role} {string.Join(',', r.Levels)} {r.Comments} {r.RatedAt:O}"));

    private static Task<List<string>> TalliesAsync(ImportWorld world) => world.Tenant.StoredAsync(async db =>
        (await db.Tallies.AsNoTracking().OrderBy(t => t.Id).ToListAsync(Ct)).ConvertAll(t => $"{t.Id} {t.Role} {t.Participants} {string.Join(',', t.Counts)}"));

    private static Task<List<string>> OrganizationsAsync(TestTenant tenant) => tenant.StoredAsync(async db =>
        (await db.Organizations.AsNoTracking().OrderBy(o => o.Id).ToListAsync(Ct))
            .ConvertAll(o => $"{o.Id} {o.ParentId} {o.Kind} {o.Name} {o.TimeZone} {o.OpenedOn:O} {o.Status} {o.ClosedOn:O} {o.SuccessorId}"));

    private static Task<List<string>> RollupsAsync(ImportWorld world) => world.Tenant.StoredAsync(async db =>
        await db.Database.SqlQuery<string>(
            $"""
             select organization_id || ' ' || role || ' ' || responses || ' ' || counts::text as "Value" from pls.rollup
             where tenant_id = {world.Tenant.Id} and responses > 0 order by 1
             """).ToListAsync(Ct));
}
