namespace PLService.Api.Domain.Accounts;

/// <summary>Why nobody is signed in. What could tell whether somebody has an account has one answer.</summary>
public static class SignInRefusals
{
    public static readonly DomainError Refused = new(
        "sign_in.refused",
        "The address or the password is wrong, or there were too many attempts: after 10 wrong ones nobody gets in for 15 minutes.");

    public static readonly DomainError SecondFactorRefused = new(
        "sign_in.second_factor_refused", "The code is wrong or was used already, or the sign-in began too long ago: begin again after some wrong ones.");

    public static readonly DomainError PasskeyRefused = new("sign_in.passkey_refused", "The passkey is not known here, or the options are too old.");
    public static readonly DomainError SessionEnded = new("sign_in.session_ended", "The session has ended: sign in again.");
}
