using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Persistence;

namespace PLService.Api.Http;

/// <summary>Turns whatever was not expected into a problem, classified by type and never by message.</summary>
internal sealed class Failures(ILogger<Failures> logger) : IExceptionHandler
{
    /// <summary>Seconds to wait before trying again when the database is away.</summary>
    private const int RetryAfterSeconds = 2;

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        switch (exception)
        {
            case BadHttpRequestException { InnerException: JsonException json } bad:
                await Problems.WriteAsync(context, bad.StatusCode, "request.malformed_json", "The body is not the JSON that is expected; see errors.",
                    [JsonFaults.Explain(context, json)]);
                break;
            case BadHttpRequestException bad:
                await Problems.WriteAsync(context, bad.StatusCode, CodeOf(bad.StatusCode), bad.Message);
                break;
            case DbUpdateConcurrencyException:
                await Problems.WriteAsync(context, 412, "concurrency.stale_version",
                    "Somebody else changed it while your request was under way. Read it again and retry.");
                break;
            case var _ when exception.GetBaseException() is PostgresException { SqlState: "22021" or "22P05" }:
                await Problems.WriteAsync(context, 400, "request.invalid_characters", "A text holds a NUL character, which cannot be stored.");
                break;
            case OperationCanceledException when context.RequestAborted.IsCancellationRequested:
                // The caller went away; there is nobody to answer.
                context.Response.StatusCode = 499;
                break;
            default:
                await Unexpected(context, exception);
                break;
        }

        return true;
    }

    private async Task Unexpected(HttpContext context, Exception exception)
    {
        if (DatabaseFaults.IsAway(exception))
        {
            logger.LogWarning("The database is not available: {Reason}", exception.GetBaseException().Message);
            context.Response.Headers.RetryAfter = $"{RetryAfterSeconds}";
            await Problems.WriteAsync(context, 503, "server.database_unavailable",
                "The service cannot reach its database at the moment; retry after the time in Retry-After. What came with an Idempotency-Key takes effect at most once.");
            return;
        }

        logger.LogError(exception, "Unexpected failure");
        await Problems.WriteAsync(context, 500, "server.unexpected", "Something unexpected happened; it was logged with this trace id.");
    }

    private static string CodeOf(int status) => status switch
    {
        413 => "request.too_large",
        415 => "request.unsupported_media_type",
        408 => "request.too_slow",
        _ => "request.bad_parameter",
    };
}
