using System.Text.Json;
using System.Text.Json.Nodes;

namespace PLService.Api.Domain.Instruments;

/// <summary>One thing that is wrong with a document.</summary>
/// <param name="Pointer">JSON Pointer (RFC 6901) to the place; empty for the whole document.</param>
/// <param name="Code">Kind of fault, one of <see cref="FaultCodes"/>; stable.</param>
/// <param name="Detail">What was found and what would be right, for people.</param>
internal sealed record Fault(string Pointer, string Code, string Detail);

/// <summary>Kinds of faults in a document.</summary>
internal static class FaultCodes
{
    public const string Missing = "missing";
    public const string Format = "format";
    public const string TooLong = "too_long";
    public const string TooMany = "too_many";
    public const string TooFew = "too_few";
    public const string Duplicate = "duplicate";
    public const string Unknown = "unknown_reference";
    public const string OutOfRange = "out_of_range";
    public const string Inconsistent = "inconsistent";
}

/// <summary>Faults as they are found, and the checks that every part of a document shares.</summary>
internal sealed partial class FaultList
{
    /// <summary>Enough to mend a document by; a thoroughly broken one does not get a report larger than itself.</summary>
    public const int Most = 200;

    private readonly List<Fault> faults = [];

    public IReadOnlyList<Fault> Faults => faults;

    public void Add(string pointer, string code, string detail)
    {
        if (faults.Count < Most)
            faults.Add(new Fault(pointer, code, detail));
    }

    /// <summary>Null list elements and map values, which readers let pass: what is checked afterwards need not think of them.</summary>
    public void CheckNulls<T>(T document, string? mayBeNull = null) =>
        CheckNulls("", JsonSerializer.SerializeToNode(document, InstrumentJson.Options)!, mayBeNull);

    private void CheckNulls(string pointer, JsonNode node, string? mayBeNull)
    {
        IEnumerable<(string Token, JsonNode? Value)> children = node switch
        {
            JsonObject members => members.Select(member => (Escaped(member.Key), member.Value)),
            JsonArray elements => elements.Select((element, i) => ($"{i}", element)),
            _ => [],
        };
        foreach (var (token, value) in children)
        {
            var place = $"{pointer}/{token}";
            if (value is not null)
                CheckNulls(place, value, mayBeNull);
            else if (place != mayBeNull)
                Add(place, FaultCodes.Missing, "Found null; write a value or leave it out.");
        }
    }

    /// <summary>A code of a scale, level, axis, section, item, role or standard.</summary>
    public void CheckCode(string pointer, string code)
    {
        if (!CodePattern().IsMatch(code))
        {
            Add(pointer, FaultCodes.Format,
                $"\"{Shown(code)}\" is not a code: 1 to 40 letters, digits, dots, hyphens or underscores, a letter or digit first.");
        }
    }

    /// <summary>Codes that must differ, in any case, because files name them in any case.</summary>
    public void CheckUnique(string listPointer, string member, IEnumerable<string> codes)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (i, code) in codes.Index())
        {
            if (!seen.Add(code))
            {
                Add($"{listPointer}/{i}{member}", FaultCodes.Duplicate,
                    $"\"{Shown(code)}\" stands in this list twice; upper and lower case count as the same.");
            }
        }
    }

    public void CheckCount(string pointer, string what, int count, int least, int most)
    {
        if (count < least)
            Add(pointer, FaultCodes.TooFew, $"{count} {what}; at least {least} needed.");
        else if (count > most)
            Add(pointer, FaultCodes.TooMany, $"{count} {what}; at most {most} allowed.");
    }

    public void CheckText(string pointer, Text? text, int most = InstrumentLimits.TextLength)
    {
        if (text is null)
            return;

        if (!text.ContainsKey(Text.Required))
            Add(pointer, FaultCodes.Missing, "No English wording; add a member \"en\".");

        CheckCount(pointer, "languages", text.Count, 0, InstrumentLimits.Languages);
        foreach (var (tag, wording) in text)
        {
            var place = $"{pointer}/{Escaped(tag)}";
            if (!LanguageTag().IsMatch(tag))
                Add(place, FaultCodes.Format, $"\"{Shown(tag)}\" is not a language tag; write one such as \"en\", \"es\" or \"pt-BR\".");

            if (string.IsNullOrWhiteSpace(wording))
                Add(place, FaultCodes.Missing, "The wording is blank; write it or leave the language out.");
            else
                CheckWords(place, wording, most);
        }

        if (text.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count() < text.Count)
            Add(pointer, FaultCodes.Duplicate, "A language tag stands twice; upper and lower case count as the same.");
    }

    /// <summary>Length and characters; NUL and half surrogates cannot be stored, other control characters are slips of the pen.</summary>
    public void CheckWords(string pointer, string? words, int most)
    {
        if (words is null)
            return;

        if (words.Length > most)
            Add(pointer, FaultCodes.TooLong, $"{words.Length} characters; at most {most} allowed.");

        if (words.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))
            || words.EnumerateRunes().Any(rune => rune.Value == 0xFFFD))
            Add(pointer, FaultCodes.Format, "Contains control or broken characters; remove them.");
    }

    /// <summary>A value for a detail: short and in one line.</summary>
    public static string Shown(string value) =>
        value.Length <= 60 ? value.ReplaceLineEndings(" ") : value[..60].ReplaceLineEndings(" ") + "...";

    /// <summary>One token of a JSON Pointer.</summary>
    public static string Escaped(string token) =>
        token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    [System.Text.RegularExpressions.GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}\z")]
    private static partial System.Text.RegularExpressions.Regex CodePattern();

    [System.Text.RegularExpressions.GeneratedRegex(@"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}\z")]
    private static partial System.Text.RegularExpressions.Regex LanguageTag();
}
