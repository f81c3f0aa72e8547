using System.Diagnostics;
using System.Text;
using System.Text.Json;
using PLService.Bench.Data;
using PLService.Bench.Load;

namespace PLService.Bench.Servers;

/// <summary>The service as it runs in production, but for its rate limit, with a real access token.</summary>
internal sealed class OurServer : IAsyncDisposable
{
    /// <summary>No client in production may do this much; the load generator is one client.</summary>
    public const string RateLimit = "1000000";

    private readonly ChildServer _server;
    private readonly OurDatabase _database;

    private OurServer(ChildServer server, OurDatabase database)
    {
        (_server, _database) = (server, database);
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}"), Timeout = TimeSpan.FromMinutes(10) };
    }

    public int Port => _server.Port;

    public ChildServer Child => _server;

    /// <summary>For what is not measured by the raw client: uploads and looking at answers.</summary>
    public HttpClient Http { get; }

    /// <summary>Starts it on a database; the signing key lies in <paramref name="directory"/>.</summary>
    public static async Task<OurServer> StartAsync(string program, OurDatabase database, string directory, string name, CancellationToken ct)
    {
        if (!File.Exists(program))
            throw new BenchException($"{program} is not there; build it first, or name another with --api.");
        var port = ChildServer.FreePort();
        var address = $"http://127.0.0.1:{port}";
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = address,
            ["ConnectionStrings__PLService"] = database.App,
            ["Access__Issuer"] = address,
            ["Access__SigningKeyDirectory"] = Path.Combine(directory, "keys"),
            ["Access__RequestsPerSecond"] = RateLimit,
            ["Access__RequestBurst"] = RateLimit,
        };
        if (!Directory.Exists(environment["Access__SigningKeyDirectory"]))
            await NewKeyAsync(program, environment, ct);
        return new OurServer(
            await ChildServer.StartAsync(program, [], port, environment, "/readyz", Path.Combine(directory, $"{name}.log"), ct), database);
    }

    /// <summary>What it says that it can do. Writing the contract takes memory, so a process whose memory is measured is not asked.</summary>
    public async Task<Contract> ReadContractAsync(CancellationToken ct)
    {
        await using var connection = new HttpConnection(Port);
        return Contract.Read((await connection.SendAsync(Request.Get("/openapi/v1.json"), keepBody: true, ct)).Body);
    }

    /// <summary>The Authorization header with a fresh token, which is good for 15 minutes.</summary>
    public async Task<string> AuthorizeAsync(CancellationToken ct)
    {
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials")]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/token") { Content = form };
        var pair = $"{_database.Tenant.ClientId}:{_database.Tenant.ClientSecret}";
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        using var response = await Http.SendAsync(request, ct);
        var body = await response.Content.ReadAsStringAsync(ct);
        if (!response.IsSuccessStatusCode)
            throw new BenchException($"There is no token: {(int)response.StatusCode} {body}");
        var token = JsonDocument.Parse(body).RootElement.GetProperty("access_token").GetString()!;
        Http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return $"Authorization: Bearer {token}";
    }

    /// <summary>
    /// The Authorization header of a person with a local account and a role, who is invited, accepts and signs in as people do; the token is
    /// good for 15 minutes.
    /// </summary>
    public async Task<string> SignInAsync(string role, CancellationToken ct)
    {
        const string Email = "person@bench.example";
        const string Password = "nine patient looms by the river";
        await AuthorizeAsync(ct);
        var invited = await PostAsync("/v1/invitations", new { invitations = new[] { new { email = Email, role } }, deliver = "link" }, ct);
        var link = invited.GetProperty("results")[0].GetProperty("link").GetString()!;
        Http.DefaultRequestHeaders.Authorization = null;
        await PostAsync("/v1/invitations/accept", new { token = link[link.IndexOf("pli_", StringComparison.Ordinal)..], password = Password }, ct);
        var signedIn = await PostAsync("/v1/sign-in", new { tenant = "bench", email = Email, password = Password, client = "cli" }, ct);
        return $"Authorization: Bearer {signedIn.GetProperty("tokens").GetProperty("accessToken").GetString()}";
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
    }

    private async Task<JsonElement> PostAsync(string target, object body, CancellationToken ct)
    {
        using var response = await Http.PostAsJsonAsync(target, body, ct);
        var answer = await response.Content.ReadAsStringAsync(ct);
        if (!response.IsSuccessStatusCode)
            throw new BenchException($"POST {target}: {(int)response.StatusCode} {answer}");
        return JsonDocument.Parse(answer).RootElement;
    }

    private static async Task NewKeyAsync(string program, Dictionary<string, string> environment, CancellationToken ct)
    {
        var start = ChildServer.StartOf(program, ["new-key"]);
        start.RedirectStandardOutput = true;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(ct);
        if (process.ExitCode != 0)
            throw new BenchException("'plservice new-key' failed.");
    }
}
