using System.Globalization;

namespace PLService.Bench.Figures;

/// <summary>One line of the table; what is not set has no figure.</summary>
internal sealed record Row(string Id, string Work)
{
    public string Ours { get; init; } = Shown.Nothing;
    public string Bare { get; init; } = Shown.Nothing;
    public string Limit { get; init; } = Shown.Nothing;
    public string Ratio { get; init; } = Shown.Nothing;
    public string AtLeast { get; init; } = Shown.Nothing;
    public string Verdict { get; init; } = Shown.Nothing;
    public string Aim { get; init; } = Shown.Nothing;
    public string AimVerdict { get; init; } = Shown.Nothing;

    public string Markdown() => $"| {string.Join(" | ", Id, Work, Ours, Bare, Limit, Ratio, AtLeast, Verdict, Aim, AimVerdict)} |";
}

/// <summary>Figures for people.</summary>
internal static class Shown
{
    public const string Nothing = "–";

    public static string Number(double? value, string unit = "") => value is not { } number ? Nothing
        : (number >= 1_000 ? number.ToString("#,0", CultureInfo.InvariantCulture)
            : number >= 100 ? number.ToString("0", CultureInfo.InvariantCulture)
            : number.ToString("0.##", CultureInfo.InvariantCulture)) + (unit.Length > 0 ? " " + unit : "");

    public static string Ratio(double? ratio) =>
        ratio is { } number ? number.ToString("0.00", CultureInfo.InvariantCulture) + "x" : Nothing;

    /// <summary>The ratios that there are, each with what it is of.</summary>
    public static string Ratios(params (double? Ratio, string Of)[] ratios) =>
        ratios.Any(r => r.Ratio is not null)
            ? string.Join("; ", ratios.Where(r => r.Ratio is not null).Select(r => $"{Ratio(r.Ratio)} {r.Of}"))
            : Nothing;

    /// <summary>What a target came to; a figure that is not there reaches nothing and misses nothing.</summary>
    public static string Verdict(bool? reached) => reached switch { true => "reached", false => "**missed**", null => "not measured" };
}
