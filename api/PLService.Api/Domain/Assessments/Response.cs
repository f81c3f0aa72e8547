namespace PLService.Api.Domain.Assessments;

/// <summary>Whether a participant has handed in.</summary>
public enum ResponseStatus
{
    InProgress,
    Submitted,
}

/// <summary>All that one participant said, packed: one level ordinal per element of the instrument version.</summary>
public sealed class Response : TenantEntity
{
    public const int ParticipantKeyMaxLength = 80;
    public const int CommentMaxLength = 4000;

    private Response()
    {
    }

    public Guid AssessmentId { get; private init; }
    public string ParticipantKey { get; private init; } = "";
    public string? Role { get; private set; }

    /// <summary>One element per element of the instrument's layout: the ordinal of the level in its scale, null when not answered.</summary>
    public short?[] Levels { get; private set; } = [];

    /// <summary>Comments by item code, as JSON; null when there are none.</summary>
    public string? Comments { get; private set; }

    public ResponseStatus Status { get; private set; }
    public DateTimeOffset? RatedAt { get; private set; }
    public DateTimeOffset? SubmittedAt { get; private set; }
    public Guid? ImportId { get; private init; }

    /// <summary>Whether it is the participant's own, not sent by a machine for somebody.</summary>
    public bool FromParticipant { get; private init; }

    /// <summary>True while a participant changes it who may not be recognized by the time: no change tells when it was made.</summary>
    public bool HidesTimes { get; private set; }

    /// <summary>From now on changes keep the times that the response has.</summary>
    public void HideTimes() => HidesTimes = true;

    public DomainError? Change(string? role, short?[] levels, string? comments, DateTimeOffset now)
    {
        if (Status is ResponseStatus.Submitted)
            return AssessmentErrors.AlreadySubmitted;

        if (!levels.AsSpan().SequenceEqual(Levels))
            (Levels, RatedAt) = (levels, At(now));
        (Role, Comments) = (role, comments);
        return null;
    }

    public DomainError? Submit(DateTimeOffset now)
    {
        if (Status is ResponseStatus.Submitted)
            return AssessmentErrors.AlreadySubmitted;

        (Status, SubmittedAt) = (ResponseStatus.Submitted, At(now));
        return null;
    }

    public DomainError? Withdraw()
    {
        if (Status is not ResponseStatus.Submitted)
            return AssessmentErrors.NotSubmitted;

        (Status, SubmittedAt) = (ResponseStatus.InProgress, null);
        return null;
    }

    private DateTimeOffset At(DateTimeOffset now) => HidesTimes ? CreatedAt : now;
}

/// <summary>Counts of a poster that was filled on paper: flat, as the instrument's layout numbers them.</summary>
public sealed class Tally : TenantEntity
{
    public const int GroupKeyMaxLength = 80;
    public const int MaxParticipants = 1_000_000;

    /// <summary>Marks that one level of one item can have.</summary>
    public const int MaxCount = 1_000_000;

    private Tally()
    {
    }

    public Guid AssessmentId { get; private init; }

    /// <summary>Which group filled the poster; one tally per group.</summary>
    public string GroupKey { get; private init; } = "";

    public string? Role { get; private set; }
    public int Participants { get; private set; }
    public int[] Counts { get; private set; } = [];
    public Guid? ImportId { get; private init; }

    public static Tally Create(Guid assessmentId, string groupKey, Guid? importId = null) =>
        new() { AssessmentId = assessmentId, GroupKey = groupKey, ImportId = importId };

    public void Fill(string? role, int participants, int[] counts) => (Role, Participants, Counts) = (role, participants, counts);
}

/// <summary>What an assessment said when it closed. Never changed; reopening and closing adds a revision.</summary>
public sealed class AssessmentResult : ITenantOwned
{
    public Guid TenantId { get; private init; }
    public Guid AssessmentId { get; init; }

    /// <summary>1 for the first close, +1 for each further one.</summary>
    public int Revision { get; init; }

    public DateTimeOffset FrozenAt { get; init; }

    /// <summary>SHA-256 of the canonical JSON of the result.</summary>
    public byte[] Sha256 { get; init; } = [];

    /// <summary>The result as JSON.</summary>
    public string Document { get; init; } = "";
}

/// <summary>Counts of a closed assessment, whole (role "") and per role: what roll-ups are made of.</summary>
public sealed class AssessmentCounts : ITenantOwned
{
    public Guid TenantId { get; private init; }
    public Guid AssessmentId { get; init; }
    public string Role { get; init; } = "";
    public int Responses { get; init; }
    public int[] Counts { get; init; } = [];
}

/// <summary>The sum over an organization's subtree, per instrument version, round and role ("" is all).</summary>
public sealed class Rollup : ITenantOwned
{
    public Guid TenantId { get; private init; }
    public Guid OrganizationId { get; init; }
    public Guid InstrumentTenantId { get; init; }
    public Guid InstrumentVersionId { get; init; }
    public string Round { get; init; } = "";
    public string Role { get; init; } = "";

    /// <summary>When the first assessment of the round opened: the order of rounds in a trend.</summary>
    public DateTimeOffset FirstOpenedAt { get; init; }

    public int Assessments { get; init; }

    /// <summary>Distinct organizations that closed an assessment.</summary>
    public int Organizations { get; init; }

    public int Responses { get; init; }
    public long[] Counts { get; init; } = [];
}
