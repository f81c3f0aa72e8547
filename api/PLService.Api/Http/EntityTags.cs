using Microsoft.Net.Http.Headers;

namespace PLService.Api.Http;

/// <summary>Entity tags of answers that are no single JSON value of a handler, such as files.</summary>
internal static class EntityTags
{
    /// <summary>Sends the tag, and with it the time of the last change where one is given; true when the caller has this state already: 304.</summary>
    /// <param name="context">The request.</param>
    /// <param name="tag">What stands between the quotes.</param>
    /// <param name="changedAt">When it was last changed.</param>
    public static bool AnswersUnchanged(HttpContext context, string tag, DateTimeOffset? changedAt = null)
    {
        var (request, response) = (context.Request.GetTypedHeaders(), context.Response.GetTypedHeaders());
        response.ETag = new EntityTagHeaderValue($"\"{tag}\"");
        if (changedAt is not null)
            response.LastModified = changedAt;
        if (request.IfNoneMatch is { Count: > 0 } known)
            return known.Any(given => given.Equals(EntityTagHeaderValue.Any) || given.Compare(response.ETag, useStrongComparison: false));
        // The header counts in whole seconds.
        return changedAt is { } at && request.IfModifiedSince is { } since && DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds()) <= since;
    }
}
