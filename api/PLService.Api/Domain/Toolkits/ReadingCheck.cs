using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Toolkits;

/// <summary>The part of <see cref="ToolkitCheck"/> that looks at readings.</summary>
internal static class ReadingCheck
{
    /// <summary>The motivations of the Web Annotation vocabulary (W3C Recommendation of 23 February 2017, appendix "Motivation").</summary>
    public static readonly IReadOnlySet<string> Motivations = new HashSet<string>(StringComparer.Ordinal)
    {
        "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying", "linking", "moderating", "questioning",
        "replying", "tagging",
    };

    public static void Check(FaultList faults, string at, ToolReading reading)
    {
        faults.CheckText($"{at}/title", reading.Title);
        if (reading.Link is { } link && (link.Length > ToolkitLimits.LinkLength || !Uri.TryCreate(link, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")))
            faults.Add($"{at}/link", FaultCodes.Format, "Not an absolute http or https address.");

        faults.CheckCount($"{at}/codes", "codes", reading.Codes.Count, 1, ToolkitLimits.CodesPerReading);
        faults.CheckUnique($"{at}/codes", "/sign", reading.Codes.Select(code => code.Sign));
        foreach (var (i, code) in reading.Codes.Index())
            CheckCode(faults, $"{at}/codes/{i}", code);
    }

    private static void CheckCode(FaultList faults, string at, ReadingCode code)
    {
        if (code.Sign.Length is 0 or > ToolkitLimits.SignLength || code.Sign.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            faults.Add($"{at}/sign", FaultCodes.Format, $"\"{FaultList.Shown(code.Sign)}\" is not a sign: 1 to {ToolkitLimits.SignLength} characters without blanks.");
        faults.CheckText($"{at}/label", code.Label);
        faults.CheckText($"{at}/meaning", code.Meaning);
        if (code.Motivation is { } motivation && !Motivations.Contains(motivation))
        {
            faults.Add($"{at}/motivation", FaultCodes.Unknown,
                $"\"{FaultList.Shown(motivation)}\" is not a motivation of the Web Annotation vocabulary: {string.Join(", ", Motivations)}.");
        }

        if (code.Collects is { } collects && !Enum.IsDefined(collects))
            faults.Add($"{at}/collects", FaultCodes.Format, "Write differences, or leave it out.");
    }
}
