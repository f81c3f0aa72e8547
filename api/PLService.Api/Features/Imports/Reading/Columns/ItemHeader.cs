using System.Text.RegularExpressions;

namespace PLService.Api.Features.Imports.Reading.Columns;

/// <summary>Recognizes the item in a column name, as people and form tools write it.</summary>
/// <remarks>
/// <c>VIS.1</c>, <c>VIS.1:priority</c>, <c>VIS.1.comment</c>, <c>VIS.1 A written vision ...</c>, <c>VIS.1 - text</c>, <c>[VIS.1]</c>, and
/// <c>Vision and definition [VIS.1 A written vision ...]</c>, which is how Google Forms names the rows of a grid.
/// Without a list of items a code must hold a digit, so that an ordinary word is not taken for an item.
/// </remarks>
internal static partial class ItemHeader
{
    internal sealed record Match(string Code, string? Axis, bool IsComment);

    public static Match? TryParse(string header, IReadOnlyCollection<KnownItem>? known) =>
        Bracketed().Match(header) is { Success: true } bracketed
            && Lead(bracketed.Groups[1].Value, bracketed.Groups[2].Value, known) is { } inner
            ? inner
            : Lead(header, "", known) ?? ByText(header, known);

    private static Match? Lead(string text, string after, IReadOnlyCollection<KnownItem>? known)
    {
        var match = Leading().Match(text);
        if (!match.Success)
            return null;
        var code = match.Groups["code"].Value;
        var isComment = CommentSuffix().Match(code) is { Success: true } suffix && (code = code[..suffix.Index]).Length > 0;
        code = code.TrimEnd('.', '-', '_');
        var item = known is null
            ? code.Any(char.IsAsciiDigit) ? code : null
            : known.FirstOrDefault(k => string.Equals(k.Code, code, StringComparison.OrdinalIgnoreCase))?.Code;
        if (item is null)
            return null;

        var rest = (after.Length > 0 ? after : match.Groups["rest"].Value).Trim();
        if (CommentWord().IsMatch(rest))
            return new(item, null, true);
        return new(item, AxisSuffix().Match(rest) is { Success: true } axis ? axis.Groups[1].Value : null, isComment);
    }

    private static Match? ByText(string header, IReadOnlyCollection<KnownItem>? known)
    {
        var squeezed = KnownColumns.Squeeze(header);
        var item = known?.FirstOrDefault(item => item.Texts.Any(text => KnownColumns.Squeeze(text) == squeezed));
        return item is null ? null : new(item.Code, null, false);
    }

    [GeneratedRegex(@"\[\s*([^\[\]]+?)\s*\]([^\[\]]*)$")]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"^(?<code>[A-Za-z0-9][A-Za-z0-9._-]{0,47})(?<rest>(?:[\s:)\]–—].*)?)$", RegexOptions.Singleline)]
    private static partial Regex Leading();

    [GeneratedRegex(@"[._-]comments?$", RegexOptions.IgnoreCase)]
    private static partial Regex CommentSuffix();

    [GeneratedRegex(@"^[:)\s–—.-]*comments?$", RegexOptions.IgnoreCase)]
    private static partial Regex CommentWord();

    [GeneratedRegex(@"^:([A-Za-z][A-Za-z0-9_-]{0,39})$")]
    private static partial Regex AxisSuffix();
}
