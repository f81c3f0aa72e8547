using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Web;

namespace PLService.Api.Tests.Infrastructure;

/// <summary>A certified identity provider as a process, see <c>tests/servers/oidc.mjs</c>; whoever comes is signed in as the one who is asked for.</summary>
internal sealed partial class OidcServer : IAsyncDisposable
{
    public const string BrowserClient = "spa";
    public const string DeviceClient = "cli";
    public const string Scope = "openid profile email offline_access";
    private const string Callback = "http://127.0.0.1/callback";

    private readonly NodeServer _server;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    private OidcServer(NodeServer server) => _server = server;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public string Issuer => (string)_server.Said[0]["address"]!;

    public static async Task<OidcServer> StartAsync() => new(await NodeServer.StartAsync("oidc.mjs", new { }, CancellationToken.None));

    /// <summary>What counts from now on: ttl, login, away, accounts. Gives how often the keys were fetched so far.</summary>
    public async Task<int> SetAsync(object settings) => (int)(await ControlAsync("settings", settings))["keyFetches"]!;

    public Task<int> KeyFetchesAsync() => SetAsync(new { });

    /// <summary>Signs with a new key from now on; the old ones stay published or not.</summary>
    public Task RotateAsync(bool keep = false) => ControlAsync("rotate", new { keep });

    /// <summary>Any token: a good header and issuer with changes, and claims as they are given.</summary>
    public async Task<string> ForgeAsync(object claims, object? header = null, object? sign = null) =>
        (string)(await ControlAsync("forge", new { header, claims, sign }))["token"]!;

    /// <summary>A token that the provider issues to a machine.</summary>
    public async Task<string> MachineTokenAsync(string resource)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Issuer}/token")
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("resource", resource)]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("machine:machine-secret"u8));
        using var response = await _http.SendAsync(request, Ct);
        return (string)(await response.ExpectAsync(HttpStatusCode.OK))["access_token"]!;
    }

    /// <summary>Signs somebody in as a web page does (code + PKCE): access token, id token and refresh token.</summary>
    public async Task<JsonObject> SignInAsync(string login, string resource, string clientId = BrowserClient, string scope = Scope)
    {
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var state = Guid.NewGuid().ToString("N");
        var query = Query(
            ("client_id", clientId), ("response_type", "code"), ("redirect_uri", Callback), ("scope", scope), ("resource", resource), ("state", state),
            ("code_challenge", challenge), ("code_challenge_method", "S256"), ("login_hint", login), ("prompt", "consent"), ("nonce", "n"));
        var end = await BrowseAsync(new Uri($"{Issuer}/auth?{query}"), new Dictionary<string, string>());
        var answer = HttpUtility.ParseQueryString(end.Query);
        Assert.True(answer["code"] is not null, $"The provider gave no code: {end}");
        Assert.Equal(state, answer["state"]);
        using var response = await _http.PostAsync($"{Issuer}/token", new FormUrlEncodedContent(
        [
            new("grant_type", "authorization_code"), new("code", answer["code"]!), new("client_id", clientId), new("redirect_uri", Callback), new("code_verifier", verifier),
        ]), Ct);
        return await response.ExpectAsync(HttpStatusCode.OK);
    }

    /// <summary>Does what somebody does in a browser who was shown the code of a device.</summary>
    public async Task ApproveAsync(string userCode)
    {
        var cookies = new Dictionary<string, string>();
        using var page = await SendAsync(new HttpRequestMessage(HttpMethod.Get, $"{Issuer}/device"), cookies);
        var xsrf = XsrfField().Match(await page.Content.ReadAsStringAsync(Ct)).Groups[1].Value;
        var form = new FormUrlEncodedContent([new("xsrf", xsrf), new("user_code", userCode), new("confirm", "yes")]);
        using var confirmed = await SendAsync(new HttpRequestMessage(HttpMethod.Post, $"{Issuer}/device") { Content = form }, cookies);
        Assert.Equal(HttpStatusCode.SeeOther, confirmed.StatusCode);
        await BrowseAsync(new Uri(new Uri(Issuer), confirmed.Headers.Location!), cookies);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    private async Task<JsonObject> ControlAsync(string what, object body)
    {
        using var response = await _http.PostAsJsonAsync($"{Issuer}/control/{what}", body, Ct);
        return await response.ExpectAsync(HttpStatusCode.OK);
    }

    // Follows redirects until one leaves the provider, or a page says something.
    private async Task<Uri> BrowseAsync(Uri address, Dictionary<string, string> cookies)
    {
        for (var steps = 0; steps < 10; steps++)
        {
            using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, address), cookies);
            if (response.Headers.Location is not { } next)
            {
                Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Ct));
                return address;
            }

            address = new Uri(address, next);
            if (address.Authority != new Uri(Issuer).Authority)
                return address;
        }

        throw new InvalidOperationException($"The provider leads in circles: {address}");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, Dictionary<string, string> cookies)
    {
        if (cookies.Count > 0)
            request.Headers.Add("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        var response = await _http.SendAsync(request, Ct);
        foreach (var set in response.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
        {
            var pair = set.Split(';')[0].Split('=', 2);
            cookies[pair[0]] = pair[1];
        }

        return response;
    }

    private static string Query(params (string Name, string Value)[] parts) =>
        string.Join('&', parts.Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value)}"));

    [GeneratedRegex("name=\"xsrf\" value=\"([^\"]+)\"")]
    private static partial Regex XsrfField();
}
