using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;
using PLService.Api.Tests.Reports;
using static PLService.Api.Tests.Reports.SurveyTree;

namespace PLService.Api.Tests.Priorities;

/// <summary>A district below a state whose people were asked once.</summary>
internal sealed record PriorityWorld(SurveyTree Tree, InstrumentDocument Edition, Place State, Place District, Survey Survey)
{
    public HttpClient Client => Tree.Client;

    public TestTenant Tenant => Tree.Tenant;

    /// <summary>Somebody who takes part in the district, and no more.</summary>
    public async Task<HttpClient> ParticipantAsync() => Tenant.As(await Tenant.NewPersonAsync((Role.Participant, District.Id)));
}

/// <summary>What tests about priorities do, in one line each.</summary>
internal static class PrioritySteps
{
    /// <summary>
    /// Of ten people: S1.1 is the greatest gap (2 green, 6 red), S2.1 and S2.2 are equal ones (4 green, 5 red), S1.2 is a strength. Section S2 is a gap
    /// as a whole (10 red of 20), S1 is none (7 of 20).
    /// </summary>
    public static readonly (string Item, int Green, int Yellow, int Red)[] Usual = [("S1.1", 2, 2, 6), ("S1.2", 8, 1, 1), ("S2.1", 4, 1, 5), ("S2.2", 4, 1, 5)];

    public static async Task<PriorityWorld> NewPriorityWorldAsync(this ApiServer api, params (string Item, int Green, int Yellow, int Red)[] said)
    {
        var tree = new SurveyTree(await api.NewTenantAsync());
        var edition = await tree.PublishAsync(ReportInstrument.Of("1.0"));
        var state = await tree.PlaceAsync("state", "State");
        var district = await tree.PlaceAsync("district", "Alder", state);
        return new(tree, edition, state, district, await tree.SurveyAsync(district, edition, "2026-fall", Said(said.Length == 0 ? Usual : said)));
    }

    /// <summary>Answers on the first axis: of each item so many green, yellow and red, spread over as many people as the item with the most has answers.</summary>
    public static List<Answer> Said(params (string Item, int Green, int Yellow, int Red)[] said) =>
        [.. Enumerable.Range(0, said.Max(one => one.Green + one.Yellow + one.Red)).Select(i => new Answer(null, said
            .Where(one => i < one.Green + one.Yellow + one.Red)
            .ToDictionary(one => (one.Item, "status"), one => i < one.Green ? "green" : i < one.Green + one.Yellow ? "yellow" : "red")))];

    public static Task<JsonObject> NewListAsync(this PriorityWorld world, string ordering = "dotVote", int? dotsPerVoter = null, string proposedBy = "item") =>
        world.Client.CreateAsync("/v1/priority-lists", new { assessmentId = world.Survey.Id, ordering, dotsPerVoter, proposedBy });

    public static string Address(this JsonObject list) => $"/v1/priority-lists/{list["list"]!.AsObject().Id()}";

    public static IEnumerable<JsonObject> Priorities(this JsonObject list) => list["priorities"]!.AsArray().Select(priority => priority!.AsObject());

    /// <summary>The items of each priority, in the list's order.</summary>
    public static string[] Items(this JsonObject list) => [.. list.Priorities().Select(priority => string.Join(' ', priority["items"]!.AsArray().Select(item => (string?)item)))];

    public static JsonObject Of(this JsonObject list, string item) => list.Priorities().Single(priority => (string?)priority["items"]![0] == item);

    /// <summary>A change of a list, whatever its version.</summary>
    public static async Task<JsonObject> DoAsync(this HttpClient client, JsonObject list, string what, object? body = null, HttpMethod? method = null) =>
        await (await client.SendJsonAsync(method ?? HttpMethod.Post, $"{list.Address()}/{what}", body, "*")).ExpectAsync(HttpStatusCode.OK);

    public static Task<HttpResponseMessage> VoteAsync(this HttpClient client, JsonObject list, string? ifMatch = null, params (JsonObject Priority, int Dots)[] votes) =>
        client.SendJsonAsync(HttpMethod.Put, $"{list.Address()}/votes/mine", new { votes = Votes(votes) }, ifMatch);

    public static object[] Votes(params (JsonObject Priority, int Dots)[] votes) => [.. votes.Select(vote => new { priorityId = vote.Priority.Id(), dots = vote.Dots })];

    /// <summary>A list with voting open.</summary>
    public static async Task<JsonObject> OpenListAsync(this PriorityWorld world, int? dotsPerVoter = null) =>
        await world.Client.DoAsync(await world.NewListAsync(dotsPerVoter: dotsPerVoter), "voting/open");

    /// <summary>A plan of an organization that is worked on, with one step.</summary>
    public static async Task<(JsonObject Plan, JsonObject Step)> NewPlanAsync(this PriorityWorld world, object step, Place? place = null, bool active = true)
    {
        var today = DateTime.UtcNow.Date;
        var plan = await world.Client.CreateAsync("/v1/plans", new
        {
            organizationId = (place ?? world.District).Id,
            title = "Plan",
            startsOn = DateOnly.FromDateTime(today.AddDays(-30)),
            endsOn = DateOnly.FromDateTime(today.AddDays(300)),
        });
        var made = await world.Client.CreateAsync($"/v1/plans/{plan.Id()}/steps", step);
        if (active)
            await (await world.Client.SendJsonAsync(HttpMethod.Post, $"/v1/plans/{plan.Id()}/activate", null, "*")).ExpectAsync(HttpStatusCode.OK);
        return (plan, made);
    }
}
