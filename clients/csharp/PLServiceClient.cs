using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace PLService.Client;

/// <summary>
/// A client of PLService: a method for every operation of the contract, and <c>ListAll...</c> for every list. Tokens are fetched and renewed
/// by themselves; 429, 503 and lost connections are tried again where that is safe; every refusal is an <see cref="ApiProblemException"/>.
/// One client serves many threads; keep it.
/// </summary>
public partial class PLServiceClient : IDisposable
{
    private HttpClient? _owned;
    private TokenHandler? _tokens;

    /// <summary>How bodies are read and written, for those who store what they received.</summary>
    public static JsonSerializerOptions WireOptions { get; } = MakeOptions();

    /// <summary>A client with everything that its options say.</summary>
    public static PLServiceClient Connect(PLServiceClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        HttpMessageHandler transport = options.Handler is { } borrowed
            ? new Borrowed(borrowed)
            : new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(15), PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        var tokens = new TokenHandler(options, new RetryHandler(options) { InnerHandler = transport });
        var http = new HttpClient(tokens, disposeHandler: true)
        {
            BaseAddress = options.Home,
            // Each try has its own limit; all tries together with their pauses have none.
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
        if (options.Tenant is { } tenant)
            http.DefaultRequestHeaders.Add("PLService-Tenant", tenant);
        return new PLServiceClient(http) { _owned = http, _tokens = tokens };
    }

    /// <summary>The token with which the next request is made; fetched when there is none yet. To find out whether the credentials are good.</summary>
    /// <exception cref="ApiProblemException"><c>oauth.invalid_client</c>: the id or the secret is wrong, or the client was revoked.</exception>
    /// <exception cref="InvalidOperationException">This client was not made by <see cref="Connect"/>.</exception>
    public async Task<AccessToken> SignInAsync(CancellationToken cancellationToken = default) =>
        await (_tokens ?? throw new InvalidOperationException("Only a client made by Connect signs in by itself.")).GetAsync(null, cancellationToken);

    /// <summary>Reads what an operation gives in another form than JSON, such as <c>text/csv</c>, as a stream; dispose of it.</summary>
    /// <param name="address">Relative to the service, as <c>v1/assessments/{id}/results</c>; its parts escaped.</param>
    /// <param name="mediaType">What is wanted.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ApiProblemException">The service refused.</exception>
    public async Task<FileResponse> DownloadAsync(string address, string mediaType, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative));
        request.Headers.Accept.ParseAdd(mediaType);
        var response = await _httpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase);
        if (response.IsSuccessStatusCode)
            return new FileResponse((int)response.StatusCode, headers, await response.Content.ReadAsStreamAsync(cancellationToken), null, response);

        using (response)
            throw new ApiProblemException($"{address} was refused.", (int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken), headers, null);
    }

    /// <summary>Sends a file as the body of a POST, however long it is; gives the answer as JSON.</summary>
    /// <param name="address">Relative to the service, as <c>v1/frameworks/import?code=example</c>; its parts escaped.</param>
    /// <param name="body">The file.</param>
    /// <param name="mediaType">What it is.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    /// <exception cref="ApiProblemException">The service refused.</exception>
    public async Task<JsonElement> UploadAsync(string address, Stream body, string mediaType, CancellationToken cancellationToken = default)
    {
        using var content = new StreamContent(body);
        content.Headers.ContentType = new(mediaType);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, UriKind.Relative)) { Content = content };
        request.Headers.Add(RetryHandler.IdempotencyKey, RetryHandler.NewKey());
        using var response = await _httpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode
            ? JsonSerializer.Deserialize<JsonElement>(text, WireOptions)
            : throw new ApiProblemException($"{address} was refused.", (int)response.StatusCode, text, headers, null);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _owned?.Dispose();
        GC.SuppressFinalize(this);
    }

    static partial void UpdateJsonSerializerSettings(JsonSerializerOptions settings)
    {
        settings.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        settings.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        // Single members bring their converter; members of lists cannot.
        settings.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
        // `required` is for those who write requests. An older service that does not send a member yet must still be readable.
        settings.TypeInfoResolver = new DefaultJsonTypeInfoResolver
        {
            Modifiers =
            {
                type =>
                {
                    foreach (var property in type.Properties)
                        property.IsRequired = false;
                },
            },
        };
    }

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions();
        UpdateJsonSerializerSettings(options);
        return options;
    }

    /// <summary>Keeps a handler that belongs to somebody else from being disposed with the client.</summary>
    private sealed class Borrowed(HttpMessageHandler handler) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _invoker = new(handler, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            _invoker.SendAsync(request, cancellationToken);
    }
}
