using System.Text.RegularExpressions;

namespace PLService.Api.Domain.Instruments;

/// <summary>Whether an instrument document makes sense: what passes can be published, answered, packed and computed.</summary>
internal static partial class InstrumentCheck
{
    /// <summary>The faults in document order, at most <see cref="FaultList.Most"/>; none for a sound document.</summary>
    public static IReadOnlyList<Fault> Check(InstrumentDocument document)
    {
        var faults = new FaultList();

        // Readers refuse null members, but not null list elements or map values. Nothing below has to think of them.
        faults.CheckNulls(document, mayBeNull: "/marksPerParticipant");
        if (faults.Faults.Count > 0)
            return faults.Faults;

        CheckHead(faults, document);
        faults.CheckCount("/scales", "scales", document.Scales.Count, 1, InstrumentLimits.Scales);
        faults.CheckUnique("/scales", "/code", document.Scales.Select(scale => scale.Code));
        foreach (var (i, scale) in document.Scales.Index())
            ScaleCheck.Check(faults, $"/scales/{i}", scale);

        CheckAxes(faults, document);
        ItemCheck.CheckSections(faults, document);
        ThresholdCheck.Check(faults, document);
        return faults.Faults;
    }

    private static void CheckHead(FaultList faults, InstrumentDocument document)
    {
        if (!InstrumentCode().IsMatch(document.Code))
        {
            faults.Add("/code", FaultCodes.Format,
                $"\"{FaultList.Shown(document.Code)}\" is not an instrument code: "
                + "2 to 40 lower-case letters, digits or hyphens, a letter first.");
        }

        faults.CheckCode("/version", document.Version);
        faults.CheckText("/title", document.Title);
        faults.CheckText("/description", document.Description);
        faults.CheckWords("/source", document.Source, InstrumentLimits.NoteLength);
        if (document.Year is < 1900 or > 2100)
            faults.Add("/year", FaultCodes.OutOfRange, $"{document.Year} is not a year of publication; write 1900 to 2100.");

        faults.CheckWords("/licence", document.Licence, InstrumentLimits.NoteLength);
        faults.CheckText("/validityNote", document.ValidityNote);
        if (document.MarksPerParticipant is < 1 or > InstrumentLimits.Marks)
        {
            faults.Add("/marksPerParticipant", FaultCodes.OutOfRange,
                $"{document.MarksPerParticipant} marks; write 1 for ratings, up to {InstrumentLimits.Marks}, or null for no limit.");
        }
    }

    private static void CheckAxes(FaultList faults, InstrumentDocument document)
    {
        faults.CheckCount("/axes", "axes", document.Axes.Count, 1, InstrumentLimits.Axes);
        faults.CheckUnique("/axes", "/code", document.Axes.Select(axis => axis.Code));
        foreach (var (i, axis) in document.Axes.Index())
        {
            faults.CheckCode($"/axes/{i}/code", axis.Code);
            faults.CheckText($"/axes/{i}/title", axis.Title);
            if (document.Scales.All(scale => scale.Code != axis.Scale))
                faults.Add($"/axes/{i}/scale", FaultCodes.Unknown, NoScale(axis.Scale, document.Scales));
        }
    }

    internal static string NoScale(string code, IReadOnlyList<Scale> scales) =>
        $"No scale \"{FaultList.Shown(code)}\"; scales: {Listed(scales.Select(scale => scale.Code))}.";

    /// <summary>Codes to choose from, the first few of them.</summary>
    internal static string Listed(IEnumerable<string> codes)
    {
        var few = codes.Take(11).Select(FaultList.Shown).ToList();
        return few.Count > 10 ? string.Join(", ", few.Take(10)) + ", ..." : string.Join(", ", few);
    }

    [GeneratedRegex(@"^[a-z][a-z0-9-]{1,39}\z")]
    private static partial Regex InstrumentCode();
}
