using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Domain.Frameworks.Rubrics;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Rubrics;

/// <summary>
/// Replaces a rubric. Criteria and levels that come with their id stay the same ones, with their CASE identifiers and whatever else an import
/// brought; those without are new, and those that are left out go. What is the same already changes nothing, and the version stays. Instruments
/// that were made of it stay as they are.
/// </summary>
internal static class ReplaceRubric
{
    public sealed record Request : RubricDocument
    {
        internal static readonly Request Sample = new()
        {
            Title = RubricSample.Document.Title,
            Description = "One map for all who lead learning.",
            Direction = RubricSample.Document.Direction,
            Roles = RubricSample.Document.Roles,
            Criteria = [RubricSample.Stored],
        };
    }

    public sealed class Validator : RubricDocumentValidator<Request>;

    public static void Map(RouteGroupBuilder rubrics) =>
        rubrics.MapPut("/{id:guid}", Handle)
            .UseCase(nameof(ReplaceRubric), "Replace a rubric")
            .RequireScope(Scopes.StandardsWrite)
            .RequireWholeTenant()
            .Validate<Request>()
            .Refuses(FrameworkErrors.IsCatalog, FrameworkErrors.IsRetired)
            .Example(Request.Sample, RubricResponse.Sample with { Description = Request.Sample.Description, Version = 2 });

    private static async Task<Results<Ok<RubricResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, IfMatch ifMatch, PLServiceDbContext db, RubricDesk desk, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        if (await desk.Named(id).SingleOrDefaultAsync(ct) is not { } rubric)
            return Problems.NotFound("rubric");
        await db.LockFrameworkAsync(rubric.FrameworkId, ct);
        var framework = await desk.FrameworkOfAsync(rubric, ct);
        if (framework.CheckChangeable() is { } unchangeable)
            return unchangeable.ToConflict();
        if (ifMatch.Refuses(rubric.Version) is { } stale)
            return stale;
        var (prepared, faults) = await desk.PrepareAsync(request, rubric, ct);
        if (prepared is null)
            return Problems.Invalid(faults);

        var body = RubricWriter.Write(rubric.Body, rubric.Id, prepared.Document, prepared.Links, clock.GetUtcNow());
        if (!CaseTexts.Same(rubric.Body, body))
        {
            rubric.Rewrite(request.Title, body);
            db.Touch(framework);
            audit.Record("rubric.changed", id, organizationId: null, new { framework = framework.Code, criteria = request.Criteria.Count });
        }

        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await desk.AnswerAsync(rubric, framework, ct));
    }
}
