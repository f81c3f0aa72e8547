using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence.Plans;

namespace PLService.Api.Features.Reports;

/// <summary>Puts reports of plans together.</summary>
internal sealed class PlanReports(PlanProgressReader reader, Caller caller)
{
    private const int UsualQuarters = 8;

    /// <summary>The report, or why there is none.</summary>
    public async Task<(GetPlansReport.Response? Report, JsonHttpResult<ApiProblem>? Refused)> MakeAsync(GetPlansReport.Request request, CancellationToken ct)
    {
        if (request.OrganizationId is null && caller.Roots is { Length: not 1 })
            return (null, Problems.Invalid("?organizationId", "value.required", "You reach several organizations that are not below each other: say which one."));

        var completed = request.Completed is true;
        PlanStatus[] statuses = completed ? [PlanStatus.Active, PlanStatus.Completed] : [PlanStatus.Active];
        var rows = await reader.ReadAsync(new(request.OrganizationId, statuses, request.On, request.Quarters ?? UsualQuarters), ct);
        if (rows.Organization is not { } organization)
        {
            return (null, (request.OrganizationId ?? caller.OnlyRoot) is null
                ? Problems.Invalid("?organizationId", "value.required", "The tenant has not exactly one root: say which organization.")
                : Problems.NotFound("organization"));
        }

        var report = new GetPlansReport.Response(
            new(organization.Id, organization.Kind, organization.Name), rows.Today, completed, PlanProgress.Of(rows.Figures, rows.Coverage),
            [.. rows.Quarters.Select(quarter => new PlanQuarter(quarter.First, quarter.Last, quarter.Due, quarter.Done, quarter.StillOpen))]);
        return request.By is PlanReportGrouping.Organization ? Children(request, rows, report) : (report, null);
    }

    private static (GetPlansReport.Response? Report, JsonHttpResult<ApiProblem>? Refused) Children(
        GetPlansReport.Request request, PlanProgressRows rows, GetPlansReport.Response report)
    {
        var (figures, coverage) = (rows.Figures.ToLookup(f => f.Child), rows.Coverage.ToLookup(c => c.Child));
        // Of those that were closed, the ones that left plans behind.
        var children = rows.Children.Where(child => child.IsOpen || figures[child.Id].Any()).ToList();
        var start = 0;
        if (Cursor.TryDecode(request.Cursor, out var keys) && (start = children.FindIndex(child => child.Id == Guid.Parse(keys[1])) + 1) == 0)
            return (null, Problems.Invalid("?cursor", "cursor.unknown", "The organization at which the page before ended is not there any more; begin again."));
        var page = Page.Of(
            children.GetRange(start, Math.Min(request.Take + 1, children.Count - start)), request.Take, child => [child.Name, $"{child.Id}"],
            request.Count is true ? children.Count : null);
        var shown = page.Items.Select(child => new ChildPlanProgress(new(child.Id, child.Kind, child.Name), PlanProgress.Of(figures[child.Id], coverage[child.Id])));
        return (report with { Organizations = [.. shown], NextCursor = page.NextCursor, Count = page.Count }, null);
    }
}
