using System.Text.Json.Nodes;
using PLService.Api.Domain.Instruments;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.Priorities;
using static PLService.Api.Tests.Reports.SurveyTree;

namespace PLService.Api.Tests.Reports;

/// <summary>What tests about reports of gaps do, in one line each.</summary>
internal static class GapSteps
{
    public const string Then = "2026-fall";
    public const string Now = "2027-spring";

    /// <summary>Of twenty people: S1.1, S1.3, S2.1 and S2.2 are gaps.</summary>
    public static readonly (string Item, int Green, int Yellow, int Red)[] First =
        [("S1.1", 4, 4, 12), ("S1.2", 16, 2, 2), ("S1.3", 8, 0, 12), ("S2.1", 4, 4, 12), ("S2.2", 4, 4, 12), ("S2.3", 18, 1, 1)];

    /// <summary>S1.1 closed, S1.2 opened, S1.3 widened, S2.1 narrowed, S2.2 is greener by exactly the margin.</summary>
    public static readonly (string Item, int Green, int Yellow, int Red)[] Second =
        [("S1.1", 14, 2, 4), ("S1.2", 6, 2, 12), ("S1.3", 4, 4, 12), ("S2.1", 8, 0, 12), ("S2.2", 5, 3, 12), ("S2.3", 18, 1, 1)];

    public static async Task<(PriorityWorld World, JsonObject List)> NewGapWorldAsync(this ApiServer api)
    {
        var tree = new SurveyTree(await api.NewTenantAsync());
        var edition = await tree.PublishAsync(ReportInstrument.Of("1.0", items: 3));
        var state = await tree.PlaceAsync("state", "State");
        var district = await tree.PlaceAsync("district", "Alder", state);
        var world = new PriorityWorld(tree, edition, state, district, await tree.SurveyAsync(district, edition, Then, PrioritySteps.Said(First)));
        var list = await world.NewListAsync();
        return (world, await world.Client.DoAsync(list, "adopt", new { top = list.Priorities().Count() }));
    }

    public static string Gaps(Place? place, string query = "") => $"/v1/reports/gaps?instrument=sample{(place is null ? "" : $"&organizationId={place.Id}")}{query}";

    public static JsonObject ItemOf(this JsonObject report, string item) => report["items"]!.AsArray().Single(one => (string?)one!["item"] == item)!.AsObject();

    /// <summary>The counts in their order: then, now, opened, closed, widened, narrowed, stayed, acted on, closed and acted on, not compared.</summary>
    public static int[] Counts(this JsonNode report) => [.. report["counts"]!.AsObject().Select(count => (int)count.Value!)];

    /// <summary>The edition with an item on the other scale, one left out, and one more.</summary>
    public static InstrumentDocument Changed(this InstrumentDocument edition, string version, string onAnotherScale, string without, string more) => edition with
    {
        Version = version,
        Sections =
        [
            .. edition.Sections.Select((section, i) => section with
            {
                Items =
                [
                    .. section.Items.Where(item => item.Code != without).Select(item => item.Code == onAnotherScale ? item with { Scales = new Dictionary<string, string> { ["status"] = "urgency" } } : item),
                    .. i == 0 ? [new Item { Code = more, Text = Text.En("More") }] : Array.Empty<Item>(),
                ],
            }),
        ],
    };
}
