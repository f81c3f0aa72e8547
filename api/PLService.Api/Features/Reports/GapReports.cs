using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Plans;
using PLService.Api.Domain.Priorities;
using PLService.Api.Domain.Results;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Plans;
using PLService.Api.Persistence.Rollups;

namespace PLService.Api.Features.Reports;

/// <summary>Puts reports of gaps together: figures from roll-ups, and what plans do about them.</summary>
internal sealed class GapReports(PLServiceDbContext db, PlanActions actions)
{
    /// <summary>The two rounds that are held against each other: those that are named, else the last two.</summary>
    private static (RollupRound? From, RollupRound? To, JsonHttpResult<ApiProblem>? Refused) RoundsOf(RollupAnswer answer, string? from, string? to)
    {
        var rounds = answer.RoundsOf(answer.Rows.Path[^1].Id).ToList();
        if ((from ?? to) is not null && !new[] { from, to }.OfType<string>().All(label => rounds.Exists(round => round.Label == label)))
            return (null, null, Problems.NotFound("round"));
        var last = to is null ? rounds.Count - 1 : rounds.FindIndex(round => round.Label == to);
        var first = from is null ? last - 1 : rounds.FindIndex(round => round.Label == from);
        return first >= last && last >= 0
            ? (null, null, Problems.Invalid("?from", "report.rounds_reversed", "The round of from began after that of to, or is the same."))
            : (rounds.ElementAtOrDefault(first), rounds.ElementAtOrDefault(last), null);
    }

    /// <summary>The report with a row per item.</summary>
    public async Task<(GetGapsReport.Response? Report, JsonHttpResult<ApiProblem>? Refused)> ByItemAsync(GetGapsReport.Request request, RollupAnswer answer, CancellationToken ct)
    {
        var (from, to, wrong) = RoundsOf(answer, request.From, request.To);
        if (wrong is not null)
            return (null, wrong);
        if (to is null)
            return (Report(request, answer, null, null) with { Items = [] }, null);
        var compared = answer.WorkOut((nameof(ByItemAsync), from?.Label, to.Label), () => GapComparison.Of(answer).Compare(answer.Rows.Path[^1].Id, from?.Label, to.Label));
        var items = await ItemsAsync(answer, compared, from, to, ct);
        var actedOn = compared.Zip(items).Where(pair => pair.First.IsGap && pair.Second.ActedOn).ToList();
        var counts = GapComparison.CountsOf(compared) with { ActedOn = actedOn.Count, ClosedAndActedOn = actedOn.Count(pair => pair.First.Change is GapChange.Closed) };
        return (Report(request, answer, from, to) with { Items = items, Counts = counts }, null);
    }

    /// <summary>The report with a row per organization below.</summary>
    public async Task<(GetGapsReport.Response? Report, JsonHttpResult<ApiProblem>? Refused)> ByOrganizationAsync(
        GetGapsReport.Request request, RollupAnswer answer, ReportDesk desk, CancellationToken ct)
    {
        var (from, to, wrong) = RoundsOf(answer, request.From, request.To);
        if (wrong is not null)
            return (null, wrong);
        var label = to?.Label ?? "";
        var question = answer.Question with { Scope = RollupScope.Below, OrganizationId = request.OrganizationId, Round = label, OtherRound = from?.Label ?? label, Kind = request.Kind };
        var (below, refused) = await desk.AskAsync(question, ct);
        if (refused is not null)
            return (null, refused);

        var organizations = await OrganizationsAsync(below, from?.Label, label, ct);
        var start = 0;
        if (Cursor.TryDecode(request.Cursor, out var keys) && (start = organizations.FindIndex(one => one.Organization.Id == Guid.Parse(keys[1])) + 1) == 0)
            return (null, Problems.Invalid("?cursor", "cursor.unknown", "The organization at which the page before ended is not there any more; begin again."));
        var page = Page.Of(
            organizations.GetRange(start, Math.Min(request.Take + 1, organizations.Count - start)), request.Take, one => [one.Organization.Name, $"{one.Organization.Id}"],
            request.Count is true ? organizations.Count : null);
        var compared = organizations.FindAll(one => one.Counts is not null);
        var withheld = WithheldFigures.Of(organizations.Select(one => one.Withheld));
        return (Report(request, answer, from, to) with
        {
            Counts = compared.Aggregate(GapCounts.None, (sum, one) => sum + one.Counts!),
            Coverage = new GapCoverage(organizations.Count, compared.Count, organizations.Count - compared.Count - withheld.Count, withheld),
            Organizations = page.Items,
            NextCursor = page.NextCursor,
            Count = page.Count,
        }, null);
    }

    private static GetGapsReport.Response Report(GetGapsReport.Request request, RollupAnswer answer, RollupRound? from, RollupRound? to)
    {
        var organization = answer.Rows.Path[^1];
        GapRound? Shown(RollupRound? round) => round is null ? null : new GapRound(
            round.Label, round.FirstOpenedAt, answer.Withheld(organization.Id, round.Label),
            answer.Withheld(organization.Id, round.Label) is null ? answer.FiguresOf(organization.Id, round.Label)?.Responses : null);
        return new GetGapsReport.Response(
            request.Instrument, ReportOrganization.Of(organization), request.By ?? GapGrouping.Item, answer.Rows.Minimum, Shown(from), Shown(to), GapCounts.None);
    }

    /// <summary>The items of the organization itself.</summary>
    private async Task<List<GapItem>> ItemsAsync(RollupAnswer answer, List<ComparedItem> compared, RollupRound? from, RollupRound to, CancellationToken ct)
    {
        var (organization, instrument) = (answer.Rows.Path[^1].Id, answer.Question.Instrument);
        var acting = await actions.OfAsync(organization, instrument, PlanPeriod.Between(from?.FirstOpenedAt, to.FirstOpenedAt), ct);
        var priorities = await PrioritiesAsync(organization, instrument, (from ?? to).Label, [.. acting.Select(part => part.PriorityId).OfType<Guid>().Distinct()], ct);
        var parts = acting.ToLookup(part => part.Item, StringComparer.OrdinalIgnoreCase);
        return compared.ConvertAll(item => Row(item, [.. parts[item.Element.Element.Item.Code].DistinctBy(part => part.Id)], priorities));
    }

    /// <summary>The organizations below, each with its counts.</summary>
    private async Task<List<GapOrganization>> OrganizationsAsync(RollupAnswer below, string? from, string to, CancellationToken ct)
    {
        var compared = below.WorkOut((nameof(OrganizationsAsync), from, to), () => ComparedBelow.Of(below, from, to));
        var plans = (await actions.BelowAsync(below.Rows.Path[^1].Id, below.Question.Kind, ct)).ToLookup(plan => plan.OrganizationId);
        return [.. compared.Select(one => one.With([.. plans[one.Organization.Id]]))];
    }

    private async Task<List<(Guid Id, Guid ListId, PriorityStatus Status, string[] Items)>> PrioritiesAsync(
        Guid organization, string instrument, string round, Guid[] named, CancellationToken ct)
    {
        var found = await (
            from priority in db.Priorities.AsNoTracking()
            join list in db.PriorityLists on priority.ListId equals list.Id
            where (priority.OrganizationId == organization && priority.Instrument == instrument && list.Round == round && priority.Status != PriorityStatus.Dropped)
                || named.Contains(priority.Id)
            orderby priority.Id
            select new { priority.Id, priority.ListId, priority.Status, priority.Items }).ToListAsync(ct);
        return found.ConvertAll(priority => (priority.Id, priority.ListId, priority.Status, priority.Items));
    }

    private static GapItem Row(
        ComparedItem compared, List<ActingPart> parts, List<(Guid Id, Guid ListId, PriorityStatus Status, string[] Items)> priorities)
    {
        var element = compared.Element.Element;
        var steps = parts.Where(part => part.Step is not null).Select(part => new GapStep(part.PlanId, part.Id, part.Step!.Value, part.PriorityId)).ToList();
        var strategies = parts.Where(part => part.Step is null).Select(part => new GapStrategy(part.PlanId, part.Id, part.PriorityId)).ToList();
        return new GapItem(
            element.Section.Code,
            element.Item.Code,
            element.Item.Text.ToString(),
            compared.Then,
            compared.Now,
            compared.LevelsChanged,
            compared.Change is null ? null : SixDecimals.Of(compared.Now!.FavorableShare - compared.Then!.FavorableShare),
            compared.Change,
            strategies.Count > 0 || steps.Exists(step => step.Status is not StepStatus.Dropped),
            [.. priorities.Where(p => p.Items.Contains(element.Item.Code, StringComparer.OrdinalIgnoreCase)).Select(p => new GapPriority(p.Id, p.ListId, p.Status))],
            strategies,
            steps,
            StepCounts.Of([.. steps.Select(step => step.Status)]));
    }
}
