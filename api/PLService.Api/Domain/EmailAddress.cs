using System.Diagnostics.CodeAnalysis;

namespace PLService.Api.Domain;

/// <summary>Which addresses a person can have, and mail can be written to. Whether somebody reads there is seen when it is written to.</summary>
public static class EmailAddress
{
    /// <summary>RFC 5321: a path has at most 256 octets, its angle brackets included.</summary>
    public const int MaxLength = 254;

    private const int LocalMaxLength = 64;
    private const int LabelMaxLength = 63;

    /// <summary>
    /// True for <c>local@domain.tld</c> without quotes, comments, blanks, control characters and whatever else could end an address. Letters of
    /// every alphabet count, in their composed form: two spellings of one address would be two people.
    /// </summary>
    public static bool IsValid([NotNullWhen(true)] string? address)
    {
        if (address is null || address.Length > MaxLength || address.Split('@') is not [var local, var domain])
            return false;
        return local.Length is > 0 and <= LocalMaxLength && local.All(IsOfLocal) && local[0] != '.' && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal)
            && domain.Split('.') is { Length: >= 2 } labels && labels.All(IsLabel);
    }

    /// <summary>Whether both are the same person's: case does not matter.</summary>
    public static bool AreSame(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static bool IsLabel(string label) => label.Length is > 0 and <= LabelMaxLength && label.All(IsOfDomain) && label[0] != '-' && label[^1] != '-';

    private static bool IsOfLocal(char c) => char.IsLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~.".Contains(c, StringComparison.Ordinal);

    private static bool IsOfDomain(char c) => char.IsLetterOrDigit(c) || c == '-';
}
