using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Domain;

namespace PLService.Api.Http;

/// <summary>The version that the caller last read, from If-Match. A handler that takes one refuses requests without it (428).</summary>
/// <param name="Version">The version; null for <c>*</c>, whatever version there is.</param>
public sealed record IfMatch(long? Version)
{
    /// <summary>Reads the header; a weak, unknown or missing tag never reaches a handler.</summary>
    public static ValueTask<IfMatch?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult(TryParse(context.Request.Headers.IfMatch.ToString(), out var parsed) ? parsed : null);

    /// <summary>412 with the current version when the resource was changed since the caller read it; null when it was not.</summary>
    public JsonHttpResult<ApiProblem>? Refuses(long current) =>
        Version is null || Version == current
            ? null
            : Problems.Result(412, "concurrency.stale_version",
                $"You read version {Version}, and it is at version {current} now. Read it again, and repeat your change on what you find.", current);

    private static bool TryParse(string header, out IfMatch? parsed)
    {
        parsed = null;
        if (header == "*")
            parsed = new IfMatch((long?)null);
        else if (header is ['"', .. var digits, '"'] && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            parsed = new IfMatch(version);
        return parsed is not null;
    }
}

internal static class Concurrency
{
    /// <summary>The strong entity tag of a version.</summary>
    public static string ETagOf(long version) => $"\"{version}\"";

    /// <summary>
    /// For every endpoint: a missing or unreadable If-Match is 428 or 400 where the handler wants one; a single versioned resource
    /// leaves with its ETag, and as 304 when If-None-Match names it.
    /// </summary>
    public static RouteGroupBuilder UseEntityTags(this RouteGroupBuilder group)
    {
        group.AddEndpointFilterFactory((factory, next) =>
        {
            var wantsIfMatch = factory.MethodInfo.GetParameters().Any(p => p.ParameterType == typeof(IfMatch));
            return async context =>
            {
                if (wantsIfMatch && !context.Arguments.OfType<IfMatch>().Any())
                    return Missing(context.HttpContext.Request.Headers.IfMatch.ToString());
                return Tag(context.HttpContext, await next(context));
            };
        });
        return group;
    }

    private static JsonHttpResult<ApiProblem> Missing(string header) =>
        header.Length == 0
            ? Problems.Result(428, "concurrency.if_match_required", "Send If-Match with the ETag that you last read, or * to overwrite whatever there is.")
            : Problems.Invalid("If-Match", "concurrency.bad_if_match", $"If-Match takes one strong ETag such as \"3\", or *; found {header}.");

    private static object? Tag(HttpContext context, object? result)
    {
        var inner = result is INestedHttpResult nested ? nested.Result : result;
        if (inner is not IValueHttpResult { Value: IVersioned versioned } || inner is IStatusCodeHttpResult { StatusCode: >= 300 })
            return result;

        var tag = ETagOf(versioned.Version);
        context.Response.Headers.ETag = tag;
        return HttpMethods.IsGet(context.Request.Method) && Matches(context.Request, tag)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : result;
    }

    private static bool Matches(HttpRequest request, string tag) =>
        request.Headers.IfNoneMatch.Count > 0
        && request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries)
            .Any(given => given == "*" || given == tag || given == "W/" + tag);
}
