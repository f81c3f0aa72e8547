using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.People;
using PLService.Api.Domain.Plans;
using PLService.Api.Domain.Teams;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Instruments;
using PLService.Api.Persistence.Plans;
using PLService.Api.Persistence.Priorities;
using PLService.Api.Persistence.Teams;

namespace PLService.Api.Features.Plans;

/// <summary>What a part of a plan has to fit: the caller, the other parts, people, standards and assessments that it names.</summary>
internal sealed class PlanPartCheck(
    PLServiceDbContext db, PlanReferences references, InstrumentVersions versions, AdoptedPriorities priorities, Leadership leadership, TeamMembership teams, Caller caller, TimeProvider clock)
{
    /// <summary>Why the part cannot be added or become so; null when it can.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="part">The part as it is; null for a new one.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="content">What it is to say.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<JsonHttpResult<ApiProblem>?> RefusesAsync(Plan plan, PlanPart? part, PlanPartKind kind, PartContent content, CancellationToken ct)
    {
        if (!await IsForAsync(plan, part, kind, content, ct))
            return PlanErrors.OwnPartsOnly.ToConflict();
        if (content is StepContent { Status: not StepStatus.Done, DoneOn: not null })
            return Problems.Invalid("/doneOn", "plan.not_done", "Only a step with status done was done on a day.");
        if (content is CycleContent { Decision: null, DecidedOn: not null })
            return Problems.Invalid("/decidedOn", "plan.not_decided", "Only a cycle with a decision was decided on a day.");
        var look = content.Look;
        if (look.ParentId is { } parent && parent != part?.ParentId
            && !await db.PlanParts.AnyAsync(p => p.PlanId == plan.Id && p.Id == parent && p.Kind == ParentOf(kind), ct))
            return PlanErrors.UnknownParent.ToConflict();
        if (look.OwnerPersonId is { } owner && owner != part?.OwnerPersonId
            && !await db.ReachablePeople().AnyAsync(p => p.Id == owner && p.Status == PersonStatus.Active, ct))
            return PlanErrors.UnknownOwner.ToConflict();
        if (look.OwnerTeamId is { } team && team != part?.OwnerTeamId
            && !await db.ReachableTeams(teams.EarliestToday).AnyAsync(t => t.Id == team && t.Status == TeamStatus.Active, ct))
            return PlanErrors.UnknownOwner.ToConflict();
        if (look.CauseAssessmentId is { } assessment && (assessment, look.CauseItem) != (part?.CauseAssessmentId, part?.CauseItem)
            && !await IsItemAsync(plan, assessment, look.CauseItem!, ct))
            return PlanErrors.UnknownCause.ToConflict();
        if (look.PriorityId is { } priority && priority != part?.PriorityId && !await priorities.HoldAsync(priority, plan.OrganizationId, ct))
            return PlanErrors.UnknownCause.ToConflict();
        if (content is NeedContent { SiteId: { } site } && !await db.OrganizationClosure.AnyAsync(c => c.AncestorId == plan.OrganizationId && c.DescendantId == site, ct))
            return PlanErrors.UnknownSite.ToConflict();
        return content is IServing serving ? await RefusesStandardsAsync(serving.Serves, ct) : null;
    }

    /// <summary>
    /// Whether the caller may do this to the part: those who lead where the plan is may do all, others write their own quick-writes and notes, and
    /// the steps that they, or a team that they are in today, see to.
    /// </summary>
    public async Task<bool> IsForAsync(Plan plan, PlanPart? part, PlanPartKind kind, PartContent? content, CancellationToken ct)
    {
        // What somebody wrote in their own name nobody else changes, whoever they are.
        if (kind is PlanPartKind.QuickWrite or PlanPartKind.ProgressNote && part is not null && content is not null)
            return part.PersonId == caller.PersonId;
        if (await leadership.HasAsync(Scopes.PlansWrite, plan.OrganizationId, ct))
            return true;
        return kind switch
        {
            PlanPartKind.QuickWrite => part is null || part.PersonId == caller.PersonId,
            PlanPartKind.ProgressNote => part is null
                ? await db.PlanParts.SingleOrDefaultAsync(p => p.PlanId == plan.Id && p.Id == content!.Look.ParentId, ct) is { } step && await SeesToAsync(step, ct)
                : part.PersonId == caller.PersonId,
            PlanPartKind.Step => part is not null && content is not null && await SeesToAsync(part, ct),
            _ => false,
        };
    }

    /// <summary>Fills in what follows from the rest: the day on which a step was done, and that it was not when it is taken up again.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="content">What the part is to say.</param>
    /// <param name="named">The fields that the caller names: what is said is not changed.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<PartContent> CompleteAsync(Plan plan, PartContent content, IReadOnlyCollection<string> named, CancellationToken ct) => content switch
    {
        StepContent { Status: StepStatus.Done, DoneOn: null } step => step with { DoneOn = await TodayAsync(plan, ct) },
        StepContent { Status: not StepStatus.Done, DoneOn: not null } step when !named.Contains("doneOn") => step with { DoneOn = null },
        CycleContent { Decision: not null, DecidedOn: null } cycle => cycle with { DecidedOn = await TodayAsync(plan, ct) },
        CycleContent { Decision: null, DecidedOn: not null } cycle when !named.Contains("decidedOn") => cycle with { DecidedOn = null },
        _ => content,
    };

    private async Task<DateOnly> TodayAsync(Plan plan, CancellationToken ct) => LocalDay.In(
        await db.Organizations.Where(o => o.Id == plan.OrganizationId).Select(o => o.TimeZone).SingleAsync(ct), clock.GetUtcNow());

    private async Task<bool> SeesToAsync(PlanPart step, CancellationToken ct) => caller.PersonId is { } me
        && (step.OwnerPersonId == me || (step.OwnerTeamId is { } team && await teams.IncludesAsync(team, me, ct)));

    private static PlanPartKind ParentOf(PlanPartKind kind) => kind switch
    {
        PlanPartKind.ProgressNote => PlanPartKind.Step,
        PlanPartKind.Measure => PlanPartKind.Cycle,
        _ => PlanPartKind.Strategy,
    };

    // A state's assessment can cause a district's step, and a school's one too; a neighbor's cannot.
    private async Task<bool> IsItemAsync(Plan plan, Guid assessment, string item, CancellationToken ct) =>
        await db.ReachableAssessments().AnyAsync(
            a => a.Id == assessment && db.OrganizationClosure.Any(c =>
                (c.AncestorId == a.OrganizationId && c.DescendantId == plan.OrganizationId) || (c.AncestorId == plan.OrganizationId && c.DescendantId == a.OrganizationId)), ct)
        && await versions.OfAssessmentAsync(assessment, ct) is { } version && version.Layout.Elements.Any(element => element.Item.Code == item);

    private async Task<JsonHttpResult<ApiProblem>?> RefusesStandardsAsync(IReadOnlyList<ServedStandard> serves, CancellationToken ct)
    {
        var unknown = await references.UnknownAsync(serves, ct);
        return unknown.Count == 0 ? null : Problems.Invalid([.. serves.Index().Where(at => unknown.Contains(at.Item)).Select(at => new ApiFault(
            $"/serves/{at.Index}", "plan.unknown_standard", $"There is no standard {at.Item.Code} in a framework {at.Item.Framework}."))]);
    }
}
