using System.Text.Json.Nodes;

namespace PLService.Api.Tests.Reports;

/// <summary>Figures of a report, reckoned from single ratings by the definitions of the field and by nothing of the service.</summary>
internal sealed record Reckoning(int N, int Organizations, int Assessments, List<string> Levels)
{
    private static readonly Dictionary<string, (double? Score, bool Favorable)> Known = new()
    {
        ["green"] = (2, true),
        ["yellow"] = (1, false),
        ["red"] = (0, false),
        ["unknown"] = (null, false),
        ["later"] = (1, false),
        ["soon"] = (2, false),
        ["now"] = (3, true),
    };

    private static readonly string[][] Scales = [["green", "yellow", "red", "unknown"], ["later", "soon", "now"]];

    /// <summary>What these assessments say of some items.</summary>
    public static Reckoning Of(IReadOnlyList<SurveyTree.Survey> surveys, Func<(string Item, string Axis), bool> cells)
    {
        var having = surveys.Where(survey => SurveyTree.Cells(survey.Edition).Any(cells)).ToList();
        var answers = having.SelectMany(survey => survey.Answers).ToList();
        return new(
            answers.Count,
            having.Select(survey => survey.Place.Id).Distinct().Count(),
            having.Count,
            [.. answers.SelectMany(answer => answer.Levels).Where(level => cells(level.Key)).Select(level => level.Value)]);
    }

    public double? FavorableShare => Scores.Count == 0 ? null : Levels.Count(level => Known[level].Favorable) / (double)Scores.Count;

    public double? Mean => Scores.Count == 0 ? null : Scores.Average();

    /// <summary>1 + sum of p log2(1 - |x - mean| / width), Tastle and Wierman 2007.</summary>
    public double? Consensus => Scores.Count == 0 ? null : 1 + Scores.GroupBy(score => score)
        .Sum(group => group.Count() / (double)Scores.Count * Math.Log2(1 - (Math.Abs(group.Key - Mean!.Value) / 2)));

    /// <summary>The instrument's thresholds: 70 % green is a strength, 40 % red a gap, both of the scored answers.</summary>
    public string? Finding => Share("green") >= 0.7 ? "strength" : Share("red") >= 0.4 ? "gap" : null;

    /// <summary>Fails where a cell of a report says something else.</summary>
    public void Check(JsonNode cell, bool hasFinding)
    {
        Assert.Equal(
            (N, Organizations, Assessments, Levels.Count),
            ((int)cell["n"]!, (int)cell["organizations"]!, (int)cell["assessments"]!, (int)cell["answered"]!));
        var scale = Scales.Single(scale => scale.Contains(Levels[0]));
        Assert.Equal(
            scale.Select(level => (level, Levels.Count(one => one == level))),
            cell["distribution"]!.AsArray().Select(level => ((string)level!["level"]!, (int)level["count"]!)));
        Assert.All(cell["distribution"]!.AsArray(), level => Assert.Equal((int)level!["count"]! / (double)Levels.Count, (double)level["share"]!, 6));
        Assert.Equal(FavorableShare!.Value, (double)cell["favorableShare"]!, 6);
        Assert.Equal(Mean!.Value, (double)cell["mean"]!, 6);
        Assert.Equal(Consensus!.Value, (double)cell["consensus"]!, 6);
        Assert.Equal(hasFinding ? Finding : null, (string?)cell["finding"]);
    }

    private List<double> Scores => [.. Levels.Select(level => Known[level].Score).OfType<double>()];

    private double Share(string level) => Levels.Count(one => one == level) / (double)Scores.Count;
}
