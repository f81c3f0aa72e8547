using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Organizations;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Plans;

namespace PLService.Api.Features.Reports;

/// <summary>Puts reports of plans together.</summary>
internal sealed class PlanReports(PLServiceDbContext db, PlanProgressReader reader, Caller caller, TimeProvider clock)
{
    private const int UsualQuarters = 8;

    /// <summary>The report, or why there is none.</summary>
    public async Task<(GetPlansReport.Response? Report, JsonHttpResult<ApiProblem>? Refused)> MakeAsync(GetPlansReport.Request request, CancellationToken ct)
    {
        var (organization, refused) = await OrganizationAsync(request.OrganizationId, ct);
        if (organization is null)
            return (null, refused);

        var today = request.On ?? organization.Today(clock.GetUtcNow());
        var completed = request.Completed is true;
        PlanStatus[] statuses = completed ? [PlanStatus.Active, PlanStatus.Completed] : [PlanStatus.Active];
        var quarters = QuartersTo(today, request.Quarters ?? UsualQuarters);
        var byChild = request.By is PlanReportGrouping.Organization;
        var rows = await reader.ReadAsync(new(organization.Id, [.. statuses.Select(EnumText.Of)], byChild, request.On, quarters), ct);

        var report = new GetPlansReport.Response(
            new(organization.Id, organization.Kind, organization.Name), today, completed, PlanProgress.Of(rows.Figures, rows.Coverage),
            [.. quarters.Zip(rows.Quarters, (q, f) => new PlanQuarter(q.First, q.Last, f.Due, f.Done, f.StillOpen))]);
        return byChild ? Children(request, rows, report) : (report, null);
    }

    private static (GetPlansReport.Response? Report, JsonHttpResult<ApiProblem>? Refused) Children(
        GetPlansReport.Request request, PlanProgressRows rows, GetPlansReport.Response report)
    {
        var (figures, coverage) = (rows.Figures.ToLookup(f => f.Child), rows.Coverage.ToLookup(c => c.Child));
        // Of those that were closed, the ones that left plans behind.
        var children = rows.Children.FindAll(child => child.IsOpen || figures.Contains(child.Id));
        var start = 0;
        if (Cursor.TryDecode(request.Cursor, out var keys) && (start = children.FindIndex(child => child.Id == Guid.Parse(keys[1])) + 1) == 0)
            return (null, Problems.Invalid("?cursor", "cursor.unknown", "The organization at which the page before ended is not there any more; begin again."));
        var page = Page.Of(
            children.GetRange(start, Math.Min(request.Take + 1, children.Count - start)), request.Take, child => [child.Name, $"{child.Id}"],
            request.Count is true ? children.Count : null);
        var shown = page.Items.Select(child => new ChildPlanProgress(new(child.Id, child.Kind, child.Name), PlanProgress.Of(figures[child.Id], coverage[child.Id])));
        return (report with { Organizations = [.. shown], NextCursor = page.NextCursor, Count = page.Count }, null);
    }

    private async Task<(Organization? Organization, JsonHttpResult<ApiProblem>? Refused)> OrganizationAsync(Guid? wanted, CancellationToken ct)
    {
        if (wanted is null && caller.Roots is { Length: not 1 })
            return (null, Problems.Invalid("?organizationId", "value.required", "You reach several organizations that are not below each other: say which one."));
        var id = wanted ?? caller.OnlyRoot;
        var found = await db.ReachableOrganizations().AsNoTracking().Where(o => id == null ? o.ParentId == null : o.Id == id).Take(2).ToListAsync(ct);
        return found is [var only] ? (only, null)
            : id is null ? (null, Problems.Invalid("?organizationId", "value.required", "The tenant has not exactly one root: say which organization."))
            : (null, Problems.NotFound("organization"));
    }

    private static List<(DateOnly First, DateOnly Last)> QuartersTo(DateOnly day, int count)
    {
        var last = new DateOnly(day.Year, (((day.Month - 1) / 3) * 3) + 1, 1);
        return [.. Enumerable.Range(1 - count, count).Select(n => last.AddMonths(3 * n)).Select(first => (first, first.AddMonths(3).AddDays(-1)))];
    }
}
