using System.Diagnostics;
using PLService.Api.Access;

namespace PLService.Api.Http;

/// <summary>One line per request: method, route, status, time, tenant, who acts, trace. Never a body, a query value or a participant's word.</summary>
internal sealed partial class RequestLog(RequestDelegate next, ILogger<RequestLog> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        await next(context);

        // Probes come every few seconds and say nothing.
        if (!logger.IsEnabled(LogLevel.Information) || context.Request.Path.StartsWithSegments("/livez") || context.Request.Path.StartsWithSegments("/readyz"))
            return;

        var caller = context.RequestServices.GetRequiredService<Caller>();
        Log(
            context.Request.Method,
            (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)",
            context.Response.StatusCode,
            Stopwatch.GetElapsedTime(started).TotalMilliseconds,
            caller.IsKnown ? caller.TenantId : null,
            // Of a participant not even which response it is: the time beside it would tell who.
            caller is { IsKnown: true, ParticipantOf: null } ? caller.ActorId : null,
            Activity.Current?.TraceId.ToHexString());
    }

    [LoggerMessage(LogLevel.Information, "{Method} {Route} {Status} in {Milliseconds:0.0} ms tenant={Tenant} actor={Actor} trace={TraceId}")]
    private partial void Log(string method, string route, int status, double milliseconds, Guid? tenant, Guid? actor, string? traceId);
}
