using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.FrameworkPackages;

/// <summary>
/// A framework as a CFPackage of CASE 1.1 with all that belongs to it: items, associations, definitions, rubrics and extensions. Imported
/// elsewhere it is the same framework; drafts can be exported too. The id may be the framework's code.
/// </summary>
internal static class ExportFramework
{
    public static void Map(RouteGroupBuilder frameworks) =>
        frameworks.MapGet("/{id}/package", Handle)
            .UseCase(nameof(ExportFramework), "Export a framework as a CASE package")
            .RequireScope(Scopes.StandardsRead)
            .Produces<CasePackageDocument>()
            .AnswersWith("ETag", "The present state of the framework, for If-None-Match.")
            .Example(response: CasePackageDocument.Sample);

    private static async Task<Results<StreamedJson, StatusCodeHttpResult, JsonHttpResult<ApiProblem>>> Handle(
        string id, HttpContext context, PackageReader reader, AccessOptions access, CancellationToken ct)
    {
        if (await reader.FindAsync(id, withDrafts: true, ct) is not { } framework)
            return Problems.NotFound("framework");
        if (EntityTags.AnswersUnchanged(context, $"{framework.Version}"))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        return new StreamedJson((output, token) => reader.WriteAsync(framework, access.CaseAddress, output, token));
    }
}
