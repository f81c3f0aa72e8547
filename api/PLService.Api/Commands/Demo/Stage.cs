using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PLService.Api.Access;
using PLService.Api.Access.Accounts;
using PLService.Api.Domain.Accounts;
using PLService.Api.Persistence;

namespace PLService.Api.Commands.Demo;

/// <summary>The service refused a call of the story.</summary>
internal sealed class StageException(string message) : Exception(message);

/// <summary>The running service as the story sees it: over HTTP, with the demo tenant's client or as one of its people.</summary>
internal sealed class Stage(Uri address, IServiceProvider services, Bootstrap.Credentials demo) : IDisposable
{
    /// <summary>What sessions of the story say that they are held by.</summary>
    public const string Device = "Demo story";

    private readonly HttpClient _http = new() { BaseAddress = address };

    public void Dispose() => _http.Dispose();

    /// <summary>Signs the demo tenant's client in; calls are made with its token from then on.</summary>
    public async Task EnterAsync(CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/token") { Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]) };
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{demo.ClientId}:{demo.ClientSecret}")));
        _http.DefaultRequestHeaders.Authorization = Bearer((string)(await SendAsync(request, [], ct))!["access_token"]!);
    }

    public async Task<JsonNode> ReadAsync(string path, CancellationToken ct) => (await SendAsync(new HttpRequestMessage(HttpMethod.Get, path), [], ct))!;

    /// <summary>What is there; null when there is nothing.</summary>
    public async Task<JsonNode?> FindAsync(string path, CancellationToken ct)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative), ct);
        return response.StatusCode is HttpStatusCode.NotFound ? null : await BodyAsync(response, [], ct);
    }

    /// <summary>All of a list that fits on one page.</summary>
    public async Task<IReadOnlyList<JsonNode>> ListAsync(string path, CancellationToken ct) =>
        [.. (await ReadAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=500", ct))["items"]!.AsArray().OfType<JsonNode>()];

    /// <summary>Sends a body. Null when the service answered with a problem of which the story knows what it means.</summary>
    /// <param name="method">POST, PUT, ...</param>
    /// <param name="path">Where.</param>
    /// <param name="body">What.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="token">As whom; as the client unless given.</param>
    /// <param name="expected">Codes of problems that tell that it is there already.</param>
    public Task<JsonNode?> SendAsync(HttpMethod method, string path, object body, CancellationToken ct, string? token = null, params string[] expected)
    {
        var request = new HttpRequestMessage(method, path) { Content = Json(body) };
        if (token is not null)
            request.Headers.Authorization = Bearer(token);
        if (token is not null || method == HttpMethod.Patch)
            request.Headers.IfMatch.Add(EntityTagHeaderValue.Any);

        return SendAsync(request, expected, ct);
    }

    /// <summary>Posts what is made once: sent again under its name, it is what was made the first time.</summary>
    public async Task<JsonNode> MakeAsync(string name, string path, object body, CancellationToken ct)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Json(body) };
        request.Headers.Add("Idempotency-Key", $"demo story: {name}");
        request.Headers.IfMatch.Add(EntityTagHeaderValue.Any);
        return (await SendAsync(request, [], ct))!;
    }

    /// <summary>Imports a file and waits for its end. A file that came before, under this name, is not imported again: it is the same import.</summary>
    public async Task ImportAsync(string name, string kind, string csv, CancellationToken ct, params (string Name, string Value)[] options)
    {
        var query = string.Concat(options.Select(option => $"&{option.Name}={Uri.EscapeDataString(option.Value)}"));
        JsonNode import;
        do
        {
            var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/imports?kind={kind}&fileName={name}.csv{query}") { Content = new StringContent(csv, Encoding.UTF8, "text/csv") };
            request.Headers.Add("Idempotency-Key", $"demo story: {name}");
            request.Headers.Add("Prefer", "wait=60");
            import = (await SendAsync(request, [], ct))!;
        }
        while ((string?)import["status"] is "queued" or "running");

        if ((string?)import["status"] is not "completed" || (int?)import["receipt"]?["rejected"] is > 0)
            throw new StageException($"The import {name} ended as {import["status"]}: {import["errorDetail"] ?? import["receipt"]}. GET /v1/imports/{import["id"]}/issues says more.");
    }

    /// <summary>Lets a person act: with the token of a session as signing in gives it, which ends afterwards.</summary>
    public async Task AsPersonAsync(Guid personId, Func<string, Task> act, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().Become(CallerIdentity.Service(demo.TenantId));
        var db = scope.ServiceProvider.GetRequiredService<PLServiceDbContext>();
        var (session, _) = await scope.ServiceProvider.GetRequiredService<PersonSessions>().OpenAsync(personId, SessionClient.Cli, Device, remembered: false, ct);
        await db.SaveChangesAsync(ct);

        try
        {
            await act(services.GetRequiredService<Tokens>().IssuePerson(demo.TenantId, personId, session.Id));
        }
        finally
        {
            session.Revoke(RevocationReason.SignedOut, DateTimeOffset.UtcNow);
            await db.SaveChangesAsync(CancellationToken.None);
        }
    }

    private static StringContent Json(object body) => new(JsonSerializer.Serialize(body, JsonSerializerOptions.Web), Encoding.UTF8, "application/json");

    private static AuthenticationHeaderValue Bearer(string token) => new("Bearer", token);

    private async Task<JsonNode?> SendAsync(HttpRequestMessage request, string[] expected, CancellationToken ct)
    {
        using (request)
        {
            using var response = await _http.SendAsync(request, ct);
            return await BodyAsync(response, expected, ct);
        }
    }

    private static async Task<JsonNode?> BodyAsync(HttpResponseMessage response, string[] expected, CancellationToken ct)
    {
        var text = await response.Content.ReadAsStringAsync(ct);
        var body = text.Length == 0 ? new JsonObject() : JsonNode.Parse(text);
        if (response.IsSuccessStatusCode)
            return body;
        return expected.Contains((string?)body?["code"])
            ? null
            : throw new StageException($"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri} was answered with {(int)response.StatusCode}: {text}");
    }
}
