using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Domain;

namespace PLService.Api.Http;

/// <summary>
/// The entity tag that the caller last read, from If-Match: most often a version. A handler that takes one refuses requests without it (428); one that takes
/// <c>IfMatch?</c> honours it when it is sent.
/// </summary>
/// <param name="Tag">What stands between the quotes; null for <c>*</c>, whatever there is.</param>
/// <param name="Header">The header as it came; empty when there is none.</param>
public sealed record IfMatch(string? Tag, string Header)
{
    /// <summary>False when the request came without the header.</summary>
    internal bool IsGiven => Header.Length > 0;

    /// <summary>True for one strong tag, or <c>*</c>; anything else never reaches a handler.</summary>
    internal bool IsReadable => Tag is not null || Header == "*";

    /// <summary>Reads the header. Never null: the framework itself would answer that, and as a 400.</summary>
    public static ValueTask<IfMatch> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var header = context.Request.Headers.IfMatch.ToString();
        var tag = header is ['"', .. { Length: > 0 } quoted, '"'] && !quoted.Contains('"', StringComparison.Ordinal) ? quoted : null;
        return ValueTask.FromResult(new IfMatch(tag, header));
    }

    /// <summary>412 with the current version when the resource was changed since the caller read it; null when it was not.</summary>
    public JsonHttpResult<ApiProblem>? Refuses(long current) =>
        Tag is null || Tag == current.ToString(CultureInfo.InvariantCulture)
            ? null
            : Problems.Result(412, "concurrency.stale_version",
                $"You read version {Tag}, and it is at version {current} now. Read it again, and repeat your change on what you find.", current);

    /// <summary>428 when the resource exists and the caller does not say what it read; for handlers that create as well.</summary>
    public JsonHttpResult<ApiProblem>? RefusesBlindness() => IsGiven ? null : Concurrency.Unusable(Header);

    /// <summary>412 when the caller expects a resource that does not exist (RFC 9110 section 13.1.1); null when it expects nothing.</summary>
    public JsonHttpResult<ApiProblem>? RefusesAbsence() =>
        IsGiven ? Problems.Result(412, "concurrency.does_not_exist", "If-Match was sent, and there is nothing here yet; leave it out to create.") : null;
}

/// <summary>A resource whose entity tag is not a version.</summary>
public interface IEntityTagged
{
    /// <summary>What stands between the quotes of its ETag: visible ASCII without quotes.</summary>
    string EntityTag { get; }
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
            var takesIfMatch = TakesIfMatch(factory.MethodInfo, out var isRequired);
            return async context =>
            {
                if (takesIfMatch && context.Arguments.OfType<IfMatch>().Single() is var given && (given.IsGiven ? !given.IsReadable : isRequired))
                    return Unusable(given.Header);
                return Tag(context.HttpContext, await next(context));
            };
        });
        return group;
    }

    /// <summary>Whether a handler takes If-Match, and whether it insists on it.</summary>
    public static bool TakesIfMatch(MethodInfo handler, out bool isRequired)
    {
        var parameter = Array.Find(handler.GetParameters(), p => p.ParameterType == typeof(IfMatch));
        isRequired = parameter is not null && new NullabilityInfoContext().Create(parameter).WriteState is not NullabilityState.Nullable;
        return parameter is not null;
    }

    internal static JsonHttpResult<ApiProblem> Unusable(string header) =>
        header.Length == 0
            ? Problems.Result(428, "concurrency.if_match_required", "Send If-Match with the ETag that you last read, or * to overwrite whatever there is.")
            : Problems.Invalid("If-Match", "concurrency.bad_if_match", $"If-Match takes one strong ETag such as \"3\", or *; found {header}.");

    private static object? Tag(HttpContext context, object? result)
    {
        var inner = result is INestedHttpResult nested ? nested.Result : result;
        if (inner is not IValueHttpResult { Value: { } value } || inner is IStatusCodeHttpResult { StatusCode: >= 300 } || TagOf(value) is not { } tag)
            return result;

        context.Response.Headers.ETag = tag;
        return HttpMethods.IsGet(context.Request.Method) && Matches(context.Request, tag)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : result;
    }

    private static string? TagOf(object value) => value switch
    {
        IVersioned versioned => ETagOf(versioned.Version),
        IEntityTagged tagged => $"\"{tagged.EntityTag}\"",
        _ => null,
    };

    private static bool Matches(HttpRequest request, string tag) =>
        request.Headers.IfNoneMatch.Count > 0
        && request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries)
            .Any(given => given == "*" || given == tag || given == "W/" + tag);
}
