using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PLService.Cli.Profiles;

/// <summary>A code that somebody enters in a browser, on this machine or another one.</summary>
internal sealed record DeviceCode(
    [property: JsonPropertyName("device_code")] string Code,
    [property: JsonPropertyName("user_code")] string UserCode,
    [property: JsonPropertyName("verification_uri")] string Address,
    [property: JsonPropertyName("verification_uri_complete")] string? CompleteAddress,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("interval")] int? Interval);

/// <summary>What a provider gives.</summary>
internal sealed record Tokens(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("expires_in")] int? ExpiresIn,
    [property: JsonPropertyName("refresh_token")] string? RefreshToken);

/// <summary>An identity provider, as its metadata describe it: device code (RFC 8628) and refresh tokens.</summary>
internal sealed class IdentityProvider : IDisposable
{
    // RFC 8628 section 3.2: when the provider does not say it.
    private const int DefaultInterval = 5;

    private readonly HttpClient _http;
    private readonly string _tokenEndpoint;
    private readonly string? _deviceEndpoint;

    private IdentityProvider(HttpClient http, Metadata metadata) =>
        (_http, _tokenEndpoint, _deviceEndpoint) = (http, Check(metadata.TokenEndpoint), metadata.DeviceEndpoint is { } device ? Check(device) : null);

    /// <exception cref="UserErrorException">It is not what it says, or not encrypted.</exception>
    public static async Task<IdentityProvider> FindAsync(string issuer, CancellationToken ct)
    {
        // What is sent to a provider must not be sent on by it.
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(30) };
        try
        {
            using var response = await http.GetAsync(new Uri(Check(issuer).TrimEnd('/') + "/.well-known/openid-configuration"), ct);
            if (!response.IsSuccessStatusCode || await ReadAsync<Metadata>(response, ct) is not { TokenEndpoint: not null } metadata)
                throw new UserErrorException($"{issuer} does not say how to sign in ({(int)response.StatusCode}).");
            return metadata.Issuer == issuer
                ? new(http, metadata)
                : throw new UserErrorException($"{issuer} says that it is {metadata.Issuer}; tell your administrator.");
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    /// <summary>Asks for a code.</summary>
    public async Task<DeviceCode> StartAsync(string clientId, IEnumerable<string> scopes, string audience, CancellationToken ct)
    {
        if (_deviceEndpoint is null)
            throw new UserErrorException("The identity provider offers no sign-in by code; use an API client with a secret.");
        // RFC 8707 has resource; some providers know audience alone. Whoever knows neither leaves both aside.
        using var response = await PostAsync(
            _deviceEndpoint, ct, ("client_id", clientId), ("scope", string.Join(' ', scopes)), Resource(audience), ("audience", audience));
        return await GivenAsync<DeviceCode>(response, ct);
    }

    /// <summary>Waits until the code was entered.</summary>
    public async Task<Tokens> WaitAsync(string clientId, DeviceCode code, CancellationToken ct)
    {
        var interval = TimeSpan.FromSeconds(code.Interval ?? DefaultInterval);
        for (var until = DateTimeOffset.UtcNow.AddSeconds(code.ExpiresIn); DateTimeOffset.UtcNow < until;)
        {
            await Task.Delay(interval, ct);
            using var response = await PostAsync(
                _tokenEndpoint, ct, ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", code.Code), ("client_id", clientId));
            if (response.IsSuccessStatusCode)
                return await GivenAsync<Tokens>(response, ct);
            switch ((await ReadAsync<Refusal>(response, ct))?.Error)
            {
                case "authorization_pending":
                    break;
                case "slow_down":
                    interval += TimeSpan.FromSeconds(5);
                    break;
                case "access_denied":
                    throw new UserErrorException("The sign-in was refused in the browser.");
                case "expired_token":
                    throw Expired();
                case var error:
                    throw new UserErrorException($"The identity provider refuses: {error ?? $"HTTP {(int)response.StatusCode}"}.");
            }
        }

        throw Expired();
    }

    /// <summary>Gets new tokens; null when the refresh token is no longer good.</summary>
    public async Task<Tokens?> RefreshAsync(PersonSignIn person, CancellationToken ct)
    {
        using var response = await PostAsync(
            _tokenEndpoint, ct, ("grant_type", "refresh_token"), ("refresh_token", person.RefreshToken!), ("client_id", person.ClientId!), Resource(person.Audience!));
        return (int)response.StatusCode is >= 400 and < 500 ? null : await GivenAsync<Tokens>(response, ct);
    }

    public void Dispose() => _http.Dispose();

    private static UserErrorException Expired() => new("Nobody entered the code in time; run 'pls login' again.");

    // Only an address can be a resource.
    private static (string Name, string Value) Resource(string audience) => ("resource", Uri.IsWellFormedUriString(audience, UriKind.Absolute) ? audience : "");

    private Task<HttpResponseMessage> PostAsync(string address, CancellationToken ct, params (string Name, string Value)[] form) => _http.PostAsync(
        new Uri(address), new FormUrlEncodedContent(form.Where(part => part.Value.Length > 0).Select(part => KeyValuePair.Create(part.Name, part.Value))), ct);

    private static async Task<T> GivenAsync<T>(HttpResponseMessage response, CancellationToken ct)
    {
        if (response.IsSuccessStatusCode && await ReadAsync<T>(response, ct) is { } given)
            return given;
        var refusal = response.IsSuccessStatusCode ? null : await ReadAsync<Refusal>(response, ct);
        throw new UserErrorException($"The identity provider refuses: {refusal?.Description ?? refusal?.Error ?? $"HTTP {(int)response.StatusCode}"}.");
    }

    private static async Task<T?> ReadAsync<T>(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(ct);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static string Check(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            ? address
            : throw new UserErrorException($"The identity provider's address {address} is not encrypted; tell your administrator.");

    private sealed record Metadata(
        [property: JsonPropertyName("issuer")] string Issuer,
        [property: JsonPropertyName("token_endpoint")] string TokenEndpoint,
        [property: JsonPropertyName("device_authorization_endpoint")] string? DeviceEndpoint);

    private sealed record Refusal(
        [property: JsonPropertyName("error")] string? Error,
        [property: JsonPropertyName("error_description")] string? Description);
}
