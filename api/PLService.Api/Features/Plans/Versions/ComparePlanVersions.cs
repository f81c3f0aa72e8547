using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Features.Plans.History;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Plans;

namespace PLService.Api.Features.Plans.Versions;

/// <summary>What is different between two versions of a plan, or between one and the plan as it is now: part by part and field by field what was added, changed and removed.</summary>
internal static class ComparePlanVersions
{
    public sealed class Request
    {
        /// <summary>The number of the version to begin with.</summary>
        public int? From { get; init; }

        /// <summary>The number of the version to compare it with; the plan as it is now unless given.</summary>
        public int? To { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.From).NotNull().GreaterThan(0);
            RuleFor(request => request.To).GreaterThan(0);
        }
    }

    /// <param name="From">The number of the version that it begins with.</param>
    /// <param name="To">The number of the version that it was compared with; null for the plan as it is now.</param>
    /// <param name="Differences">The plan itself first, then kind by kind; none when both say the same.</param>
    internal sealed record Response(int From, int? To, IReadOnlyList<Difference> Differences)
    {
        internal static readonly Response Sample = new(
            1, null, [new("01a2b3c4-0000-7000-8000-000000000402", PlanPartKind.Step, PlanChangeAction.Changed, "Agree on a weekly time", [new("status", "notStarted", "done")])]);
    }

    /// <param name="PartId">The part; null for the plan itself.</param>
    /// <param name="Kind">What the part is; null for the plan itself.</param>
    /// <param name="Action">Whether it was created, changed or deleted.</param>
    /// <param name="Title">The first words of the part, to know it by.</param>
    /// <param name="Fields">Each field with what it said before and after.</param>
    internal sealed record Difference(string? PartId, PlanPartKind? Kind, PlanChangeAction Action, string? Title, IReadOnlyList<ChangedField> Fields);

    public static void Map(RouteGroupBuilder plans) =>
        plans.MapGet("/{id:guid}/versions/compare", Handle)
            .UseCase(nameof(ComparePlanVersions), "Compare versions of a plan")
            .RequireScope(Scopes.PlansRead)
            .Validate<Request>()
            .Example(response: Response.Sample);

    private static async Task<Results<Ok<Response>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, [AsParameters] Request request, PLServiceDbContext db, VersionDesk versions, PlanDocuments documents, CancellationToken ct)
    {
        if (await db.ReachablePlans().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } plan)
            return Problems.NotFound("plan");
        if (await versions.FindAsync(id, request.From!.Value, ct) is not { } from)
            return Problems.NotFound("plan_version");
        var to = request.To is { } number ? (await versions.FindAsync(id, number, ct))?.Document : null;
        if (to is null && request.To is not null)
            return Problems.NotFound("plan_version");

        var differences = PlanDifference.Between(PlanJson.Read<PlanDocument>(from.Document), to is null ? await documents.ReadAsync(plan, ct) : PlanJson.Read<PlanDocument>(to));
        return TypedResults.Ok(new Response(from.Number, request.To, [.. differences.Select(difference => new Difference(
            difference.Ref, difference.Kind, difference.Action, difference.Title, [.. difference.Fields.Select(field => new ChangedField(field.Field, field.Before, field.After))]))]));
    }
}
