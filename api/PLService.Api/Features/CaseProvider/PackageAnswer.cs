using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.CaseProvider;

/// <summary>A whole framework.</summary>
internal static class PackageAnswer
{
    public static async Task<IResult> AnswerAsync(string id, HttpContext context, PackageReader reader, AccessOptions access, CancellationToken ct)
    {
        if (!Guid.TryParseExact(id, "D", out var guid))
            return ObjectAnswer.NoUuid(id);
        if (await reader.FindAsync(guid.ToString(), withDrafts: false, ct) is not { } framework)
            return ObjectAnswer.Unknown("CFPackages", guid);
        return EntityTags.AnswersUnchanged(context, $"{framework.Version}", framework.UpdatedAt)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : new StreamedJson((output, token) => reader.WriteAsync(framework, access.CaseAddress, output, token));
    }
}
