namespace PLService.Api.Tests.Matrix;

/// <summary>Who calls, seen from a resource of district X in tenant A.</summary>
public enum CallerKind
{
    Anonymous,
    MissingScope,
    OtherTenant,
    Sibling,
    Child,
    Own,
    Parent,
    WholeTenant,

    /// <summary>Somebody without an account who has joined an assessment of district X.</summary>
    Participant,

    // People: first those with a role in district X, then those without one there.
    AdminOfOwn,
    LeadOfOwn,
    FacilitatorOfOwn,
    ReviewerOfOwn,
    ParticipantOfOwn,
    ViewerOfOwn,
    AdminOfAll,
    LeadOfParent,
    LeadOfSibling,
    LeadOfElsewhere,
    NobodyAtAll,

    /// <summary>Signed in with the tenant's identity provider, and linked to no person.</summary>
    Stranger,
}

/// <summary>The right answer for one kind of caller.</summary>
/// <param name="Status">The status; 200 stands for any success.</param>
/// <param name="Code">The problem's code, where only one is right.</param>
internal sealed record Expectation(int Status, string? Code = null)
{
    /// <summary>It works.</summary>
    public static readonly Expectation Success = new(200);

    /// <summary>It works on what is the caller's own, and shows nothing of the resource.</summary>
    public static readonly Expectation Nothing = new(200) { ShowsNothing = true };

    public static readonly Expectation NotFound = new(404);
    public static readonly Expectation Unauthenticated = new(401, "auth.unauthenticated");
    public static readonly Expectation MissingScope = new(403, "auth.missing_scope");

    public static readonly Expectation WrongCaller = new(403, "auth.wrong_caller");

    public static readonly Expectation NotLinked = new(403, "auth.not_linked");

    public static readonly Expectation WholeTenantOnly = new(403, "auth.whole_tenant_only");

    /// <summary>It is refused in the present state, and which of the reasons is told first does not matter.</summary>
    public static readonly Expectation AnyConflict = new(409);

    public bool ShowsNothing { get; private init; }

    public bool IsRefusal => Status >= 400;

    public static Expectation Conflict(string code) => new(409, code);

    /// <summary>What is wrong with an answer; null when it is right.</summary>
    public string? Fault(Answer answer) =>
        IsRefusal ? answer.Status != Status || Code is not null && answer.Code != Code ? $"expected {Status} {Code}, got {answer.Status} {answer.Body}" : null
        : answer.Status is < 200 or > 399 ? $"expected success, got {answer.Status} {answer.Body}" : null;
}
