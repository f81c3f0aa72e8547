using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.ToolkitRuns;

/// <summary>A team of two participants of one district, at work on the book study.</summary>
internal sealed record Team(TestTenant Tenant, Guid District, Person Ada, Person Ben, string Run)
{
    public HttpClient Everything { get; } = Tenant.Everything();

    public HttpClient AsAda { get; } = Tenant.As(Ada);

    public HttpClient AsBen { get; } = Tenant.As(Ben);

    /// <summary>The team's worksheet of tool 1.</summary>
    public string Sheet => $"{Run}/worksheets/1";

    /// <summary>The reading of tool 2.</summary>
    public string Reading => $"{Run}/readings/2";

    public Guid RunId => Guid.Parse(Run.Split('/')[^1]);
}

/// <summary>What tests about teams do, in one line each.</summary>
internal static class RunSteps
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<Team> NewTeamAsync(this ApiServer api)
    {
        var tenant = await api.NewTenantAsync();
        var everything = tenant.Everything();
        var district = (await everything.CreateAsync("/v1/organizations", new { kind = "district", name = "Cedar Valley" })).Id();
        await everything.PublishToolkitAsync(TestToolkits.Document());
        var (ada, ben) = (await tenant.NewPersonAsync((Role.Participant, district)), await tenant.NewPersonAsync((Role.Participant, district)));
        var run = await everything.CreateAsync("/v1/toolkit-runs", new
        {
            toolkit = new { code = "book-study" },
            organizationId = district,
            teamName = "Reading circle",
            teamKind = "learningCommunity",
            members = new object[] { new { personId = ada.Id, role = "chair" }, new { personId = ben.Id } },
        });
        return new(tenant, district, ada, ben, $"/v1/toolkit-runs/{run.Id()}");
    }

    /// <summary>Changes fields of a worksheet.</summary>
    public static Task<HttpResponseMessage> AnswerAsync(this HttpClient client, string sheet, string ifMatch, params (string Field, string? Text)[] values) =>
        client.SendJsonAsync(HttpMethod.Patch, sheet, new JsonObject
        {
            ["values"] = new JsonObject(values.Select(value => KeyValuePair.Create(value.Field, (JsonNode?)value.Text))),
        }.ToJsonString(), ifMatch);

    /// <summary>Changes fields of a worksheet, which must go well.</summary>
    public static async Task<JsonObject> AnsweredAsync(this HttpClient client, string sheet, string ifMatch, params (string Field, string? Text)[] values) =>
        await (await client.AnswerAsync(sheet, ifMatch, values)).ExpectAsync(HttpStatusCode.OK);

    public static JsonObject FieldOf(this JsonObject sheet, string key) => sheet["fields"]!.AsArray().Single(field => (string?)field!["key"] == key)!.AsObject();

    /// <summary>Sends bytes as an image.</summary>
    public static async Task<HttpResponseMessage> PutImageAsync(
        this HttpClient client, string address, byte[] bytes, string? alternativeText = "A tree", string contentType = "image/png", string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, alternativeText is null ? address : $"{address}?alternativeText={Uri.EscapeDataString(alternativeText)}");
        request.Content = new ByteArrayContent(bytes);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await client.SendAsync(request, Ct);
    }

    /// <summary>Bytes that begin as a PNG does.</summary>
    public static byte[] Png(int length = 200, byte fill = 7)
    {
        var bytes = new byte[length];
        Array.Fill(bytes, fill);
        byte[] magic = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
        magic.CopyTo(bytes, 0);
        return bytes;
    }

    public static async Task<JsonObject> BringInAsync(this HttpClient client, string reading, string text, string? ifMatch = null) =>
        await (await client.SendJsonAsync(HttpMethod.Put, reading, new { text }, ifMatch)).ExpectAsync(ifMatch is null ? HttpStatusCode.Created : HttpStatusCode.OK);

    public static Task<JsonObject> MarkAsync(this HttpClient client, string reading, string sign, string exact, string? rationale = null) =>
        client.CreateAsync($"{reading}/annotations", new { sign, rationale, target = new { exact } });
}
