using PLService.Api.Domain.Mails;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Mailing;

/// <summary>What a mail tells: one record per kind, with all that its templates need.</summary>
internal abstract record MailModel(MailKind Kind)
{
    /// <summary>Each name that the templates of the kind use, with a text, a list of such names with texts, or null where there is nothing to say.</summary>
    public abstract Dictionary<string, object?> Values(MailLanguage language);
}

/// <summary>Somebody is asked to join.</summary>
/// <param name="Inviter">Who asks; null when it was not a person.</param>
/// <param name="Organization">Where.</param>
/// <param name="Role">As what, in the contract's word: <c>districtLead</c>.</param>
/// <param name="Link">Where one accepts; it holds the secret.</param>
/// <param name="ExpiresAt">Until when.</param>
/// <param name="TimeZone">The organization's time zone.</param>
/// <param name="Note">What the inviter wrote.</param>
internal sealed record InvitationMail(string? Inviter, string Organization, string Role, Uri Link, DateTimeOffset ExpiresAt, string TimeZone, string? Note)
    : MailModel(MailKind.Invitation)
{
    public override Dictionary<string, object?> Values(MailLanguage language) => new()
    {
        ["inviter"] = Inviter,
        ["organization"] = Organization,
        ["role"] = language.Role(Role),
        ["link"] = Link.AbsoluteUri,
        ["expires"] = language.Moment(ExpiresAt, TimeZone),
        ["note"] = Note,
    };
}

/// <summary>The link to choose a new password.</summary>
/// <param name="Link">Where one chooses; it holds the secret.</param>
/// <param name="ExpiresAt">Until when.</param>
/// <param name="TimeZone">The recipient's time zone.</param>
internal sealed record PasswordResetMail(Uri Link, DateTimeOffset ExpiresAt, string TimeZone) : MailModel(MailKind.PasswordReset)
{
    public override Dictionary<string, object?> Values(MailLanguage language) => new()
    {
        ["link"] = Link.AbsoluteUri,
        ["expires"] = language.Moment(ExpiresAt, TimeZone),
    };
}

/// <summary>To the new address: the link that confirms it.</summary>
/// <param name="NewAddress">The address that is to be confirmed.</param>
/// <param name="Link">Where one confirms; it holds the secret.</param>
/// <param name="ExpiresAt">Until when.</param>
/// <param name="TimeZone">The recipient's time zone.</param>
internal sealed record EmailChangeMail(string NewAddress, Uri Link, DateTimeOffset ExpiresAt, string TimeZone) : MailModel(MailKind.EmailChange)
{
    public override Dictionary<string, object?> Values(MailLanguage language) => new()
    {
        ["address"] = NewAddress,
        ["link"] = Link.AbsoluteUri,
        ["expires"] = language.Moment(ExpiresAt, TimeZone),
    };
}

/// <summary>To those who may grant it: somebody asks for a role.</summary>
/// <param name="Person">Who asks.</param>
/// <param name="Organization">Where.</param>
/// <param name="Role">For what, in the contract's word.</param>
/// <param name="Link">Where one decides.</param>
/// <param name="Note">What the person wrote.</param>
internal sealed record AccessRequestMail(string Person, string Organization, string Role, Uri Link, string? Note) : MailModel(MailKind.AccessRequest)
{
    public override Dictionary<string, object?> Values(MailLanguage language) => new()
    {
        ["person"] = Person,
        ["organization"] = Organization,
        ["role"] = language.Role(Role),
        ["link"] = Link.AbsoluteUri,
        ["note"] = Note,
    };
}

/// <summary>To whoever asked for a role: what became of it.</summary>
/// <param name="Granted">Whether it was given.</param>
/// <param name="Organization">Where.</param>
/// <param name="Role">Which, in the contract's word: the one that was given, or the one that was asked for.</param>
/// <param name="Link">Where one signs in.</param>
/// <param name="Note">What was written with the decision.</param>
internal sealed record AccessDecisionMail(bool Granted, string Organization, string Role, Uri Link, string? Note) : MailModel(MailKind.AccessDecision)
{
    public override Dictionary<string, object?> Values(MailLanguage language) => new()
    {
        ["granted"] = Granted ? "yes" : null,
        ["organization"] = Organization,
        ["role"] = language.Role(Role),
        ["link"] = Link.AbsoluteUri,
        ["note"] = Note,
    };
}

/// <summary>An assessment's window closes soon.</summary>
/// <param name="Assessment">Its title.</param>
/// <param name="Organization">Whose it is.</param>
/// <param name="ClosesOn">The last day.</param>
/// <param name="DaysLeft">How many days that is from today, 0 for today.</param>
/// <param name="Link">Where one answers.</param>
/// <param name="ForEverybody">It goes to all who were invited, because nobody knows who has answered.</param>
internal sealed record WindowClosingMail(string Assessment, string Organization, DateOnly ClosesOn, int DaysLeft, Uri Link, bool ForEverybody = false)
    : MailModel(MailKind.WindowClosing)
{
    public override Dictionary<string, object?> Values(MailLanguage language) => new()
    {
        ["assessment"] = Assessment,
        ["organization"] = Organization,
        ["closes"] = language.Date(ClosesOn),
        ["when"] = language.InDays(DaysLeft),
        ["link"] = Link.AbsoluteUri,
        ["everyone"] = ForEverybody ? language.WrittenToEverybody : null,
    };
}

/// <summary>What is due.</summary>
/// <param name="Items">What, the most urgent first.</param>
/// <param name="Link">Where one sees all of it.</param>
/// <param name="More">How much more there is than is listed.</param>
internal sealed record DigestMail(IReadOnlyList<DigestItem> Items, Uri Link, int More = 0) : MailModel(MailKind.Digest)
{
    public override Dictionary<string, object?> Values(MailLanguage language) => new()
    {
        ["items"] = Items.Select(item => new Dictionary<string, object?>
        {
            ["title"] = item.Title,
            ["organization"] = item.Organization,
            ["due"] = item.DueOn is { } due ? language.Date(due) : null,
            ["itemLink"] = item.Link.AbsoluteUri,
            ["progress"] = item.Progress is { } progress ? language.Answers(progress) : item.Plan is { } plan ? language.Due(plan) : null,
            ["everyone"] = item.ForEverybody ? language.ListedForEverybody : null,
        }).ToList(),
        ["more"] = More > 0 ? language.More(More) : null,
        ["link"] = Link.AbsoluteUri,
    };
}

/// <param name="Title">What is due.</param>
/// <param name="Organization">Whose it is.</param>
/// <param name="DueOn">When; null has no day.</param>
/// <param name="Link">Where one does it.</param>
/// <param name="Progress">How many have answered, for those who see to it.</param>
/// <param name="ForEverybody">It stands there for all who were invited, because nobody knows who has answered.</param>
/// <param name="Plan">What of a plan it is.</param>
internal sealed record DigestItem(string Title, string Organization, DateOnly? DueOn, Uri Link, AnswerProgress? Progress = null, bool ForEverybody = false, PlanDue? Plan = null);

/// <param name="Kind">What of a plan is due.</param>
/// <param name="Plan">What the plan is called.</param>
/// <param name="Mark">Days after the first of the plan, of a check-in.</param>
/// <param name="DaysLeft">How many days there are left; less than 0 when it is overdue.</param>
internal sealed record PlanDue(DueKind Kind, string Plan, int? Mark, int DaysLeft);

/// <param name="Done">How many have handed in, in an anonymous assessment have started.</param>
/// <param name="Of">Of how many on the roster; null without a roster.</param>
/// <param name="IsAnonymous">Whether it is only known who has started.</param>
internal sealed record AnswerProgress(int Done, int? Of, bool IsAnonymous);

/// <summary>Somebody signed in as the recipient from a place that is new.</summary>
/// <param name="At">When.</param>
/// <param name="TimeZone">The recipient's time zone.</param>
/// <param name="Device">Browser and system, as far as they are known.</param>
/// <param name="Link">Where one sees and ends sessions.</param>
internal sealed record SignInNoticeMail(DateTimeOffset At, string TimeZone, string Device, Uri Link) : MailModel(MailKind.SignInNotice)
{
    public override Dictionary<string, object?> Values(MailLanguage language) => new()
    {
        ["at"] = language.Moment(At, TimeZone),
        ["device"] = Device,
        ["link"] = Link.AbsoluteUri,
    };
}

/// <summary>The link to choose a first password.</summary>
/// <param name="Link">Where one chooses; it holds the secret.</param>
/// <param name="ExpiresAt">Until when.</param>
/// <param name="TimeZone">The recipient's time zone.</param>
internal sealed record AccountCreatedMail(Uri Link, DateTimeOffset ExpiresAt, string TimeZone) : MailModel(MailKind.AccountCreated)
{
    public override Dictionary<string, object?> Values(MailLanguage language) => new()
    {
        ["link"] = Link.AbsoluteUri,
        ["expires"] = language.Moment(ExpiresAt, TimeZone),
    };
}

/// <summary>What was changed about an account.</summary>
internal enum AccountChange
{
    Password,
    Email,
    Authenticator,
    Passkey,
}

/// <summary>Something about the recipient's account was changed: whoever did not do it must learn of it.</summary>
/// <param name="Change">What.</param>
/// <param name="At">When.</param>
/// <param name="TimeZone">The recipient's time zone.</param>
/// <param name="Link">Where one sees and ends sessions.</param>
internal sealed record AccountNoticeMail(AccountChange Change, DateTimeOffset At, string TimeZone, Uri Link) : MailModel(MailKind.AccountNotice)
{
    public override Dictionary<string, object?> Values(MailLanguage language) => new()
    {
        ["change"] = language.Change(Change),
        ["at"] = language.Moment(At, TimeZone),
        ["link"] = Link.AbsoluteUri,
    };
}

/// <summary>What happened to a plan.</summary>
internal enum PlanEvent
{
    Submitted,
    Withdrawn,
    Accepted,
    Returned,
    Commented,
}

/// <summary>To the other side: a plan was submitted to the next level, taken back, decided about or commented on.</summary>
/// <param name="Event">What happened.</param>
/// <param name="Plan">The plan's title.</param>
/// <param name="Organization">Whose it is.</param>
/// <param name="Person">Who did it; null when it was not a person.</param>
/// <param name="Link">Where one reads the plan.</param>
/// <param name="Note">What was written with it.</param>
internal sealed record PlanNewsMail(PlanEvent Event, string Plan, string Organization, string? Person, Uri Link, string? Note) : MailModel(MailKind.PlanNews)
{
    public override Dictionary<string, object?> Values(MailLanguage language) => new()
    {
        ["what"] = language.Happened(Event),
        ["plan"] = Plan,
        ["organization"] = Organization,
        ["person"] = Person,
        ["link"] = Link.AbsoluteUri,
        ["note"] = Note,
    };
}
