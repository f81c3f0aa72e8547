using System.Security.Cryptography;

namespace PLService.Api.Domain.Assessments;

/// <summary>What participants without an account type to join an assessment. It exists while joining is open.</summary>
public sealed class JoinCode : TenantEntity
{
    public const int Length = 6;

    /// <summary>
    /// Digits and letters that nobody takes for each other: of 0 O Q, 1 I L, 2 Z, 5 S, 8 B and U V at most one. 27 of them, six in a code:
    /// 387 million codes.
    /// </summary>
    public const string Alphabet = "23456789ACDEFGHJKMNPQRTVWXY";

    /// <summary>What is typed, in the longest way: blanks and hyphens between the characters.</summary>
    public const int InputMaxLength = 40;

    /// <summary>How long a code can be good.</summary>
    public const int MaxDays = 366;

    /// <summary>How long a code is good unless the window or the request says otherwise.</summary>
    public const int DefaultDays = 30;

    private JoinCode()
    {
    }

    public Guid AssessmentId { get; private init; }
    public string Code { get; private set; } = "";
    public DateTimeOffset ExpiresAt { get; private set; }

    public static JoinCode Create(Guid assessmentId, string code, DateTimeOffset expiresAt) =>
        new() { AssessmentId = assessmentId, Code = code, ExpiresAt = expiresAt };

    /// <summary>Another code takes the place of this one, which from now on leads nowhere.</summary>
    public void Rotate(string code, DateTimeOffset expiresAt) => (Code, ExpiresAt) = (code, expiresAt);

    /// <summary>Six random characters.</summary>
    public static string Draw() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>The code that somebody meant: upper or lower case, blanks, hyphens and look-alikes do not matter. Null when it cannot be one.</summary>
    public static string? Read(string typed)
    {
        Span<char> code = stackalloc char[Length];
        var length = 0;
        foreach (var typedAs in typed)
        {
            if (typedAs is ' ' or '-')
                continue;
            var character = Meant(char.ToUpperInvariant(typedAs));
            if (length == Length || !Alphabet.Contains(character, StringComparison.Ordinal))
                return null;
            code[length++] = character;
        }

        return length == Length ? new string(code) : null;
    }

    private static char Meant(char typed) => typed switch
    {
        'S' => '5',
        'Z' => '2',
        'B' => '8',
        'U' => 'V',
        'O' or '0' => 'Q',
        _ => typed,
    };
}
