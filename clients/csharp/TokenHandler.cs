using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PLService.Client;

/// <summary>A token as the service issued it.</summary>
/// <param name="Text">What goes into <c>Authorization: Bearer</c>.</param>
/// <param name="ExpiresAt">When it is renewed: a little before it expires. Not known of a token from elsewhere.</param>
/// <param name="Scope">What it allows, separated by spaces. Not known of a token from elsewhere.</param>
public sealed record AccessToken(string Text, DateTimeOffset? ExpiresAt, string? Scope)
{
    // Not the record's own, which would write the token into logs.
    /// <inheritdoc />
    public override string ToString() => $"token until {ExpiresAt:O}";
}

/// <summary>Puts a token on every request, fetches and renews it; a refused one is renewed once.</summary>
internal sealed class TokenHandler : DelegatingHandler
{
    // A request that is on its way must not arrive with a dead token.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private readonly PLServiceClientOptions _options;
    private readonly HttpMessageInvoker _transport;
    private readonly SemaphoreSlim _renewing = new(1);
    private AccessToken? _current;

    public TokenHandler(PLServiceClientOptions options, HttpMessageHandler transport)
        : base(transport)
    {
        _options = options;
        _transport = new(transport, disposeHandler: false);
    }

    /// <summary>The token to use; another one than <paramref name="refused"/>, if there can be another.</summary>
    public async ValueTask<AccessToken> GetAsync(AccessToken? refused, CancellationToken ct)
    {
        if (_options.GetToken is { } getToken)
            return new(await getToken(refused is not null, ct), null, null);
        if (_current is { } current && IsGood(current, refused))
            return current;

        await _renewing.WaitAsync(ct);
        try
        {
            // Whoever came first has renewed it for all.
            return _current is { } renewed && IsGood(renewed, refused) ? renewed : _current = await FetchAsync(ct);
        }
        finally
        {
            _renewing.Release();
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_options.GetToken is null && _options.ClientId is null)
            return await base.SendAsync(request, cancellationToken);

        var token = await GetAsync(null, cancellationToken);
        var response = await SendAsync(request, token, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized || !RetryHandler.IsRepeatable(request))
            return response;

        var renewed = await GetAsync(token, cancellationToken);
        if (renewed.Text == token.Text)
            return response;
        response.Dispose();
        return await SendAsync(request, renewed, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _transport.Dispose();
            _renewing.Dispose();
        }

        base.Dispose(disposing);
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, AccessToken token, CancellationToken ct)
    {
        request.Headers.Authorization = new("Bearer", token.Text);
        return base.SendAsync(request, ct);
    }

    private bool IsGood(AccessToken token, AccessToken? refused) => token != refused && token.ExpiresAt > _options.Clock.GetUtcNow();

    private async Task<AccessToken> FetchAsync(CancellationToken ct)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials" };
        if (_options.Scope is { } scope)
            form["scope"] = scope;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_options.Home, "oauth/token")) { Content = new FormUrlEncodedContent(form) };
        // RFC 6749 section 2.3.1: both halves are form-encoded before they are joined.
        var pair = $"{Uri.EscapeDataString(_options.ClientId!)}:{Uri.EscapeDataString(_options.ClientSecret ?? "")}";
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(pair)));

        // Two tokens do no more than one, so this may be repeated.
        request.Headers.Add(RetryHandler.IdempotencyKey, RetryHandler.NewKey());
        var asked = _options.Clock.GetUtcNow();
        using var response = await _transport.SendAsync(request, ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        var headers = response.Headers.ToDictionary(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase);
        if (!response.IsSuccessStatusCode)
            throw new ApiProblemException($"{request.RequestUri} gave no token.", (int)response.StatusCode, text, headers, null);
        if (ReadToken(text) is not { AccessToken: { } token } grant)
            throw new ApiProblemException($"{request.RequestUri} answered, but not with a token: is this a PLService?", (int)response.StatusCode, null, headers, null);

        var lifetime = TimeSpan.FromSeconds(grant.ExpiresIn);
        return new(token, asked + (lifetime - Margin > lifetime / 2 ? lifetime - Margin : lifetime / 2), grant.Scope);
    }

    private static Grant? ReadToken(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Grant>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Grant(
        [property: JsonPropertyName("access_token")] string? AccessToken,
        [property: JsonPropertyName("expires_in")] int ExpiresIn,
        [property: JsonPropertyName("scope")] string? Scope);
}
