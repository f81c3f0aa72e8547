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

/// <summary>Begins a plan of an organization, as a draft: empty, or with what a template begins with. What the request says itself stands before the template's words.</summary>
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

        /// <summary>Code of the template that it begins from, such as <c>wa-tpl-chart</c>; empty unless given.</summary>
        public string? Template { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            Include(new PlanContentValidator());
            RuleFor(request => request.Template).Length(1, 40);
        }
    }

    public static void Map(RouteGroupBuilder plans) =>
        plans.MapPost("/", Handle)
            .UseCase(nameof(CreatePlan), "Begin a plan")
            .RequireScope(Scopes.PlansWrite)
            .Validate<Request>()
            .Refuses(PlanErrors.UnknownOrganization, PlanErrors.OrganizationIsClosed, PlanErrors.OwnPartsOnly, PlanErrors.UnknownTemplate, PlanErrors.ExternalIdTaken)
            .Example(Request.Sample, PlanResponse.Sample);

    private static async Task<Results<Created<PlanResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, PLServiceDbContext db, PlanDesk desk, PlanWriter writer, PlanDocuments documents, CancellationToken ct)
    {
        if (await db.ReachableOrganizations().Where(o => o.Id == request.OrganizationId).Select(o => new { o.Status }).SingleOrDefaultAsync(ct) is not { } organization)
            return PlanErrors.UnknownOrganization.ToConflict();
        if (organization.Status is OrganizationStatus.Closed)
            return PlanErrors.OrganizationIsClosed.ToConflict();
        if (!await desk.LeadsAsync(request.OrganizationId, ct))
            return PlanErrors.OwnPartsOnly.ToConflict();

        var template = request.Template is { } code ? await documents.TemplateAsync(code, ct) : null;
        if (template is null && request.Template is not null)
            return PlanErrors.UnknownTemplate.ToConflict();

        var content = request.Alone();
        var plan = Plan.Create(
            request.OrganizationId, template?.Complete(content, hasMarks: !ReferenceEquals(content.Marks, PlanContent.UsualMarks)) ?? content, template?.Code);
        writer.Add(plan);
        documents.Write(plan, template?.PartsFrom(plan.StartsOn) ?? []);
        return await desk.SaveAsync(plan, ct) is { } taken ? taken : TypedResults.Created($"/v1/plans/{plan.Id}", PlanResponse.Of(plan));
    }
}
