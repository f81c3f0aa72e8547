using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.Priorities;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Assessments;
using PLService.Api.Persistence.Instruments;

namespace PLService.Api.Features.Priorities;

/// <summary>
/// Makes a list of priorities from what a closed assessment said: the gaps by the instrument's rules are proposed, the greatest first. The team then
/// names them, adds, drops and puts together, orders them, and adopts the first of them.
/// </summary>
internal static class CreatePriorityList
{
    /// <param name="AssessmentId">The closed assessment.</param>
    /// <param name="Title">What it is called, 200 characters at most; Priorities and the round unless given.</param>
    /// <param name="Ordering">How its priorities get their order; by dots unless given.</param>
    /// <param name="DotsPerVoter">How many dots everybody has, 1 to 20; 3 unless given. Only where dots decide.</param>
    /// <param name="ProposedBy">What is proposed: items unless given.</param>
    public sealed record Request(
        Guid AssessmentId, string? Title = null, PriorityOrdering Ordering = PriorityOrdering.DotVote, int? DotsPerVoter = null, ProposedBy ProposedBy = ProposedBy.Item);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Title).Length(1, PriorityList.TitleMaxLength);
            RuleFor(request => request.Ordering).IsInEnum();
            RuleFor(request => request.ProposedBy).IsInEnum();
            RuleFor(request => request.DotsPerVoter).Dots(request => request.Ordering);
        }
    }

    public static void Map(RouteGroupBuilder lists) =>
        lists.MapPost("/", Handle)
            .UseCase(nameof(CreatePriorityList), "Make a list of priorities from a closed assessment")
            .RequireScope(Scopes.PlansWrite)
            .Validate<Request>()
            .Refuses(PriorityErrors.UnknownAssessment, PriorityErrors.AssessmentNotClosed, PriorityErrors.LeadersOnly)
            .Example(new Request(PriorityListResponse.Sample.AssessmentId, DotsPerVoter: 3), WholePriorityListResponse.Sample);

    private static async Task<Results<Created<WholePriorityListResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, AssessmentGate gate, InstrumentVersions versions, PriorityDesk desk, Leadership leadership, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await gate.HoldAsync(request.AssessmentId, ct) is not { } state)
            return PriorityErrors.UnknownAssessment.ToConflict();
        if (!await leadership.HasAsync(Scopes.PlansWrite, state.OrganizationId, ct))
            return PriorityErrors.LeadersOnly.ToConflict();
        if (state.Status is not (AssessmentStatus.Closed or AssessmentStatus.Archived))
            return PriorityErrors.AssessmentNotClosed.ToConflict();

        var assessment = await db.Assessments.AsNoTracking().SingleAsync(a => a.Id == request.AssessmentId, ct);
        var version = await versions.GetAsync(state.InstrumentTenantId, state.InstrumentVersionId, ct);
        var dots = request.Ordering is PriorityOrdering.DotVote ? request.DotsPerVoter ?? PriorityList.UsualDots : (int?)null;
        var list = PriorityList.Create(assessment, version.Code, request.Title ?? $"Priorities {assessment.Round}", request.Ordering, dots);
        var items = await desk.ItemsOfAsync(list, ct);
        var priorities = items.Propose(request.ProposedBy).Select((proposal, position) => Priority.Create(list, proposal.Content, proposal.Levels, true, position)).ToList();
        db.Add(list);
        db.AddRange(priorities);
        audit.Record("priorityList.created", list.Id, list.OrganizationId, new { list.AssessmentId, list.ResultRevision, proposed = priorities.Count });
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/v1/priority-lists/{list.Id}", WholePriorityListResponse.Of(list, priorities));
    }
}
