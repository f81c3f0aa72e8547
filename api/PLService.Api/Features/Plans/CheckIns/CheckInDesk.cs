using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Features.Plans.Charts;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Plans;

namespace PLService.Api.Features.Plans.CheckIns;

/// <summary>Holds check-ins and undoes them, each in one change of the locked plan.</summary>
internal sealed class CheckInDesk(PLServiceDbContext db, PlanDesk desk, PlanWriter writer, ChartDesk charts, Caller caller, AuditTrail audit)
{
    /// <summary>Closes a column, or says why it cannot.</summary>
    public async Task<(CheckIn? CheckIn, JsonHttpResult<ApiProblem>? Refused)> HoldAsync(Guid planId, CreateCheckIn.Request request, CancellationToken ct)
    {
        var (plan, refused) = await FindActiveAsync(planId, ct);
        if (plan is null)
            return (null, refused);
        var parts = await charts.PartsOf(planId).ToListAsync(ct);
        var source = await charts.SourceAsync(plan, parts, ct);
        var today = await charts.TodayAsync(plan.OrganizationId, ct);
        if (CheckIn.Refuses(source.Plan, [.. source.CheckIns.Select(held => held.Mark)], request.Mark, today, request.Early) is { } wrong)
            return (null, wrong.ToConflict());
        var column = source.Calendar.Marks.Index().Single(at => at.Item == request.Mark).Index;
        var (outcomes, faults) = CarryOver.Decide(source.Calendar, column, source.Steps, request.Steps, today);
        if (faults.Count > 0)
            return (null, faults[0].Error.ToConflict([.. faults.Select(fault => new ApiFault($"/steps/{fault.Place}", fault.Error.Code, fault.Error.Message))]));

        var isEarly = today < source.Calendar.LastDayOf(column);
        var held = new HeldCheckIn(Guid.CreateVersion7(), request.Mark, today, isEarly ? request.EarlyReason : null, request.Alone(), outcomes);
        var checkIn = CheckIn.Create(planId, plan.Version + 1, held, caller.PersonId, caller.ApiClientId);
        checkIn.Keep(AsItStands(source, held));
        db.Add(checkIn);
        // Where no step is left to carry, the plan goes on to another version all the same: its chart shows a column closed.
        db.Touch(plan);
        var byId = parts.ToDictionary(part => part.Id);
        foreach (var outcome in outcomes)
            writer.Change(plan, byId[outcome.StepId], outcome.Apply(PlanJson.Read<StepContent>(byId[outcome.StepId].Content)), carriedOver: outcome.Fate is StepFate.CarriedOver);
        audit.Record("checkIn.created", checkIn.Id, plan.OrganizationId, new { planId, checkIn.Mark, isEarly, steps = outcomes.CountBy(outcome => EnumText.Of(outcome.Fate)).ToDictionary() });
        return await desk.SaveAsync(plan, ct) is { } taken ? (null, taken) : (checkIn, null);
    }

    /// <summary>Says in other words what was said at a check-in.</summary>
    public async Task<(CheckIn? CheckIn, JsonHttpResult<ApiProblem>? Refused)> RewordAsync(
        Guid planId, Guid checkInId, MergePatch<CheckInContent> patch, IfMatch ifMatch, CancellationToken ct)
    {
        var (plan, refused) = await desk.FindForLeadingAsync(planId, ct);
        if (plan is null)
            return (null, refused);
        if (plan.Status is not (PlanStatus.Draft or PlanStatus.Active))
            return (null, PlanErrors.NotEditable.ToConflict());
        if (await FindAsync(planId, checkInId, ct) is not { } checkIn)
            return (null, Problems.NotFound("check_in"));
        if (ifMatch.Refuses(checkIn.Version) is { } stale)
            return (null, stale);
        var (wanted, invalid) = patch.Apply(checkIn.Said());
        if (wanted is null)
            return (null, invalid);

        if (wanted == checkIn.Said())
            return (checkIn, null);
        checkIn.Become(wanted);
        // The chart shows the words.
        db.Touch(plan);
        audit.Record("checkIn.changed", checkIn.Id, plan.OrganizationId, new { planId, fields = patch.Members });
        await db.SaveChangesAsync(ct);
        return (checkIn, null);
    }

    /// <summary>Undoes the latest check-in, or says why it cannot; null when it is gone.</summary>
    public async Task<JsonHttpResult<ApiProblem>?> UndoAsync(Guid planId, Guid checkInId, IfMatch ifMatch, CancellationToken ct)
    {
        var (plan, refused) = await FindActiveAsync(planId, ct);
        if (plan is null)
            return refused;
        if (await FindAsync(planId, checkInId, ct) is not { } checkIn)
            return Problems.NotFound("check_in");
        if (ifMatch.Refuses(checkIn.Version) is { } stale)
            return stale;
        if (await db.CheckIns.AnyAsync(other => other.PlanId == planId && other.Mark > checkIn.Mark, ct))
            return CheckInErrors.NotLatest.ToConflict();

        var outcomes = checkIn.Decided();
        var ids = outcomes.Select(outcome => outcome.StepId).ToArray();
        var steps = await db.PlanParts.Where(part => part.PlanId == planId && ids.Contains(part.Id)).ToDictionaryAsync(part => part.Id, ct);
        var before = outcomes.Select(outcome => steps.TryGetValue(outcome.StepId, out var step) ? outcome.TakeBack(PlanJson.Read<StepContent>(step.Content)) : null).ToList();
        if (before.Contains(null))
        {
            return CheckInErrors.ChangedSince.ToConflict(
                [.. before.Index().Where(at => at.Item is null).Select(at => new ApiFault($"/steps/{at.Index}", CheckInErrors.ChangedSince.Code, outcomes[at.Index].Title))]);
        }

        foreach (var (outcome, content) in outcomes.Zip(before))
            writer.Change(plan, steps[outcome.StepId], content!, carriedOver: outcome.Fate is StepFate.CarriedOver, undoes: checkIn.PlanVersion);
        db.Remove(checkIn);
        db.Touch(plan);
        audit.Record("checkIn.deleted", checkIn.Id, plan.OrganizationId, new { planId, checkIn.Mark });
        return await desk.SaveAsync(plan, ct);
    }

    /// <summary>A check-in as it is answered, with the name of who held it.</summary>
    public async Task<CheckInResponse> ResponseAsync(CheckIn checkIn, CancellationToken ct) => Response(CheckInRow.Of(checkIn), await db.NamesOfAsync([checkIn.PersonId], ct));

    /// <summary>A check-in as it is answered.</summary>
    public static CheckInResponse Response(CheckInRow row, IReadOnlyDictionary<Guid, string> names) => PlanJson.Read<CheckInResponse>(row.Content) with
    {
        Id = row.Id,
        PlanId = row.PlanId,
        Mark = row.Mark,
        HeldOn = row.HeldOn,
        EarlyReason = row.EarlyReason,
        Steps = PlanJson.Read<IReadOnlyList<StepOutcome>>(row.Outcomes),
        PlanVersion = row.PlanVersion,
        PersonId = row.PersonId,
        PersonName = row.PersonId is { } person ? names.GetValueOrDefault(person) : null,
        ApiClientId = row.ApiClientId,
        CreatedAt = row.CreatedAt,
        UpdatedAt = row.UpdatedAt,
        Version = row.Version,
    };

    private Task<CheckIn?> FindAsync(Guid planId, Guid checkInId, CancellationToken ct) =>
        db.CheckIns.SingleOrDefaultAsync(checkIn => checkIn.PlanId == planId && checkIn.Id == checkInId, ct);

    private async Task<(Plan? Plan, JsonHttpResult<ApiProblem>? Refused)> FindActiveAsync(Guid planId, CancellationToken ct)
    {
        var (plan, refused) = await desk.FindForLeadingAsync(planId, ct);
        return plan is null or { Status: PlanStatus.Active } ? (plan, refused) : (null, CheckInErrors.PlanNotActive.ToConflict());
    }

    // What was not finished stands where it was due, with what was decided: only the live chart shows it in its new column.
    private static PlanChart AsItStands(ChartSource source, HeldCheckIn held)
    {
        var ended = held.Outcomes.Where(outcome => outcome.Fate is not StepFate.CarriedOver).ToDictionary(outcome => outcome.StepId);
        return ChartMaker.Make(source with
        {
            CheckIns = [.. source.CheckIns, held],
            Steps = [.. source.Steps.Select(step => ended.TryGetValue(step.Id, out var outcome) ? step with { Content = outcome.Apply(step.Content) } : step)],
        });
    }
}
