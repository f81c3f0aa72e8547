namespace PLService.Api.Domain.Frameworks.Case;

/// <summary>One comparison of a filter: <c>title~'reading'</c>.</summary>
/// <param name="Field">The member, or a member of one: <c>licenseURI.title</c>.</param>
/// <param name="Inner">The member within it; null for the member itself.</param>
/// <param name="Operator">One of <c>= != &gt; &gt;= &lt; &lt;= ~</c>.</param>
/// <param name="Value">What it is compared with.</param>
internal sealed record CaseComparison(CaseMember Field, string? Inner, string Operator, string Value);

/// <summary>
/// A filter of 1EdTech's REST bindings: comparisons joined by <c> AND </c> and <c> OR </c>, of which AND binds closer. Its value is a list of
/// alternatives, each a list of comparisons that must all hold.
/// </summary>
internal static class CaseFilter
{
    /// <summary>Longest filter, in characters.</summary>
    public const int MaxLength = 2000;

    private const int MaxComparisons = 20;
    private static readonly string[] Operators = ["!=", ">=", "<=", "=", ">", "<", "~"];
    private static readonly string[] InLinks = ["title", "identifier", "uri"];

    /// <returns>The alternatives; otherwise what is wrong with the filter.</returns>
    public static (IReadOnlyList<IReadOnlyList<CaseComparison>>? Alternatives, string? Fault) Read(string text, CaseShape shape)
    {
        if (text.Length > MaxLength)
            return (null, $"A filter may have {MaxLength} characters.");
        List<List<CaseComparison>> alternatives = [[]];
        for (var rest = text.Trim(); ;)
        {
            if (ReadComparison(ref rest, shape, out var fault) is not { } comparison)
                return (null, fault);
            alternatives[^1].Add(comparison);
            if (alternatives.Sum(all => all.Count) > MaxComparisons)
                return (null, $"A filter may have {MaxComparisons} comparisons.");
            if (rest.Length == 0)
                return (alternatives, null);
            if (Follows(ref rest, " OR "))
                alternatives.Add([]);
            else if (!Follows(ref rest, " AND "))
                return (null, $"After a comparison comes ' AND ' or ' OR '; found '{Instruments.FaultList.Shown(rest)}'.");
        }
    }

    private static CaseComparison? ReadComparison(ref string rest, CaseShape shape, out string? fault)
    {
        var end = rest.AsSpan().IndexOfAny("=!<>~");
        if (end <= 0)
        {
            fault = "A comparison is a field, one of = != > >= < <= ~ and a value in single quotes: title~'reading'.";
            return null;
        }

        var (name, inner) = rest[..end].Trim().Split('.', 2) is [var outer, var within] ? (outer, within) : (rest[..end].Trim(), null);
        var field = name == "CFPackageURI" ? new(name, CaseType.Link) : shape.Find(name);
        if (field is null || field.Type is CaseType.Extensions || (inner is null ? IsLink(field) : !IsLink(field) || !InLinks.Contains(inner)))
        {
            fault = $"There is no field {Instruments.FaultList.Shown(rest[..end].Trim())} to compare with.";
            return null;
        }

        var after = rest[end..];
        var sign = Array.Find(Operators, known => after.StartsWith(known, StringComparison.Ordinal));
        if (sign is null || !TryReadValue(after[sign.Length..].TrimStart(), out var value, out var left))
        {
            fault = $"After {name} comes one of = != > >= < <= ~ and a value in single quotes, one of the value itself written twice.";
            return null;
        }

        if (field.Type is CaseType.Time && CaseTimes.Time(value) is null)
        {
            fault = $"{name} is compared with a time such as '2026-10-31T15:00:00Z'.";
            return null;
        }

        (rest, fault) = (left, null);
        return new(field, inner, sign, value);
    }

    private static bool IsLink(CaseMember member) => member.Type is CaseType.Link or CaseType.Links;

    private static bool TryReadValue(string text, out string value, out string rest)
    {
        (value, rest) = ("", "");
        if (!text.StartsWith('\''))
            return false;
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] != '\'')
                continue;
            if (i + 1 < text.Length && text[i + 1] == '\'')
            {
                i++;
                continue;
            }

            (value, rest) = (text[1..i].Replace("''", "'", StringComparison.Ordinal), text[(i + 1)..]);
            return !value.Contains('\0', StringComparison.Ordinal);
        }

        return false;
    }

    private static bool Follows(ref string rest, string word)
    {
        if (!rest.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            return false;
        rest = rest[word.Length..];
        return true;
    }
}
