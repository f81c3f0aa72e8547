using Microsoft.EntityFrameworkCore;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Imports;

/// <summary>Ratings come in by file: what is stored is compared with the file, rating by rating.</summary>
public sealed class ImportRatingsTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task A_long_file_creates_assessments_and_responses_and_nothing_else()
    {
        var world = await ImportWorld.MakeAsync(api);
        var ratings = Some(world, participants: 40, seed: 7);

        var receipt = await world.Client.ReceiptAsync(ImportWorld.Query, world.Csv(ratings));

        var people = ratings.Select(r => (r.School, r.Participant)).Distinct().Count();
        Assert.Equal($"{ratings.Count}={ratings.Count}+0", receipt.Records());
        Assert.Equal((2, $"{people}/0/0", $"{ratings.Count}/0/0"), ((int)receipt["assessments"]!["created"]!, receipt.Of("responses"), receipt.Of("ratings")));
        await world.AssertStoredAsync(ratings);
        Assert.Equal(
            ["2026-fall Open Confidential", "2026-fall Open Confidential"],
            await world.Tenant.StoredAsync(db => db.Assessments.Select(a => $"{a.Round} {a.Status} {a.Mode}").ToListAsync()));
        Assert.Equal(2, await world.Tenant.StoredAsync(db => db.AuditEvents.CountAsync(a => a.Action == "assessment.created")));
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing_also_at_the_same_time()
    {
        var world = await ImportWorld.MakeAsync(api);
        var ratings = Some(world, participants: 20, seed: 8);
        var people = ratings.Select(r => (r.School, r.Participant)).Distinct().Count();

        var receipts = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => world.Client.ReceiptAsync(ImportWorld.Query, world.Csv(ratings))));
        var before = await world.VersionsAsync();
        var again = await world.Client.ReceiptAsync(ImportWorld.Query, world.Csv(ratings));

        Assert.Equal([$"0/0/{people}", $"0/0/{people}", $"{people}/0/0"], receipts.Select(r => r.Of("responses")).Order(StringComparer.Ordinal));
        Assert.Equal((0, $"0/0/{people}", $"0/0/{ratings.Count}"), ((int)again["assessments"]!["created"]!, again.Of("responses"), again.Of("ratings")));
        Assert.Equal(before, await world.VersionsAsync());
        await world.AssertStoredAsync(ratings);
    }

    [Fact]
    public async Task A_changed_level_updates_exactly_that_one_and_a_partial_file_keeps_the_rest()
    {
        var world = await ImportWorld.MakeAsync(api);
        List<Rating> first = [Green("p-1", "A.1"), Green("p-1", "A.2"), Green("p-2", "A.1"), new(ImportWorld.Cedar, "p-3", "B.1", "yellow")];
        await world.Client.ReceiptAsync(ImportWorld.Query, world.Csv(first));
        var before = await world.VersionsAsync();

        var change = new Rating(ImportWorld.Cedar, "p-1", "A.2", "red");
        var (added, equal) = (Green("p-2", "B.1"), Green("p-2", "A.1"));
        var receipt = await world.Client.ReceiptAsync(ImportWorld.Query, world.Csv([change, added, equal]));

        Assert.Equal(("0/2/0", "1/1/1"), (receipt.Of("responses"), receipt.Of("ratings")));
        await world.AssertStoredAsync([first[0], change, first[2], first[3], added]);
        Assert.Equal(2, (await world.VersionsAsync()).Except(before).Count());
    }

    [Fact]
    public async Task The_rows_of_a_participant_may_be_scattered_over_a_long_file()
    {
        var world = await ImportWorld.WithCatalogAsync(api);
        var random = new Random(9);
        var ratings = (from item in world.Items
                       from person in Enumerable.Range(0, 1_500)
                       select new Rating(person % 2 == 0 ? ImportWorld.Cedar : ImportWorld.Birch, $"p-{person}", item, world.Levels[random.Next(world.Levels.Count)])).ToList();
        Assert.True(ratings.Count > 70_000);

        var receipt = await world.Client.ReceiptAsync(ImportWorld.Query, world.Csv(ratings));
        var again = await world.Client.ReceiptAsync(ImportWorld.Query, world.Csv(ratings));

        Assert.Equal(("1500/0/0", $"{ratings.Count}/0/0"), (receipt.Of("responses"), receipt.Of("ratings")));
        Assert.Equal(("0/0/1500", $"0/0/{ratings.Count}"), (again.Of("responses"), again.Of("ratings")));
        await world.AssertStoredAsync(ratings);
    }

    [Fact]
    public async Task Rows_that_contradict_each_other_far_apart_are_found_and_only_the_later_one_is_left_out()
    {
        var world = await ImportWorld.WithCatalogAsync(api);
        var ratings = (from item in world.Items from person in Enumerable.Range(0, 1_400) select new Rating(ImportWorld.Cedar, $"p-{person}", item, person % 3 == 0 ? "green" : "red")).ToList();
        var first = ratings[5];
        List<Rating> file = [.. ratings, first with { Level = "yellow" }, ratings[6]];

        var refused = await world.Client.RefusedAsync(ImportWorld.Query, world.Csv(file), "import.rows_rejected");
        Assert.Empty(await world.StoredAsync());
        var taken = await world.Client.ReceiptAsync($"{ImportWorld.Query}&onError=skip", world.Csv(file));

        Assert.Equal([$"error import.conflicting_row {ratings.Count + 2} level yellow"], (await world.Client.IssuesAsync(refused.Id())).Where(i => i.StartsWith("error", StringComparison.Ordinal)));
        Assert.Equal($"{file.Count}={file.Count - 1}+1", taken.Records());
        await world.AssertStoredAsync(ratings);
    }

    [Fact]
    public async Task A_school_that_the_file_names_in_two_ways_is_one_school()
    {
        var world = await ImportWorld.MakeAsync(api);
        var header = "organization_id_system,organization_id,instrument,round,window_opens,participant_key,item_code,level\n";
        var text = header
            + $"nces,{ImportWorld.Cedar},pulse,r,,p-1,A.1,green\n"
            + $",{world.Organizations[ImportWorld.Cedar]},pulse,r,,p-1,A.2,red\n"
            + $"nces,{ImportWorld.Cedar},pulse,r,2026-09-01,p-1,A.1,yellow\n";

        var receipt = await world.Client.ReceiptAsync($"{ImportWorld.Query}&onError=skip", text);

        Assert.Equal(("3=2+1", "1/0/0", "2/0/0"), (receipt.Records(), receipt.Of("responses"), receipt.Of("ratings")));
        Assert.Equal(1, (int)receipt["assessments"]!["created"]!);
        await world.AssertStoredAsync([Green("p-1", "A.1"), new(ImportWorld.Cedar, "p-1", "A.2", "red")]);
    }

    [Fact]
    public async Task In_anonymous_mode_no_key_is_kept_and_the_same_file_is_still_recognized()
    {
        var world = await ImportWorld.MakeAsync(api);
        List<Rating> ratings = [Green("ana@example.org", "A.1"), Green("ben@example.org", "A.1")];
        var query = ImportWorld.Query + "&mode=anonymous";

        await world.Client.ReceiptAsync(query, world.Csv(ratings));
        var again = await world.Client.ReceiptAsync(query, world.Csv(ratings));

        Assert.Equal("0/0/2", again.Of("responses"));
        var keys = await world.Tenant.StoredAsync(db => db.Responses.Select(r => r.ParticipantKey).ToListAsync());
        Assert.DoesNotContain(keys, key => key.Contains("example", StringComparison.Ordinal));
        Assert.Equal(2, keys.Distinct().Count());
    }

    [Fact]
    public async Task A_dry_run_stores_nothing_and_tells_what_the_import_then_does()
    {
        var world = await ImportWorld.MakeAsync(api);
        var text = world.Csv(Some(world, participants: 10, seed: 11)) + $"{ImportWorld.Cedar},pulse,2026-fall,p-x,A.9,green\n";

        var dry = await world.Client.ReceiptAsync($"{ImportWorld.Query}&onError=skip&dryRun=true", text);
        Assert.Empty(await world.StoredAsync());
        Assert.Equal(0, await world.Tenant.StoredAsync(db => db.Assessments.CountAsync()));
        var real = await world.Client.ReceiptAsync($"{ImportWorld.Query}&onError=skip", text);

        Assert.True((bool)dry["dryRun"]!);
        foreach (var receipt in new[] { dry, real })
        {
            receipt.Remove("seconds");
            receipt.Remove("dryRun");
        }

        Assert.Equal(real.ToJsonString(), dry.ToJsonString());
    }

    private static Rating Green(string participant, string item) => new(ImportWorld.Cedar, participant, item, "green");

    /// <summary>Ratings of two schools, some items left out, from a seed.</summary>
    private static List<Rating> Some(ImportWorld world, int participants, int seed)
    {
        var random = new Random(seed);
        return
        [
            .. from school in new[] { ImportWorld.Cedar, ImportWorld.Birch }
               from person in Enumerable.Range(0, participants)
               from item in world.Items
               where item == world.Items[0] || random.Next(5) > 0
               select new Rating(school, $"p-{person}", item, world.Levels[random.Next(world.Levels.Count)]),
        ];
    }
}
