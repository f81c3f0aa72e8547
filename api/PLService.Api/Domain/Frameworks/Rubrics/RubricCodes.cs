using System.Globalization;
using System.Text;

namespace PLService.Api.Domain.Frameworks.Rubrics;

/// <summary>Makes codes of what people write, as instruments want them: letters, digits, dots, hyphens and underscores, 40 at most.</summary>
internal static class RubricCodes
{
    private const int Longest = 40;

    /// <summary>Room for what makes two codes differ.</summary>
    private const int Stem = Longest - 6;

    /// <summary>A code of each criterion: its own, or the code of its standard with a number that no other has.</summary>
    /// <param name="criteria">The criteria in order.</param>
    /// <param name="standardCodes">The code of the standard of each; null where there is none.</param>
    public static IReadOnlyList<RubricCriterion> Assign(IReadOnlyList<RubricCriterion> criteria, IReadOnlyList<string?> standardCodes)
    {
        var taken = criteria.Select(criterion => criterion.Code).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        var last = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        return [.. criteria.Select((criterion, i) => criterion.Code is null ? criterion with { Code = Next(standardCodes[i]) } : criterion)];

        string Next(string? standard)
        {
            var stem = Keep(standard ?? "") is { Length: > 0 } kept ? kept : "C";
            for (var n = last.GetValueOrDefault(stem) + 1; ; n++)
            {
                last[stem] = n;
                if ($"{stem}.{n.ToString(CultureInfo.InvariantCulture)}" is var code && taken.Add(code))
                    return code;
            }
        }
    }

    /// <summary>A code of words: <c>Level 1 (Ideal)</c> becomes <c>level-1-ideal</c>.</summary>
    /// <param name="words">What people write.</param>
    /// <param name="otherwise">The code where nothing of that can stand in one.</param>
    /// <param name="taken">Codes that others have; the new one joins them.</param>
    public static string Slug(string words, string otherwise, ISet<string> taken) => Free(Keep(words.ToLowerInvariant()) is { Length: > 0 } kept ? kept : otherwise, taken);

    /// <summary>As it is, with what a code cannot hold replaced.</summary>
    public static string Safe(string? code, string otherwise, ISet<string> taken) => Free(Keep(code ?? "") is { Length: > 0 } kept ? kept : otherwise, taken);

    /// <summary>Whether a code can stand in an instrument as it is.</summary>
    public static bool IsCode(string code) =>
        code.Length is > 0 and <= Longest && char.IsAsciiLetterOrDigit(code[0]) && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    private static string Free(string stem, ISet<string> taken)
    {
        var code = stem;
        for (var n = 2; !taken.Add(code); n++)
            code = string.Create(CultureInfo.InvariantCulture, $"{stem}-{n}");
        return code;
    }

    private static string Keep(string words)
    {
        var kept = new StringBuilder();
        // Accents go, letters stay.
        foreach (var c in words.Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c) || (c is '.' or '_' && kept.Length > 0))
                kept.Append(c);
            else if (CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark && kept.Length > 0 && kept[^1] != '-')
                kept.Append('-');
        }

        return kept.ToString(0, Math.Min(kept.Length, Stem)).TrimEnd('-');
    }
}
