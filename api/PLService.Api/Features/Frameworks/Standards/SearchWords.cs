using System.Globalization;
using System.Text;

namespace PLService.Api.Features.Frameworks.Standards;

/// <summary>Words of a search, without case and accents.</summary>
internal static class SearchWords
{
    /// <summary>The words of a text.</summary>
    public static IReadOnlyList<string> In(string text) => [.. Fold(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    /// <summary>A text in lower case, accents left out.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.ToLowerInvariant().Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark)
                folded.Append(c);
        }

        return folded.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>A pattern for LIKE: the text anywhere.</summary>
    public static string Anywhere(string folded) => $"%{Escape(folded)}%";

    /// <summary>A text in which nothing has a meaning of its own for LIKE.</summary>
    public static string Escape(string text) => text.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_");
}
