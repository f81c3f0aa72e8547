namespace PLService.Api.Features.Frameworks.Standards;

/// <summary>Words of a search, for patterns of LIKE.</summary>
internal static class SearchWords
{
    /// <summary>The words of a text, each once.</summary>
    public static IReadOnlyList<string> In(string text) => [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    /// <summary>A text in which nothing has a meaning of its own for LIKE.</summary>
    public static string Escape(string text) => text.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_");
}
