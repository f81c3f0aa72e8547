using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Plans.Versions;

/// <summary>
/// Keeps a plan as it stands now, with all of its parts, under a name. Versions are kept by themselves as well whenever the plan is made the one that is
/// worked on and when it is submitted. A plan has 200 named versions at most; none is ever changed.
/// </summary>
internal static class KeepPlanVersion
{
    /// <param name="Name">What to know it by, 200 characters at most.</param>
    public sealed record Request(string Name);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.Name).NotEmpty().MaximumLength(200);
    }

    public static void Map(RouteGroupBuilder plans) =>
        plans.MapPost("/{id:guid}/versions", Handle)
            .UseCase(nameof(KeepPlanVersion), "Keep a version of a plan")
            .RequireScope(Scopes.PlansWrite)
            .Validate<Request>()
            .Refuses(PlanErrors.OwnPartsOnly, PlanVersionErrors.TooMany)
            .Example(new Request("Before the board meeting"), PlanVersionResponse.Sample);

    private static async Task<Results<Created<PlanVersionResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, PLServiceDbContext db, PlanDesk desk, VersionDesk versions, CancellationToken ct)
    {
        var (plan, refused) = await desk.FindForLeadingAsync(id, ct);
        if (plan is null)
            return refused!;
        if (await db.PlanVersions.CountAsync(v => v.PlanId == id && v.Reason == PlanVersionReason.Named, ct) >= VersionDesk.MaxNamed)
            return PlanVersionErrors.TooMany.ToConflict();

        var kept = await versions.KeepAsync(plan, PlanVersionReason.Named, request.Name, ct);
        return TypedResults.Created($"/v1/plans/{id}/versions/{kept.Number}", PlanVersionResponse.Of(kept, await db.NamesOfAsync([kept.PersonId], ct)));
    }
}
