using PLService.Api.Persistence.Rollups;

namespace PLService.Api.Features.Reports;

/// <summary>What a list of children tells of one of them.</summary>
internal static class ChildRows
{
    public static GetChildrenReport.Row Of(RollupAnswer answer, RollupOrganization child, ReportView view)
    {
        var (organization, none) = (ReportOrganization.Of(child), view.Lens is null ? null : Array.Empty<GetChildrenReport.StandardShare>());
        if (answer.Round is not { } round || answer.FiguresOf(child.Id, round) is not { } figures)
            return new GetChildrenReport.Row(organization, answer.Round, null, 0, 0, [], none);
        if (answer.Withheld(child.Id, round) is { } withheld)
            return new GetChildrenReport.Row(organization, round, withheld, null, null, [], none);

        var axis = answer.Instrument.Versions[^1].Document.Axes[0].Code;
        var cells = ReportCells.Of(answer, figures, view).Select(c => c.Cell).Where(cell => cell.Axis == axis);
        var row = new GetChildrenReport.Row(organization, round, null, figures.Responses, figures.Organizations, []);
        return view.Lens is null
            ? row with { Sections = [.. cells.Select(cell => new GetChildrenReport.SectionShare(cell.Section!, cell.FavorableShare))] }
            : row with { Standards = [.. cells.Select(cell => new GetChildrenReport.StandardShare(cell.Standard!, cell.Scale!, cell.Match!.Value, cell.FavorableShare))] };
    }
}
