using System.Diagnostics;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Reports;

public sealed class RollupStoreTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static readonly DateTimeOffset Start = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Any_order_of_closes_reopenings_and_moves_gives_what_the_answers_say(int seed)
    {
        var random = new Random(seed);
        var world = new ReportWorld(api, await api.NewTenantAsync());
        var state = world.Add(null, "state", "State");
        var regions = Enumerable.Range(0, 3).Select(i => world.Add(state, "region", $"Region {i}")).ToList();
        var districts = Enumerable.Range(0, 6).Select(i => world.Add(regions[i % 3], "district", $"District {i}")).ToList();
        await world.SavePlacesAsync();
        ReportWorld.Edition[] editions = [await world.SaveEditionAsync(ReportInstrument.Of("1.0")), await world.SaveEditionAsync(ReportInstrument.Of("2.0", sections: 3))];
        for (var i = 0; i < 24; i++)
        {
            var edition = editions[random.Next(2)];
            world.Sit(random.Next(8) == 0 ? regions[0] : districts[random.Next(6)], edition, $"round-{random.Next(2)}", Start.AddHours(random.Next(1000)),
                ReportInstrument.Answers(edition.Layout, random.Next(0, 9), random));
        }

        for (var step = 0; step < 40; step++)
        {
            var some = world.Sittings.OrderBy(_ => random.Next()).Take(random.Next(1, 5)).ToList();
            switch (random.Next(5))
            {
                case 0:
                    await world.MoveAsync(districts[random.Next(6)], regions[random.Next(3)]);
                    break;
                case 1 or 2:
                    await world.ReopenAsync([.. some.Where(s => s.Closed)]);
                    break;
                default:
                    await world.CloseAsync([.. some.Where(s => !s.Closed)]);
                    break;
            }

            Assert.Equal(world.ExpectedRollups(), await world.StoredRollupsAsync());
        }

        await world.RebuildAsync(world.Places.Select(p => p.Id));
        Assert.Equal(world.ExpectedRollups(), await world.StoredRollupsAsync());

        await world.ReopenAsync([.. world.Sittings.Where(s => s.Closed)]);
        Assert.Empty(await world.StoredRollupsAsync());
    }

    [Fact]
    public async Task Many_closes_reopenings_and_moves_at_once_give_the_same_as_one_after_another()
    {
        var random = new Random(20);
        var world = new ReportWorld(api, await api.NewTenantAsync());
        var state = world.Add(null, "state", "State");
        var regions = Enumerable.Range(0, 2).Select(i => world.Add(state, "region", $"Region {i}")).ToList();
        var districts = Enumerable.Range(0, 6).Select(i => world.Add(regions[i % 2], "district", $"District {i}")).ToList();
        await world.SavePlacesAsync();
        var edition = await world.SaveEditionAsync(ReportInstrument.Of("1.0"));
        for (var i = 0; i < 30; i++)
        {
            world.Sit(districts[i % 6], edition, i % 7 == 0 ? "spring" : "fall", Start.AddHours(random.Next(1000)),
                ReportInstrument.Answers(edition.Layout, random.Next(1, 9), random));
        }

        await world.CloseAsync([.. world.Sittings.Skip(20)]);

        await Task.WhenAll([
            .. world.Sittings.Take(20).Select(sitting => world.CloseAsync([sitting])),
            .. world.Sittings.Skip(25).Select(sitting => world.ReopenAsync([sitting])),
            world.MoveAsync(districts[0], regions[1]),
        ]);

        Assert.Equal(world.ExpectedRollups(), await world.StoredRollupsAsync());
    }

    [Fact]
    public async Task A_thousand_assessments_are_closed_in_well_under_two_seconds()
    {
        var random = new Random(7);
        var world = new ReportWorld(api, await api.NewTenantAsync());
        var state = world.Add(null, "state", "State");
        var regions = Enumerable.Range(0, 20).Select(i => world.Add(state, "region", $"Region {i}")).ToList();
        var districts = Enumerable.Range(0, 1000).Select(i => world.Add(regions[i % 20], "district", $"District {i}")).ToList();
        await world.SavePlacesAsync();
        var edition = await world.SaveEditionAsync(ReportInstrument.Of("1.0", sections: 8, items: 6, twoAxes: false));
        foreach (var district in districts)
            world.Sit(district, edition, "fall", Start, ReportInstrument.Answers(edition.Layout, 8, random));
        await world.SaveSittingsAsync(world.Sittings);

        var watch = Stopwatch.StartNew();
        await world.InTransactionAsync((_, rollups) => rollups.AddAsync([.. world.Sittings.Select(s => s.Id)], TestContext.Current.CancellationToken));
        TestContext.Current.TestOutputHelper?.WriteLine($"add {watch.ElapsedMilliseconds} ms");

        Assert.Equal(world.ExpectedRollups(), await world.StoredRollupsAsync());
        watch.Restart();
        await world.ReopenAsync([.. world.Sittings.Take(500)]);
        TestContext.Current.TestOutputHelper?.WriteLine($"subtract 500 {watch.ElapsedMilliseconds} ms");
        watch.Restart();
        await world.ReopenAsync([world.Sittings[600]]);
        TestContext.Current.TestOutputHelper?.WriteLine($"subtract 1 {watch.ElapsedMilliseconds} ms");
        watch.Restart();
        await world.CloseAsync([world.Sittings[600]]);
        TestContext.Current.TestOutputHelper?.WriteLine($"add 1 {watch.ElapsedMilliseconds} ms");
        watch.Restart();
        await world.RebuildAsync(state.Upwards().Select(p => p.Id));
        TestContext.Current.TestOutputHelper?.WriteLine($"rebuild state {watch.ElapsedMilliseconds} ms");
        Assert.Equal(world.ExpectedRollups(), await world.StoredRollupsAsync());
    }
}
