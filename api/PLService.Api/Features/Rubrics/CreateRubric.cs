using FluentValidation;
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
/// Adds a rubric to a framework of the tenant, in the manner of innovation configuration maps: for each role and standard the outcomes that are
/// wanted, each with ordered levels of its own, some of which may be empty. It leaves with the framework as a CFRubric of CASE. A framework has
/// 2,000 rubrics at most, a rubric 500 criteria; the framework's own version grows with each change of one.
/// </summary>
internal static class CreateRubric
{
    public sealed record Request : RubricDocument
    {
        /// <summary>The framework that keeps it, by id or code.</summary>
        public required string Framework { get; init; }

        internal static readonly Request Sample = new()
        {
            Framework = RubricSample.Framework.Code,
            Title = RubricSample.Document.Title,
            Direction = RubricSample.Document.Direction,
            Roles = RubricSample.Document.Roles,
            Criteria = RubricSample.Document.Criteria,
        };
    }

    public sealed class Validator : RubricDocumentValidator<Request>
    {
        public Validator() => RuleFor(request => request.Framework).NotEmpty().MaximumLength(40);
    }

    public static void Map(RouteGroupBuilder rubrics) =>
        rubrics.MapPost("/", Handle)
            .UseCase(nameof(CreateRubric), "Add a rubric")
            .RequireScope(Scopes.StandardsWrite)
            .RequireWholeTenant()
            .Validate<Request>()
            .Refuses(RubricErrors.UnknownFramework, FrameworkErrors.IsCatalog, FrameworkErrors.IsRetired, RubricErrors.TooMany)
            .Example(Request.Sample, RubricResponse.Sample);

    private static async Task<Results<Created<RubricResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, PLServiceDbContext db, RubricDesk desk, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        if (await db.FrameworkNamed(request.Framework).AsNoTracking().SingleOrDefaultAsync(ct) is not { } found)
            return RubricErrors.UnknownFramework.ToConflict();
        await db.LockFrameworkAsync(found.Id, ct);
        // Somebody may have retired or deleted it before the lock was there.
        if (await db.FrameworkNamed(found.Id.ToString()).SingleOrDefaultAsync(ct) is not { } framework)
            return RubricErrors.UnknownFramework.ToConflict();
        if (framework.CheckChangeable() is { } unchangeable)
            return unchangeable.ToConflict();
        var last = await db.Rubrics.Where(r => r.TenantId == framework.TenantId && r.FrameworkId == framework.Id)
            .GroupBy(r => r.FrameworkId).Select(all => new { Count = all.Count(), Position = all.Max(r => r.Position) }).SingleOrDefaultAsync(ct);
        if (last?.Count >= RubricLimits.PerFramework)
            return RubricErrors.TooMany.ToConflict();
        var (prepared, faults) = await desk.PrepareAsync(request, stored: null, ct);
        if (prepared is null)
            return Problems.Invalid(faults);

        var id = Guid.NewGuid();
        var body = RubricWriter.Write(stored: null, id, prepared.Document, prepared.Links, clock.GetUtcNow());
        var rubric = Rubric.Create(id, framework.Id, (last?.Position ?? -1) + 1, request.Title, body);
        db.Add(rubric);
        // A package with another rubric is another state of the framework.
        db.Touch(framework);
        audit.Record("rubric.created", id, organizationId: null, new { framework = framework.Code, criteria = request.Criteria.Count });
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/v1/rubrics/{id}", await desk.AnswerAsync(rubric, framework, ct));
    }
}
