using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Toolkits;

namespace PLService.Api.Features.Toolkits;

/// <summary>Publishes a draft: from now on teams can work through it, and it never changes. Each framework that fields are repeated for has to be there.</summary>
internal static class PublishToolkitVersion
{
    public static void Map(RouteGroupBuilder toolkits) =>
        toolkits.MapPost("/{code}/versions/{label}/publish", Handle)
            .UseCase(nameof(PublishToolkitVersion), "Publish a draft")
            .RequireScope(Scopes.ToolkitsWrite)
            .RequireAuthor()
            .Refuses(ToolkitErrors.IsCatalog, ToolkitErrors.NotDraft, ToolkitErrors.UnknownFramework)
            .Example(response: ToolkitVersionResponse.Sample);

    private static async Task<Results<Ok<ToolkitVersionResponse>, JsonHttpResult<ApiProblem>>> Handle(
        string code, string label, IfMatch ifMatch, PLServiceDbContext db, ToolkitShelf shelf, FrameworkStandards frameworks, AuditTrail audit, TimeProvider clock,
        CancellationToken ct)
    {
        if (await shelf.FindVersionAsync(code, label, ct) is not { } version)
            return Problems.NotFound("toolkit_version");
        if (ToolkitShelf.Refuses(version) is { } catalog)
            return catalog.ToConflict();
        if (ifMatch.Refuses(version.Version) is { } stale)
            return stale;
        var document = ToolkitJson.Read(version.Document);
        var (_, unknown) = await frameworks.ReadAsync(ToolkitLayout.FrameworksOf(document), ct);
        if (unknown.Count > 0)
            return ToolkitErrors.UnknownFramework.ToConflict([.. FaultsOf(document, unknown)]);
        if (version.Publish(clock.GetUtcNow()) is { } refused)
            return refused.ToConflict();

        audit.Record("toolkit.published", version.Id, organizationId: null, new { code, label });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(ToolkitVersionResponse.Of(version));
    }

    private static IEnumerable<ApiFault> FaultsOf(ToolkitDocument document, IReadOnlyList<string> unknown) =>
        from tool in document.Tools.Index()
        from part in tool.Item.Parts.Index()
        from field in (part.Item.Fields ?? []).Index()
        where field.Item.PerStandardOf is { } framework && unknown.Contains(framework)
        select new ApiFault(
            $"/tools/{tool.Index}/parts/{part.Index}/fields/{field.Index}/perStandardOf", ToolkitErrors.UnknownFramework.Code,
            $"No published framework \"{field.Item.PerStandardOf}\" with standards was found.");
}
