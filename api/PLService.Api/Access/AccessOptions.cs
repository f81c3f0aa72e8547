namespace PLService.Api.Access;

/// <summary>Settings of the section <c>Access</c>.</summary>
internal sealed class AccessOptions
{
    /// <summary>The service's public address: issuer of tokens and base of the metadata.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>What tokens are for.</summary>
    public string Audience { get; init; } = "plservice";

    /// <summary>Where the signing keys are, see <see cref="SigningKeys"/>.</summary>
    public string SigningKeyDirectory { get; init; } = "";

    /// <summary>Origins whose pages may call the service from a browser.</summary>
    public string[] AllowedOrigins { get; init; } = [];

    /// <summary>Requests per second that one client may make on average.</summary>
    public int RequestsPerSecond { get; init; } = 200;

    /// <summary>Requests that one client may make at once after a pause.</summary>
    public int RequestBurst { get; init; } = 1000;
}
