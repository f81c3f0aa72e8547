namespace PLService.Api.Domain.People;

/// <summary>Which addresses a person can have. Whether somebody reads there is seen when it is written to.</summary>
public static class EmailAddress
{
    private const int LocalMaxLength = 64;
    private const int LabelMaxLength = 63;

    /// <summary>
    /// True for <c>local@domain.tld</c> without quotes, comments, blanks, control characters and whatever else could end an address. Letters of
    /// every alphabet count, in their composed form: two spellings of one address would be two people.
    /// </summary>
    public static bool IsValid(string address)
    {
        if (address.Length > Person.EmailMaxLength || address.Split('@') is not [var local, var domain])
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
