using System.Net;

namespace PLService.Client;

/// <summary>
/// Sends until there is an answer worth having: 429, 503, and 409 with Retry-After (the same request still runs) are tried again after the
/// time that the service names, lost connections after a time that doubles; both with jitter, so that many clients do not return at once.
/// Only what can be repeated without a second effect is, which a POST is by its Idempotency-Key.
/// </summary>
internal sealed class RetryHandler(PLServiceClientOptions options) : DelegatingHandler
{
    public const string IdempotencyKey = "Idempotency-Key";

    /// <summary>A key for one request and its repetitions.</summary>
    public static string NewKey() => Guid.CreateVersion7().ToString();

    /// <summary>True when sending the request twice has the effect of sending it once, and its body can be sent twice.</summary>
    public static bool IsRepeatable(HttpRequestMessage request) =>
        (request.Method == HttpMethod.Get || request.Method == HttpMethod.Put || request.Method == HttpMethod.Delete || request.Headers.Contains(IdempotencyKey))
        // A stream whose length nobody knows cannot be rewound.
        && request.Content is null or { Headers.ContentLength: not null };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var repeatable = IsRepeatable(request);

        for (var tries = 1; ; tries++)
        {
            var last = tries >= options.MaxTries || !repeatable;
            TimeSpan wait;
            try
            {
                var response = await SendOnceAsync(request, cancellationToken);
                var asked = RetryAfter(response);
                if (last || !AsksForPatience(response.StatusCode, asked) || asked > options.MaxWait)
                    return response;
                wait = asked is { } time ? time + (Random.Shared.NextDouble() * TimeSpan.FromSeconds(Math.Min(1, 0.1 + (time.TotalSeconds / 4)))) : BackOff(tries);
                response.Dispose();
            }
            catch (Exception lost) when (lost is HttpRequestException or TimeoutException && !last && !cancellationToken.IsCancellationRequested)
            {
                wait = BackOff(tries);
            }

            await Task.Delay(wait < options.MaxWait ? wait : options.MaxWait, options.Clock, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // An upload takes as long as the line takes.
        if (request.Content is StreamContent)
            return await base.SendAsync(request, cancellationToken);

        using var limit = new CancellationTokenSource(options.Timeout, options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await base.SendAsync(request, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{options.BaseAddress} gave no answer within {options.Timeout.TotalSeconds:0.#} s.");
        }
    }

    private static bool AsksForPatience(HttpStatusCode status, TimeSpan? asked) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable || (status is HttpStatusCode.Conflict && asked is not null);

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => TimeSpan.FromSeconds(Math.Max(0, (date - options.Clock.GetUtcNow()).TotalSeconds)),
        _ => null,
    };

    // Full jitter: anything from nothing to 0.5 s, 1 s, 2 s, ...
    private static TimeSpan BackOff(int tries) => TimeSpan.FromSeconds(Random.Shared.NextDouble() * 0.5 * Math.Pow(2, tries - 1));
}
