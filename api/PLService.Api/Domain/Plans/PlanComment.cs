namespace PLService.Api.Domain.Plans;

/// <summary>A comment on a plan or on one part of it, or an answer to one.</summary>
public sealed class PlanComment : TenantEntity
{
    public const int TextMaxLength = 5_000;
    public const int MaxEarlier = 50;
    public const int MaxThreads = 1_000;
    public const int MaxReplies = 200;

    private PlanComment()
    {
    }

    public Guid PlanId { get; private init; }

    /// <summary>The comment that opened the thread; null for that one itself.</summary>
    public Guid? ThreadId { get; private init; }

    /// <summary>The part that it is about; null for the whole plan.</summary>
    public Guid? PartId { get; private init; }

    public PlanPartKind? PartKind { get; private init; }
    public string Text { get; private set; } = "";

    /// <summary>JSON list of <see cref="EarlierText"/>.</summary>
    public string Earlier { get; private set; } = "[]";

    public Guid? PersonId { get; private init; }
    public Guid? ApiClientId { get; private init; }
    public DateTimeOffset? ResolvedAt { get; private set; }
    public Guid? ResolvedByPersonId { get; private set; }

    internal static PlanComment Open(Guid planId, PlanPart? part, string text, Guid? personId, Guid? clientId) =>
        new() { PlanId = planId, PartId = part?.Id, PartKind = part?.Kind, Text = text, PersonId = personId, ApiClientId = clientId };

    internal PlanComment Answer(string text, Guid? personId, Guid? clientId) =>
        new() { PlanId = PlanId, ThreadId = Id, PartId = PartId, PartKind = PartKind, Text = text, PersonId = personId, ApiClientId = clientId };

    /// <summary>Says something else from now on; what it said stays to be read.</summary>
    public DomainError? Edit(string text, DateTimeOffset now)
    {
        if (text == Text)
            return null;
        var earlier = PlanJson.Read<List<EarlierText>>(Earlier);
        if (earlier.Count >= MaxEarlier)
            return PlanCommentErrors.TooManyEdits;

        Earlier = PlanJson.Write(earlier.Append(new(Text, now)).ToList());
        Text = text;
        return null;
    }

    public DomainError? Resolve(Guid? personId, DateTimeOffset now)
    {
        if (ThreadId is not null)
            return PlanCommentErrors.IsAnswer;
        (ResolvedAt, ResolvedByPersonId) = (ResolvedAt ?? now, ResolvedAt is null ? personId : ResolvedByPersonId);
        return null;
    }

    public DomainError? Reopen()
    {
        if (ThreadId is not null)
            return PlanCommentErrors.IsAnswer;
        (ResolvedAt, ResolvedByPersonId) = (null, null);
        return null;
    }
}

/// <summary>What a comment said before.</summary>
/// <param name="Text">The words.</param>
/// <param name="Until">Until when it said so.</param>
internal sealed record EarlierText(string Text, DateTimeOffset Until);

public static class PlanCommentErrors
{
    public static readonly DomainError UnknownPart = new("plan_comment.unknown_part", "The part that the comment is about is none of this plan.");
    public static readonly DomainError IsAnswer = new("plan_comment.is_answer", "This is an answer: answer, resolve and reopen the comment that opened the thread.");
    public static readonly DomainError NotYours = new("plan_comment.not_yours", "Nobody changes what another wrote; threads are resolved by who opened them, who leads there and who reviews plans.");
    public static readonly DomainError TooManyEdits = new("plan_comment.too_many_edits", "The comment was changed as often as it may be: write another one.");
    public static readonly DomainError TooMany = new("plan_comment.too_many", "The plan has as many threads, or the thread as many answers, as it may have.");
}
