using System.Globalization;
using System.Text.RegularExpressions;

namespace PLService.Api.Domain.Frameworks.Case;

/// <summary>Short names of frameworks.</summary>
internal static partial class FrameworkCodes
{
    /// <summary>What a code looks like.</summary>
    public const string Pattern = "^[a-z][a-z0-9-]{1,39}$";

    private const int MaxLength = 40;

    // The service runs without tables of cultures, which would know more letters than those of titles in English and Spanish.
    private const string Accented = "àáâãäåçèéêëìíîïñòóôõöøùúûüýÿ";
    private const string Plain = "aaaaaaceeeeiiiinoooooouuuuyy";

    /// <summary>A code that says as much of the title as fits, and is not taken.</summary>
    public static string Of(string title, IReadOnlySet<string> taken)
    {
        var plain = string.Concat(title.ToLowerInvariant().Select(c => Accented.IndexOf(c, StringComparison.Ordinal) is >= 0 and var i ? Plain[i] : c));
        var code = Cut(Others().Replace(plain, "-").Trim('-'), MaxLength);
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
