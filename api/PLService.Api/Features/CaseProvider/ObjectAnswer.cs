using System.Security.Cryptography;
using System.Text;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Http;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.CaseProvider;

/// <summary>A single object by its identifier, with full addresses.</summary>
internal static class ObjectAnswer
{
    public static async Task<IResult> AnswerAsync(string collection, string id, HttpContext context, AccessOptions access, Func<Guid, Task<CaseFound?>> find)
    {
        if (!Guid.TryParseExact(id, "D", out var guid))
            return NoUuid(id);
        return await find(guid) is { } found
            ? Json(context, CaseAddresses.Expand(found.Json, access.CaseAddress), found.ChangedAt)
            : Unknown(collection, guid);
    }

    /// <summary>JSON with the tag of its content, or 304.</summary>
    public static IResult Json(HttpContext context, string json, DateTimeOffset? changedAt)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        return EntityTags.AnswersUnchanged(context, Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16)), changedAt)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Bytes(bytes, "application/json; charset=utf-8");
    }

    public static IResult NoUuid(string id) => CaseStatus.Result(
        StatusCodes.Status404NotFound, $"Invalid UUID: an identifier is a UUID; found '{(id.Length <= 60 ? id : id[..60])}'.", CaseStatus.InvalidUuid);

    public static IResult Unknown(string collection, Guid id) => CaseStatus.Result(StatusCodes.Status404NotFound, $"Unknown Object: there is nothing at {collection}/{id} that you can read.");
}
