namespace PLService.Api.Domain.Accounts;

/// <summary>Why a password is not taken (NIST SP 800-63B, 5.1.1.2).</summary>
public static class PasswordFaults
{
    public static readonly DomainError TooShort = new("password.too_short", "A password has at least 12 characters; several words are easy to remember.");
    public static readonly DomainError TooLong = new("password.too_long", "A password has at most 128 characters.");
    public static readonly DomainError Common = new("password.common", "This password, or one much like it, is among those that are guessed first.");
    public static readonly DomainError Contextual = new("password.contextual", "Beside your address, your name, the agency's and the service's name there is too little in it that could not be guessed.");
    public static readonly DomainError Unchanged = new("password.unchanged", "It is the present password; choose another.");
}
