using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Plans;
using PLService.Api.Domain.Priorities;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Priorities;

/// <summary>A priority with what plans do about it.</summary>
/// <param name="OrganizationId">Whose it is.</param>
/// <param name="AssessmentId">The assessment whose ratings it comes from.</param>
/// <param name="Instrument">Code of the instrument.</param>
/// <param name="Round">The assessment's round.</param>
/// <param name="Priority">The priority.</param>
/// <param name="Plans">The plans that act on it, among those that you reach.</param>
internal sealed record TracedPriorityResponse(
    Guid OrganizationId, Guid AssessmentId, string Instrument, string Round, PriorityResponse Priority, IReadOnlyList<ActingPlan> Plans)
{
    internal static readonly TracedPriorityResponse Sample = new(
        PriorityListResponse.Sample.OrganizationId,
        PriorityListResponse.Sample.AssessmentId,
        "plsr",
        "2026-fall",
        PriorityResponse.Sample with { Status = PriorityStatus.Adopted, AdoptedAt = PriorityListResponse.Sample.CreatedAt, Version = 2 },
        [new ActingPlan(
            Guid.Parse("01a2b3c4-0000-7000-8000-000000000400"), "Professional learning plan 2026-27", PlanStatus.Active, [],
            [new ActingStep(Guid.Parse("01a2b3c4-0000-7000-8000-000000000402"), StepStatus.InProgress)], new StepCounts(0, 1, 0, 0))]);

    public static TracedPriorityResponse Of(Priority priority, PriorityList list, IReadOnlyList<ActingPlan> plans) =>
        new(list.OrganizationId, list.AssessmentId, list.Instrument, list.Round, PriorityResponse.Of(priority, list.DotsWithheld), plans);
}

/// <summary>A plan that acts on a priority.</summary>
/// <param name="PlanId">The plan.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Strategies">Its strategies that refer to the priority.</param>
/// <param name="Steps">Its steps that refer to the priority, themselves or by their strategy.</param>
/// <param name="StepCounts">How far those steps are.</param>
internal sealed record ActingPlan(
    Guid PlanId, string Title, PlanStatus Status, IReadOnlyList<Guid> Strategies, IReadOnlyList<ActingStep> Steps, StepCounts StepCounts);

/// <summary>A step that acts on a priority.</summary>
/// <param name="Id">The step.</param>
/// <param name="Status">How far it is.</param>
internal sealed record ActingStep(Guid Id, StepStatus Status);

/// <summary>Finds the plans that act on priorities.</summary>
internal static class ActingPlans
{
    /// <summary>The plans by the priority that they act on.</summary>
    public static async Task<ILookup<Guid, ActingPlan>> OfAsync(PLServiceDbContext db, Guid[] priorities, CancellationToken ct)
    {
        // Once by what parts say themselves, once by what their strategies say of them: an index for each.
        var own =
            from plan in db.ReachablePlans()
            join part in db.PlanParts on plan.Id equals part.PlanId
            where part.PriorityId != null && priorities.Contains(part.PriorityId.Value)
            select new { Priority = part.PriorityId!.Value, PlanId = plan.Id, plan.Title, PlanStatus = plan.Status, part.Kind, part.Id, part.Status, part.Position };
        var byStrategy =
            from plan in db.ReachablePlans()
            join strategy in db.PlanParts on plan.Id equals strategy.PlanId
            join part in db.PlanParts on strategy.Id equals part.ParentId
            where strategy.PriorityId != null && priorities.Contains(strategy.PriorityId.Value) && part.Kind == PlanPartKind.Step && part.PriorityId == null
            select new { Priority = strategy.PriorityId!.Value, PlanId = plan.Id, plan.Title, PlanStatus = plan.Status, part.Kind, part.Id, part.Status, part.Position };
        var parts = await own.AsNoTracking().ToListAsync(ct);
        parts.AddRange(await byStrategy.AsNoTracking().ToListAsync(ct));

        return parts.GroupBy(part => (part.Priority, part.PlanId)).OrderBy(group => group.Key.PlanId).Select(group =>
        {
            var steps = group.Where(part => part.Kind is PlanPartKind.Step).OrderBy(part => part.Position).ThenBy(part => part.Id)
                .Select(part => new ActingStep(part.Id, EnumText.Parse<StepStatus>(part.Status!))).ToList();
            var plan = new ActingPlan(
                group.Key.PlanId, group.First().Title, group.First().PlanStatus, [.. group.Where(part => part.Kind is PlanPartKind.Strategy).Select(part => part.Id)],
                steps, StepCounts.Of([.. steps.Select(step => step.Status)]));
            return (group.Key.Priority, Plan: plan);
        }).ToLookup(one => one.Priority, one => one.Plan);
    }
}
