using System.Globalization;
using System.Text.Json;

namespace PLService.Client;

/// <summary>A failure that the service told. Branch on <see cref="Code"/>; show <see cref="Exception.Message"/> to people.</summary>
public sealed class ApiProblemException : Exception
{
    /// <summary>Reads what came back, whoever wrote it: the service, its token endpoint, or a proxy that speaks HTML.</summary>
    internal ApiProblemException(
        string message, int statusCode, string? response, IReadOnlyDictionary<string, IEnumerable<string>> headers, Exception? innerException)
        : this(message, statusCode, Read(response), headers, innerException)
    {
    }

    private ApiProblemException(
        string message, int status, Wire body, IReadOnlyDictionary<string, IEnumerable<string>> headers, Exception? innerException)
        : base(body.Detail ?? body.ErrorDescription ?? body.Title ?? message, innerException)
    {
        Status = status;
        Title = body.Title ?? string.Create(CultureInfo.InvariantCulture, $"HTTP {status}");
        Code = body.Code ?? (body.Error is { } error ? "oauth." + error : string.Create(CultureInfo.InvariantCulture, $"http.{status}"));
        Errors = body.Errors ?? [];
        TraceId = body.TraceId;
        CurrentVersion = body.CurrentVersion;
        RetryAfter = headers.TryGetValue("Retry-After", out var values) && int.TryParse(values.FirstOrDefault(), CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;
    }

    /// <summary>What to branch on: stable within v1, as <c>organization.unknown_parent</c>; <c>http.{status}</c> when something before the service answered.</summary>
    public string Code { get; }

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>What kind of failure it is, the same for every occurrence.</summary>
    public string Title { get; }

    /// <summary>With bad input: each fault and where it is.</summary>
    public IReadOnlyList<ApiFault> Errors { get; }

    /// <summary>The trace to quote when asking for help.</summary>
    public string? TraceId { get; }

    /// <summary>With 412: the version that the resource has now.</summary>
    public long? CurrentVersion { get; }

    /// <summary>After which the service asks to try again, when it says so.</summary>
    public TimeSpan? RetryAfter { get; }

    private static Wire Read(string? response)
    {
        try
        {
            return string.IsNullOrWhiteSpace(response) ? new() : JsonSerializer.Deserialize<Wire>(response, PLServiceClient.WireOptions) ?? new();
        }
        catch (JsonException)
        {
            // A proxy's page: the status is all there is to say.
            return new();
        }
    }

    private sealed class Wire
    {
        public string? Title { get; set; }
        public string? Detail { get; set; }
        public string? Code { get; set; }
        public string? TraceId { get; set; }
        public long? CurrentVersion { get; set; }
        public IReadOnlyList<ApiFault>? Errors { get; set; }

        // RFC 6749's shape, from the token endpoint.
        public string? Error { get; set; }

        [System.Text.Json.Serialization.JsonPropertyName("error_description")]
        public string? ErrorDescription { get; set; }
    }
}
