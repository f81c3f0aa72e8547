namespace PLService.Api.Domain.Accounts;

public static class AccountErrors
{
    public static readonly DomainError None = new("account.none", "There is no local account; the person signs in through the agency's identity provider.");
    public static readonly DomainError AlreadyThere = new("account.already_there", "The person has a local account with a password; whoever forgot it asks for a new one.");
    public static readonly DomainError NotActive = new("account.person_not_active", "The person is deactivated: reactivate the person first.");
    public static readonly DomainError NoEmail = new("account.person_has_no_email", "The person has no e-mail address, which one signs in with.");
    public static readonly DomainError BeyondYourReach = new("account.beyond_your_reach", "The person may do more than you may, or elsewhere.");
    public static readonly DomainError LocalAccountsOff = new("account.local_accounts_off", "The tenant has switched local accounts off.");
    public static readonly DomainError WrongPassword = new("account.wrong_password", "The present password is another, or there were too many wrong attempts.");
    public static readonly DomainError SignInAgain = new("account.sign_in_again", "You signed in too long ago for this change: sign in again first.");
    public static readonly DomainError BadLink = new("account.bad_link", "The link was used already, is too old, or is none of ours: ask for a new one.");
    public static readonly DomainError AuthenticatorAlreadyOn = new("account.authenticator_already_on", "There is an authenticator app already; remove it first.");
    public static readonly DomainError NoAuthenticator = new("account.no_authenticator", "There is no authenticator app to do this with.");
    public static readonly DomainError WrongCode = new("account.wrong_code", "The code is another: check the time of the device with the app.");
    public static readonly DomainError PasskeyRefused = new("account.passkey_refused", "The passkey could not be checked: start again, with new options.");
    public static readonly DomainError PasskeyTaken = new("account.passkey_taken", "The passkey is registered already.");
    public static readonly DomainError TooManyPasskeys = new("account.too_many_passkeys", "There are 20 passkeys already; remove one that is not used.");
}
