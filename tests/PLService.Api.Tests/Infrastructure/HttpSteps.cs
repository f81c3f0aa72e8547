using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using PLService.Api.Http;

namespace PLService.Api.Tests.Infrastructure;

/// <summary>What tests do over HTTP, in one line each.</summary>
internal static class HttpSteps
{
    private static readonly JsonSerializerOptions Json = MakeJson();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>GET that must succeed.</summary>
    public static async Task<JsonObject> ReadAsync(this HttpClient client, string address) => await (await client.GetAsync(address, Ct)).ExpectAsync(HttpStatusCode.OK);

    /// <summary>Sends a body (an object, or raw JSON as text) with optional headers.</summary>
    public static async Task<HttpResponseMessage> SendJsonAsync(
        this HttpClient client, HttpMethod method, string address, object? body = null, string? ifMatch = null, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, address);
        if (body is string text)
            request.Content = new StringContent(text, System.Text.Encoding.UTF8, "application/json");
        else if (body is not null)
            request.Content = JsonContent.Create(body, options: Json);
        if (ifMatch is not null)
            Assert.True(request.Headers.TryAddWithoutValidation("If-Match", ifMatch));
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        return await client.SendAsync(request, Ct);
    }

    /// <summary>POST that must create; gives the new resource.</summary>
    public static async Task<JsonObject> CreateAsync(this HttpClient client, string address, object body)
    {
        using var response = await client.SendJsonAsync(HttpMethod.Post, address, body);
        Assert.NotNull(response.Headers.Location ?? (response.StatusCode == HttpStatusCode.Created ? null : new Uri("about:blank")));
        return await response.ExpectAsync(HttpStatusCode.Created);
    }

    /// <summary>The body, when the status is as expected; otherwise fails with what came instead.</summary>
    public static async Task<JsonObject> ExpectAsync(this HttpResponseMessage response, HttpStatusCode status)
    {
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.StatusCode == status, $"Expected {(int)status}, got {(int)response.StatusCode}: {text}");
        return text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>The problem, when status and code are as expected.</summary>
    public static async Task<JsonObject> ExpectProblemAsync(this HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var problem = await response.ExpectAsync(status);
        Assert.Equal(Problems.ContentType, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, (string?)problem["code"]);
        return problem;
    }

    /// <summary>The problem, when it is a 400 with this fault at this place.</summary>
    public static async Task<JsonObject> ExpectFaultAsync(this HttpResponseMessage response, string pointer, string code)
    {
        var problem = await response.ExpectProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
        Assert.Contains(problem["errors"]!.AsArray(), e => (string?)e!["pointer"] == pointer && (string?)e["code"] == code);
        return problem;
    }

    /// <summary>As the service reads it.</summary>
    public static string ToJson(object? value) => value is null ? "" : JsonSerializer.Serialize(value, Json);

    public static Guid Id(this JsonObject resource) => (Guid)resource["id"]!;

    public static string ETag(this JsonObject resource) => $"\"{(long)resource["version"]!}\"";

    private static JsonSerializerOptions MakeJson()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Pipeline.Configure(options);
        return options;
    }
}
