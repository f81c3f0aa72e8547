using System.Globalization;

namespace PLService.Bench.Figures;

/// <summary>One line of the table.</summary>
internal sealed record Row(
    string Id, string Work, string Ours, string Bare, string Limit, string Ratio, string AtLeast, string Verdict, string Aim, string AimVerdict);

/// <summary>Figures for people.</summary>
internal static class Shown
{
    public const string Nothing = "–";

    public static string Number(double? value, string unit = "") => value is not { } number ? Nothing
        : (number >= 1_000 ? number.ToString("#,0", CultureInfo.InvariantCulture)
            : number >= 100 ? number.ToString("0", CultureInfo.InvariantCulture)
            : number.ToString("0.##", CultureInfo.InvariantCulture)) + (unit.Length > 0 ? " " + unit : "");

    public static string Ratio(double? ratio) => ratio is { } number ? number.ToString("0.00", CultureInfo.InvariantCulture) + "x" : Nothing;

    /// <summary>What a target came to; a figure that is not there reaches nothing and misses nothing.</summary>
    public static string Verdict(bool? reached) => reached switch { true => "reached", false => "**missed**", null => "not measured" };
}
