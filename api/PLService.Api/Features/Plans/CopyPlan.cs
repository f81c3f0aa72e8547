using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Organizations;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Plans;

namespace PLService.Api.Features.Plans;

/// <summary>
/// Begins next year's plan from this one, as a draft. Its own words, statements, strategies and resources come along, of steps, obstacles, needs and cycles
/// those that are not over; days move by as much as the start does, and every status begins anew. The last value of a measure becomes its baseline.
/// Quick-writes and notes stay behind. Copied to another organization it names nobody, no priority and no site.
/// </summary>
internal static class CopyPlan
{
    /// <param name="StartsOn">First day of the new period.</param>
    /// <param name="EndsOn">Last day of the new period, ten years after the first at most.</param>
    /// <param name="Title">What it is called, 200 characters at most; as this one unless given.</param>
    /// <param name="OrganizationId">Whose plan it is to be; the same organization's unless given.</param>
    /// <param name="WithDoneSteps">Whether steps that were done come along, to be done again.</param>
    /// <param name="ExternalId">The id by which files and other systems name it, 100 characters at most; unique in the organization.</param>
    public sealed record Request(
        DateOnly StartsOn, DateOnly EndsOn, string? Title = null, Guid? OrganizationId = null, bool WithDoneSteps = false, string? ExternalId = null)
    {
        internal static readonly Request Sample = new(new(2027, 9, 1), new(2028, 8, 31), "Professional learning plan 2027-28");
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.EndsOn).Must((request, end) => request.StartsOn < end && end <= request.StartsOn.AddYears(10))
                .WithErrorCode("plan.bad_period").WithMessage("A plan ends after it begins, ten years later at most.");
            RuleFor(request => request.StartsOn).LessThan(new DateOnly(9_000, 1, 1));
            RuleFor(request => request.Title).Length(1, 200);
            RuleFor(request => request.ExternalId).ExternalId();
        }
    }

    public static void Map(RouteGroupBuilder plans) =>
        plans.MapPost("/{id:guid}/copy", Handle)
            .UseCase(nameof(CopyPlan), "Begin a plan from another one")
            .RequireScope(Scopes.PlansWrite)
            .Validate<Request>()
            .Refuses(PlanErrors.UnknownOrganization, PlanErrors.OrganizationIsClosed, PlanErrors.OwnPartsOnly, PlanErrors.ExternalIdTaken)
            .Example(Request.Sample, PlanResponse.Sample with { Title = "Professional learning plan 2027-28", StartsOn = new(2027, 9, 1), EndsOn = new(2028, 8, 31), CopiedFromId = Guid.Parse("01a2b3c4-0000-7000-8000-000000000399") });

    private static async Task<Results<Created<PlanResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, PLServiceDbContext db, PlanDesk desk, PlanWriter writer, PlanDocuments documents, CancellationToken ct)
    {
        if (await db.ReachablePlans().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } last)
            return Problems.NotFound("plan");
        var target = request.OrganizationId ?? last.OrganizationId;
        if (await db.ReachableOrganizations().Where(o => o.Id == target).Select(o => new { o.Status }).SingleOrDefaultAsync(ct) is not { } organization)
            return PlanErrors.UnknownOrganization.ToConflict();
        if (organization.Status is OrganizationStatus.Closed)
            return PlanErrors.OrganizationIsClosed.ToConflict();
        if (!await desk.LeadsAsync(target, ct))
            return PlanErrors.OwnPartsOnly.ToConflict();

        var document = await documents.ReadAsync(last, ct);
        var plan = Plan.Create(
            target,
            document.Plan with { Title = request.Title ?? document.Plan.Title, StartsOn = request.StartsOn, EndsOn = request.EndsOn, ExternalId = request.ExternalId },
            last.Template, last.Id);
        writer.Add(plan);
        documents.Write(plan, PlanCopy.PartsOf(document, request.StartsOn, request.WithDoneSteps, elsewhere: target != last.OrganizationId));
        return await desk.SaveAsync(plan, ct) is { } taken ? taken : TypedResults.Created($"/v1/plans/{plan.Id}", PlanResponse.Of(plan));
    }
}
