namespace PLService.Client;

/// <summary>Where the service is, who calls it, and how patiently.</summary>
public sealed record PLServiceClientOptions
{
    /// <summary>Where the service is, as <c>https://pl.example.org</c>.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>The API client's id; together with <see cref="ClientSecret"/>. Tokens are fetched and renewed by themselves.</summary>
    public string? ClientId { get; init; }

    /// <summary>The API client's secret.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>Fewer scopes than the API client has, separated by spaces; all unless given.</summary>
    public string? Scope { get; init; }

    /// <summary>
    /// Gives a token, instead of <see cref="ClientId"/>. Called for every request; the flag is true when the service refused the token that it
    /// gave last.
    /// </summary>
    public Func<bool, CancellationToken, ValueTask<string>>? GetToken { get; init; }

    /// <summary>
    /// The short name of the tenant that is meant, for tokens of identity providers: sent as <c>PLService-Tenant</c>. Tokens of the service itself need none.
    /// </summary>
    public string? Tenant { get; init; }

    /// <summary>Tries in all, the first included; 1 never repeats.</summary>
    public int MaxTries { get; init; } = 5;

    /// <summary>The longest wait before another try. A service that asks for more is not asked again.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long to wait for the head of an answer, per try. Uploads have no limit.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>What sends requests: one's own handler, as <c>IHttpMessageHandlerFactory</c> gives it, or a test's. It is not disposed with the client.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>Where time comes from.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    // Relative addresses are resolved below it only when it ends in a slash.
    internal Uri Home => new(BaseAddress.AbsoluteUri.TrimEnd('/') + "/");
}
