namespace PLService.Api.Domain.Mails;

/// <summary>What can stand in an envelope. Whether somebody reads there is seen when it is written to.</summary>
public static class EmailAddress
{
    private const int LocalMaxLength = 64;

    /// <summary>True for <c>local@domain.tld</c> without quotes, comments, blanks and whatever else could end the address.</summary>
    public static bool IsValid(string? address)
    {
        if (address is null || address.Length > Mail.AddressMaxLength || address.Split('@') is not [var local, var domain])
            return false;
        return local.Length is > 0 and <= LocalMaxLength && local.All(IsOfLocal) && local[0] != '.' && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal)
            && domain.Split('.') is { Length: >= 2 } labels && labels.All(label => label.Length is > 0 and <= 63 && label.All(IsOfDomain) && label[0] != '-' && label[^1] != '-');
    }

    private static bool IsOfLocal(char c) => char.IsLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~.".Contains(c, StringComparison.Ordinal);

    private static bool IsOfDomain(char c) => char.IsLetterOrDigit(c) || c == '-';
}
