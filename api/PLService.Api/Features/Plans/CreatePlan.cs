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

/// <summary>Begins a plan of an organization, as a draft.</summary>
internal static class CreatePlan
{
    /// <summary>A new plan.</summary>
    internal sealed record Request : PlanContent
    {
        internal static readonly Request Sample = new()
        {
            OrganizationId = PlanSamples.Organization,
            Title = PlanResponse.SampleContent.Title,
            StartsOn = PlanResponse.SampleContent.StartsOn,
            EndsOn = PlanResponse.SampleContent.EndsOn,
            Vision = PlanResponse.SampleContent.Vision,
        };

        /// <summary>Whose plan it is.</summary>
        public required Guid OrganizationId { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => Include(new PlanContentValidator());
    }

    public static void Map(RouteGroupBuilder plans) =>
        plans.MapPost("/", Handle)
            .UseCase(nameof(CreatePlan), "Begin a plan")
            .RequireScope(Scopes.PlansWrite)
            .Validate<Request>()
            .Refuses(PlanErrors.UnknownOrganization, PlanErrors.OrganizationIsClosed, PlanErrors.OwnPartsOnly, PlanErrors.ExternalIdTaken)
            .Example(Request.Sample, PlanResponse.Sample);

    private static async Task<Results<Created<PlanResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, PLServiceDbContext db, PlanDesk desk, PlanWriter writer, CancellationToken ct)
    {
        if (await db.ReachableOrganizations().Where(o => o.Id == request.OrganizationId).Select(o => new { o.Status }).SingleOrDefaultAsync(ct) is not { } organization)
            return PlanErrors.UnknownOrganization.ToConflict();
        if (organization.Status is OrganizationStatus.Closed)
            return PlanErrors.OrganizationIsClosed.ToConflict();
        if (!await desk.LeadsAsync(request.OrganizationId, ct))
            return PlanErrors.OwnPartsOnly.ToConflict();

        var plan = Plan.Create(request.OrganizationId, request.Alone());
        writer.Add(plan);
        return await desk.SaveAsync(plan, ct) is { } taken ? taken : TypedResults.Created($"/v1/plans/{plan.Id}", PlanResponse.Of(plan));
    }
}
