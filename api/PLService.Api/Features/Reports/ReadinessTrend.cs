using PLService.Api.Persistence.Rollups;

namespace PLService.Api.Features.Reports;

/// <summary>Rounds in their order, each with what changed.</summary>
internal static class ReadinessTrend
{
    /// <param name="answer">Roll-ups of all rounds, so that a change can be told also when one round alone is wanted.</param>
    /// <param name="view">What a cell is.</param>
    /// <param name="only">The round that is wanted; null for all.</param>
    public static GetReadinessReport.Response Of(RollupAnswer answer, ReportView view, string? only)
    {
        var organization = answer.Rows.Path[^1];
        var rounds = new List<GetReadinessReport.Round>();
        var versions = new HashSet<int>();
        var before = new Dictionary<string, double?>();
        foreach (var round in answer.RoundsOf(organization.Id))
        {
            var (report, shares) = RoundOf(answer, organization.Id, round, view, before);
            before = shares;
            if (only is not null && only != round.Label)
                continue;
            rounds.Add(report);
            versions.UnionWith(round.Versions);
        }

        var labels = answer.Instrument.Versions.Select(version => version.Document.Version).ToList();
        return new GetReadinessReport.Response(
            answer.Question.Instrument,
            ReportOrganization.Of(organization),
            view.By,
            answer.Question.Role.Length == 0 ? null : answer.Question.Role,
            answer.Rows.Minimum,
            [.. versions.Order().Select(version => labels[version])],
            [.. answer.Instrument.Unmerged.Select(one => new UnmergedItem(
                one.Element.Item.Code, one.Element.Axis.Code, [.. one.Versions.Select(version => labels[version])]))],
            rounds,
            WithheldFigures.Of(rounds.Select(round => round.Withheld)),
            view.Lens?.Coverage);
    }

    /// <summary>A round, and the favorable share of each of its cells for the next round to be compared with.</summary>
    private static (GetReadinessReport.Round Round, Dictionary<string, double?> Shares) RoundOf(
        RollupAnswer answer, Guid organizationId, RollupRound round, ReportView view, Dictionary<string, double?> before)
    {
        if (answer.Withheld(organizationId, round.Label) is { } withheld)
            return (new GetReadinessReport.Round(round.Label, round.FirstOpenedAt, withheld, null, null, null, []), []);

        // Nobody had the role that was asked for.
        if (answer.FiguresOf(organizationId, round.Label) is not { } figures)
            return (new GetReadinessReport.Round(round.Label, round.FirstOpenedAt, null, 0, 0, 0, []), []);

        var cells = ReportCells.Of(answer, figures, view).ToList();
        return (
            new GetReadinessReport.Round(
                round.Label,
                round.FirstOpenedAt,
                null,
                figures.Responses,
                figures.Organizations,
                figures.Assessments,
                cells.ConvertAll(c => c.Cell.ChangedFrom(before.GetValueOrDefault(c.Key)))),
            cells.ToDictionary(c => c.Key, c => c.Cell.FavorableShare));
    }
}
