using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Plans;

namespace PLService.Api.Features.Plans;

/// <summary>
/// A plan as the document of a template, ready to be added as one: days count from the start, every status begins anew, and people, priorities and sites are
/// left out, as are quick-writes, notes and what was measured.
/// </summary>
internal static class ExportPlanAsTemplate
{
    public sealed class Request
    {
        /// <summary>The code that the template is to have; <c>my-template</c> unless given.</summary>
        public string? Code { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.Code).Matches(@"^[a-z][a-z0-9-]{1,39}\z");
    }

    public static void Map(RouteGroupBuilder plans) =>
        plans.MapGet("/{id:guid}/template", Handle)
            .UseCase(nameof(ExportPlanAsTemplate), "Read a plan as a template")
            .RequireScope(Scopes.PlansRead)
            .Validate<Request>()
            .Example(response: PlanTemplateDocument.Of(ExportPlan.Sample, "my-template"));

    private static async Task<Results<Ok<PlanTemplateDocument>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, [AsParameters] Request request, PLServiceDbContext db, PlanDocuments documents, CancellationToken ct) =>
        await db.ReachablePlans().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct) is { } plan
            ? TypedResults.Ok(PlanTemplateDocument.Of(await documents.ReadAsync(plan, ct), request.Code ?? "my-template"))
            : Problems.NotFound("plan");
}
