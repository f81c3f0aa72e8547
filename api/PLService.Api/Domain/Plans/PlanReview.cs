namespace PLService.Api.Domain.Plans;

/// <summary>Where a plan stands between those who wrote it and the next level.</summary>
public enum PlanReviewState
{
    /// <summary>It was never submitted.</summary>
    None,

    /// <summary>It waits for a decision.</summary>
    Submitted,

    /// <summary>It came back with comments, to be submitted once more.</summary>
    Returned,
    Accepted,
}

/// <summary>What the next level decides about a plan.</summary>
public enum PlanDecision
{
    Accept,
    Return,
}

/// <summary>One submission of a plan with its decision.</summary>
public sealed class PlanReview : ITenantOwned
{
    public const int TextMaxLength = 5_000;

    public Guid TenantId { get; private init; }
    public Guid PlanId { get; init; }

    /// <summary>1 for the first submission.</summary>
    public int Round { get; init; }

    /// <summary>The version of the plan that was submitted.</summary>
    public int Number { get; init; }

    /// <summary>What whoever submitted it wants the next level to know.</summary>
    public string? Note { get; init; }

    public Guid? SubmittedByPersonId { get; init; }
    public Guid? SubmittedByClientId { get; init; }
    public DateTimeOffset SubmittedAt { get; init; }
    public PlanDecision? Decision { get; private set; }

    /// <summary>What was written with the decision.</summary>
    public string? Comment { get; private set; }

    public Guid? DecidedByPersonId { get; private set; }
    public Guid? DecidedByClientId { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }

    public Guid? WithdrawnByPersonId { get; private set; }
    public Guid? WithdrawnByClientId { get; private set; }

    /// <summary>When it was taken back; then it never has a decision.</summary>
    public DateTimeOffset? WithdrawnAt { get; private set; }

    public void Decide(PlanDecision decision, string? comment, Guid? personId, Guid? clientId, DateTimeOffset now) =>
        (Decision, Comment, DecidedByPersonId, DecidedByClientId, DecidedAt) = (decision, comment, personId, clientId, now);

    public void Withdraw(Guid? personId, Guid? clientId, DateTimeOffset now) => (WithdrawnByPersonId, WithdrawnByClientId, WithdrawnAt) = (personId, clientId, now);
}

public static class PlanReviewErrors
{
    public static readonly DomainError AlreadySubmitted = new("plan_review.already_submitted", "The plan was submitted and waits for the decision of the next level.");
    public static readonly DomainError NotSubmitted = new("plan_review.not_submitted", "The plan was not submitted, was taken back, or has its decision already.");
    public static readonly DomainError NextLevelOnly =
        new("plan_review.next_level_only", "A plan is reviewed by the next level: by whom may review plans in the organization above its own, or in the whole tenant.");
}
