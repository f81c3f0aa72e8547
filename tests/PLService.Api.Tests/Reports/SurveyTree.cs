using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using PLService.Api.Domain.Instruments;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Reports;

/// <summary>A tenant whose organizations were surveyed over HTTP, and every rating that was sent: what reports are held against.</summary>
internal sealed class SurveyTree(TestTenant tenant)
{
    private readonly List<Survey> _surveys = [];

    public TestTenant Tenant => tenant;

    public HttpClient Client { get; } = tenant.Everything();

    /// <summary>An organization; <c>Parent</c> null is the root.</summary>
    public sealed record Place(Guid Id, Place? Parent, string Kind, string Name)
    {
        public bool IsIn(Place other) => Id == other.Id || Parent?.IsIn(other) is true;
    }

    /// <summary>What one person said: a level per item and axis.</summary>
    public sealed record Answer(string? Role, IReadOnlyDictionary<(string Item, string Axis), string> Levels);

    /// <summary>A closed assessment.</summary>
    public sealed record Survey(Guid Id, Place Place, InstrumentDocument Edition, string Round, IReadOnlyList<Answer> Answers);

    public async Task<Place> PlaceAsync(string kind, string name, Place? parent = null) =>
        new((await Client.CreateAsync("/v1/organizations", new { kind, name, parentId = parent?.Id })).Id(), parent, kind, name);

    public async Task<InstrumentDocument> PublishAsync(InstrumentDocument edition)
    {
        await Client.PublishAsync(JsonNode.Parse(InstrumentJson.Write(edition))!.AsObject());
        return edition;
    }

    /// <summary>An assessment from its creation to its close.</summary>
    public async Task<Survey> SurveyAsync(Place place, InstrumentDocument edition, string round, params IReadOnlyList<Answer> answers)
    {
        var roles = answers.Select(answer => answer.Role).OfType<string>().Distinct().ToArray();
        var made = await Client.CreateAsync("/v1/assessments", new
        {
            organizationId = place.Id,
            instrument = new { code = edition.Code, version = edition.Version },
            round,
            mode = "anonymous",
            roles,
            open = true,
        });
        foreach (var answer in answers)
        {
            var ratings = answer.Levels.GroupBy(level => level.Key.Item)
                .ToDictionary(item => item.Key, item => item.ToDictionary(level => level.Key.Axis, level => level.Value));
            await Client.CreateAsync($"/v1/assessments/{made.Id()}/responses", new { role = answer.Role, ratings });
        }

        await (await Client.SendJsonAsync(HttpMethod.Post, $"/v1/assessments/{made.Id()}/close", ifMatch: "*")).ExpectAsync(HttpStatusCode.OK);
        var survey = new Survey(made.Id(), place, edition, round, answers);
        _surveys.Add(survey);
        return survey;
    }

    public async Task ReopenAsync(Survey survey)
    {
        var body = new { reason = "one was late" };
        await (await Client.SendJsonAsync(HttpMethod.Post, $"/v1/assessments/{survey.Id}/reopen", body, "*")).ExpectAsync(HttpStatusCode.OK);
        _surveys.Remove(survey);
    }

    /// <summary>The closed ones of a place and all below it.</summary>
    public List<Survey> Of(Place place, string round) => [.. _surveys.Where(survey => survey.Round == round && survey.Place.IsIn(place))];

    /// <summary>Answers at random; every one rates the first item at least.</summary>
    public static List<Answer> Random(InstrumentDocument edition, int people, Random random, string? role = null) =>
        [.. Enumerable.Range(0, people).Select(_ => new Answer(role, Cells(edition)
            .Where(cell => cell.Item == "S1.1" || random.Next(8) > 0)
            .ToDictionary(cell => cell, cell => Pick(LevelsOf(edition, cell), random))))];

    /// <summary>Answers that rate every item on the first axis: some green, the others red.</summary>
    public static List<Answer> Greens(InstrumentDocument edition, int green, int red, string? role = null) =>
        [.. Enumerable.Range(0, green + red).Select(i => new Answer(role, Cells(edition)
            .Where(cell => cell.Axis == "status")
            .ToDictionary(cell => cell, _ => i < green ? "green" : "red")))];

    public static IEnumerable<(string Item, string Axis)> Cells(InstrumentDocument edition) =>
        from section in edition.Sections
        from item in section.Items
        from axis in edition.Axes
        select (item.Code, axis.Code);

    public Task<JsonObject> ReadAsync(string query, Place? place = null) => Client.ReadAsync(Address(query, place));

    /// <summary><c>/v1/reports/readiness</c> and what follows it, of the sample instrument.</summary>
    public static string Address(string query, Place? place = null)
    {
        var (path, rest) = query.Split('?') is [var before, var after] ? (before, "&" + after) : (query, "");
        return $"/v1/reports/readiness{path}?instrument=sample{(place is null ? "" : $"&organizationId={place.Id}")}{rest}";
    }

    /// <summary>The same report as CSV: a dictionary per row.</summary>
    public async Task<(List<Dictionary<string, string>> Rows, HttpResponseMessage Response)> CsvAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));
        var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "text/csv"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Contains("Accept", response.Headers.Vary);
        var lines = text.TrimEnd().Split("\r\n").Select(line => line.Split(',')).ToList();
        Assert.All(lines, line => Assert.Equal(lines[0].Length, line.Length));
        return (lines.Skip(1).Select(line => lines[0].Zip(line).ToDictionary(pair => pair.First, pair => pair.Second)).ToList(), response);
    }

    private static string[] LevelsOf(InstrumentDocument edition, (string Item, string Axis) cell)
    {
        var item = edition.Sections.SelectMany(section => section.Items).Single(item => item.Code == cell.Item);
        var scale = item.Scales?.GetValueOrDefault(cell.Axis) ?? edition.Axes.Single(axis => axis.Code == cell.Axis).Scale;
        return [.. edition.Scales.Single(one => one.Code == scale).Levels.Select(level => level.Code)];
    }

    private static string Pick(string[] levels, Random random) => levels[random.Next(levels.Length)];
}
