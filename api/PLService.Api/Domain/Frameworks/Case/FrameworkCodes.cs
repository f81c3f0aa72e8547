using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PLService.Api.Domain.Frameworks.Case;

/// <summary>Short names of frameworks.</summary>
internal static partial class FrameworkCodes
{
    /// <summary>What a code looks like.</summary>
    public const string Pattern = "^[a-z][a-z0-9-]{1,39}$";

    private const int MaxLength = 40;

    /// <summary>A code that says as much of the title as fits, and is not taken.</summary>
    public static string Of(string title, IReadOnlySet<string> taken)
    {
        var plain = string.Concat(title.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark));
        var code = Cut(Others().Replace(plain.ToLowerInvariant(), "-").Trim('-'), MaxLength);
        if (code.Length < 2 || !char.IsAsciiLetterLower(code[0]))
            code = Cut("framework-" + code, MaxLength);
        var free = code;
        for (var i = 2; taken.Contains(free); i++)
            free = $"{Cut(code, MaxLength - 1 - i.ToString(CultureInfo.InvariantCulture).Length)}-{i}";
        return free;
    }

    private static string Cut(string code, int length) => (code.Length <= length ? code : code[..length]).TrimEnd('-');

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Others();
}
