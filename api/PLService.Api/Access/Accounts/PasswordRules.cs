using System.Collections.Frozen;
using PLService.Api.Domain;
using PLService.Api.Domain.Accounts;

namespace PLService.Api.Access.Accounts;

/// <summary>
/// Which passwords are taken: long ones of any characters, unless they are guessed first. Nothing is asked of their composition, and they do
/// not expire (NIST SP 800-63B, 5.1.1.2).
/// </summary>
internal static class PasswordRules
{
    public const int MinLength = 12;
    public const int MaxLength = 128;

    /// <summary>So much must be left of a password without the words that anybody who knows the person would try.</summary>
    private const int MinOwn = 6;

    private const int MinContextWord = 4;

    /// <summary>Fewer different characters than this are a pattern.</summary>
    private const int MinDifferent = 5;

    private static readonly string[] Runs =
        ["abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "qazwsxedcrfvtgbyhnujmikolp", "qwertzuiopasdfghjklyxcvbnm", "azertyuiopqsdfghjklmwxcvbn"];

    private static readonly FrozenSet<string> Common = ReadCommon();

    /// <summary>The first fault of a password; null when it is taken.</summary>
    /// <param name="password">The password.</param>
    /// <param name="context">Names and addresses that a guess would begin with.</param>
    public static DomainError? Fault(string password, IEnumerable<string?> context)
    {
        var text = Nfc.Of(password);
        var length = text.EnumerateRunes().Count();
        if (length < MinLength)
            return PasswordFaults.TooShort;
        if (length > MaxLength)
            return PasswordFaults.TooLong;

        var plain = text.ToLowerInvariant();
        return IsCommon(plain) || IsCommon(Unmask(plain)) || IsCommon(Unmask(WithoutTail(plain))) ? PasswordFaults.Common
            : HasLittleOfItsOwn(plain, context) ? PasswordFaults.Contextual
            : null;
    }

    private static bool IsCommon(string text)
    {
        var letters = string.Concat(text.Where(char.IsLetter));
        return Common.Contains(text) || Common.Contains(string.Concat(text.Where(char.IsLetterOrDigit)))
            || IsPattern(text)
            // What is put before or behind a common word does not make it another: password2026!
            || (letters.Length > 0 && Common.Contains(Period(letters)) && IsEdge(text));
    }

    private static bool IsPattern(string text)
    {
        var solid = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        return solid.Distinct().Count() < MinDifferent
            || Period(solid).Length <= solid.Length / 3
            || Runs.Any(run => (run + run).Contains(solid, StringComparison.Ordinal) || (Reversed(run) + Reversed(run)).Contains(solid, StringComparison.Ordinal));
    }

    // True when the letters stand together, with everything else at the ends.
    private static bool IsEdge(string text)
    {
        var (first, last) = (text.AsSpan().IndexOfAny(Letters(text)), text.AsSpan().LastIndexOfAny(Letters(text)));
        return text[first..(last + 1)].All(char.IsLetter);
    }

    private static char[] Letters(string text) => [.. text.Where(char.IsLetter).Distinct()];

    /// <summary>The part of which the text is a repetition; the text itself when it is none.</summary>
    private static string Period(string text)
    {
        for (var length = 1; length <= text.Length / 2; length++)
        {
            if (Enumerable.Range(0, text.Length).All(i => text[i] == text[i % length]))
                return text[..length];
        }

        return text;
    }

    // What is counted up at the end is no mask of letters.
    private static string WithoutTail(string text) => text[..(text.AsSpan().LastIndexOfAny(Letters(text)) + 1)];

    private static string Unmask(string text) => string.Create(text.Length, text, static (span, masked) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = masked[i] switch
            {
                '0' => 'o',
                '1' or '!' => 'i',
                '3' => 'e',
                '4' or '@' => 'a',
                '5' or '$' => 's',
                '7' => 't',
                var other => other,
            };
        }
    });

    private static bool HasLittleOfItsOwn(string text, IEnumerable<string?> context)
    {
        var rest = text;
        foreach (var word in context.Append("plservice").OfType<string>().SelectMany(Words).Distinct().OrderByDescending(word => word.Length))
            rest = rest.Replace(word, "", StringComparison.Ordinal);
        return rest.Length < text.Length && rest.EnumerateRunes().Count() < MinOwn;
    }

    private static IEnumerable<string> Words(string name)
    {
        var plain = Nfc.Of(name).ToLowerInvariant();
        return plain.Split([.. plain.Where(c => !char.IsLetterOrDigit(c)).Distinct()], StringSplitOptions.RemoveEmptyEntries)
            .Append(string.Concat(plain.Where(char.IsLetterOrDigit))).Append(plain)
            .Where(word => word.Length >= MinContextWord);
    }

    private static string Reversed(string text) => string.Concat(text.Reverse());

    private static FrozenSet<string> ReadCommon()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream("accounts/common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
