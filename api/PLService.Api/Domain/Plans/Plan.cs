namespace PLService.Api.Domain.Plans;

/// <summary>How far a plan is.</summary>
public enum PlanStatus
{
    Draft,
    Active,
    Completed,
    Archived,
}

/// <summary>What an organization wants to do in a period, and how. Its version grows with every change of it or of a part of it.</summary>
public sealed class Plan : TenantEntity
{
    private Plan()
    {
    }

    public Guid OrganizationId { get; private init; }
    public PlanStatus Status { get; private set; }
    public string Title { get; private set; } = "";

    /// <summary>Day 0 of the chart.</summary>
    public DateOnly StartsOn { get; private set; }

    public DateOnly EndsOn { get; private set; }

    /// <summary>The id by which files and other systems name it; unique in the organization.</summary>
    public string? ExternalId { get; private set; }

    /// <summary>Code of the template that it began from.</summary>
    public string? Template { get; private init; }

    /// <summary>The plan that it was copied from, such as last year's.</summary>
    public Guid? CopiedFromId { get; private init; }

    /// <summary>Where it stands between those who wrote it and the next level.</summary>
    public PlanReviewState ReviewState { get; private set; }

    /// <summary>JSON of <see cref="PlanContent"/>.</summary>
    public string Content { get; private set; } = "{}";

    internal static Plan Create(Guid organizationId, PlanContent content, string? template = null, Guid? copiedFromId = null)
    {
        var plan = new Plan { OrganizationId = organizationId, Template = template, CopiedFromId = copiedFromId };
        plan.Become(content);
        return plan;
    }

    /// <summary>Takes over what the plan says from now on.</summary>
    internal void Become(PlanContent content)
    {
        (Title, StartsOn, EndsOn, ExternalId) = (content.Title, content.StartsOn, content.EndsOn, content.ExternalId);
        Content = PlanJson.Write(content);
    }

    /// <summary>Goes on to another status.</summary>
    /// <returns>Why it cannot; null when it did.</returns>
    public DomainError? Become(PlanStatus next)
    {
        if (!Leads(Status, next))
            return PlanErrors.WrongStatus;

        Status = next;
        return null;
    }

    /// <summary>Whether its status leads to this one.</summary>
    internal bool CanBecome(PlanStatus next) => Leads(Status, next);

    /// <summary>Takes a move back that nobody has built on.</summary>
    internal void TakeBack(PlanStatus before) => Status = before;

    /// <summary>Goes to the next level, for the first time or once more.</summary>
    /// <returns>Why it cannot; null when it did.</returns>
    public DomainError? Submit()
    {
        if (Status is not (PlanStatus.Draft or PlanStatus.Active))
            return PlanErrors.NotEditable;
        if (ReviewState is PlanReviewState.Submitted)
            return PlanReviewErrors.AlreadySubmitted;

        ReviewState = PlanReviewState.Submitted;
        return null;
    }

    /// <summary>Is taken back from the next level: it stands where the last decision left it.</summary>
    /// <param name="last">The last decision; null when there was none yet.</param>
    /// <returns>Why it cannot; null when it was.</returns>
    public DomainError? Withdraw(PlanDecision? last)
    {
        if (ReviewState is not PlanReviewState.Submitted)
            return PlanReviewErrors.NotSubmitted;

        ReviewState = last switch
        {
            PlanDecision.Accept => PlanReviewState.Accepted,
            PlanDecision.Return => PlanReviewState.Returned,
            _ => PlanReviewState.None,
        };
        return null;
    }

    /// <summary>Comes back from the next level.</summary>
    /// <returns>Why it cannot; null when it did.</returns>
    public DomainError? Decide(PlanDecision decision)
    {
        if (ReviewState is not PlanReviewState.Submitted)
            return PlanReviewErrors.NotSubmitted;

        ReviewState = decision is PlanDecision.Accept ? PlanReviewState.Accepted : PlanReviewState.Returned;
        return null;
    }

    // What was closed too early is taken up again; what is archived stays readable and comes back as completed.
    private static bool Leads(PlanStatus from, PlanStatus to) => (from, to) is
        (PlanStatus.Draft, PlanStatus.Active) or (PlanStatus.Active, PlanStatus.Completed) or (PlanStatus.Completed, PlanStatus.Active)
        or (PlanStatus.Draft or PlanStatus.Completed, PlanStatus.Archived) or (PlanStatus.Archived, PlanStatus.Completed);
}
