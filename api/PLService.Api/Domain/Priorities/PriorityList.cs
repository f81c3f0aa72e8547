using PLService.Api.Domain.Assessments;

namespace PLService.Api.Domain.Priorities;

/// <summary>How the priorities of a list get their order.</summary>
public enum PriorityOrdering
{
    /// <summary>Everybody puts a number of dots on them; the most dots come first.</summary>
    DotVote,

    /// <summary>The team agrees on an order and says it.</summary>
    DragOrder,
}

/// <summary>Whether dots can be put on the priorities of a list.</summary>
public enum VotingStatus
{
    NotOpened,
    Open,

    /// <summary>The order follows from the dots. Voting can be opened again: then the dots that were given are still there.</summary>
    Closed,
}

/// <summary>What a team makes of one closed assessment: its priorities and their order.</summary>
public sealed class PriorityList : TenantEntity
{
    public const int TitleMaxLength = 200;
    public const int MaxPriorities = 200;
    public const int MaxDotsPerVoter = 20;

    /// <summary>How many dots everybody has when nothing else is said.</summary>
    public const int UsualDots = 3;

    private PriorityList()
    {
    }

    public Guid OrganizationId { get; private init; }
    public Guid AssessmentId { get; private init; }

    /// <summary>The frozen result that the levels are taken from.</summary>
    public int ResultRevision { get; private init; }

    /// <summary>Code of the assessment's instrument.</summary>
    public string Instrument { get; private init; } = "";

    public string Round { get; private init; } = "";
    public string Title { get; private set; } = "";
    public PriorityOrdering Ordering { get; private set; }

    /// <summary>How many dots everybody has; null unless dots decide.</summary>
    public int? DotsPerVoter { get; private set; }

    public VotingStatus Voting { get; private set; }
    public DateTimeOffset? VotingOpenedAt { get; private set; }
    public DateTimeOffset? VotingClosedAt { get; private set; }

    /// <summary>People behind the dots when voting closed.</summary>
    public int? Voters { get; private set; }

    /// <summary>Whether they were too few for the dots to be shown.</summary>
    public bool DotsWithheld { get; private set; }

    public static PriorityList Create(Assessment assessment, string instrument, string title, PriorityOrdering ordering, int? dotsPerVoter) => new()
    {
        OrganizationId = assessment.OrganizationId,
        AssessmentId = assessment.Id,
        ResultRevision = assessment.ResultRevision,
        Instrument = instrument,
        Round = assessment.Round,
        Title = title,
        Ordering = ordering,
        DotsPerVoter = dotsPerVoter,
    };

    /// <summary>Changes what it is called, and how it is ordered.</summary>
    public DomainError? Describe(string title, PriorityOrdering ordering, int? dotsPerVoter)
    {
        if (Voting is VotingStatus.Open && ordering != Ordering)
            return PriorityErrors.VotingIsOpen;
        // Dots that were given would be too many, or the first voters have had fewer than the last.
        if (Voting is not VotingStatus.NotOpened && dotsPerVoter is not null && dotsPerVoter != DotsPerVoter)
            return PriorityErrors.DotsAreGiven;

        (Title, Ordering, DotsPerVoter) = (title, ordering, dotsPerVoter ?? DotsPerVoter);
        return null;
    }

    public DomainError? OpenVoting(DateTimeOffset now)
    {
        if (Ordering is not PriorityOrdering.DotVote)
            return PriorityErrors.OrderedByHand;
        if (Voting is VotingStatus.Open)
            return PriorityErrors.VotingIsOpen;

        (Voting, VotingOpenedAt, VotingClosedAt, Voters, DotsWithheld) = (VotingStatus.Open, now, null, null, false);
        return null;
    }

    /// <param name="now">When.</param>
    /// <param name="voters">People behind the dots.</param>
    /// <param name="withheld">Whether they are too few for the dots to be shown.</param>
    public DomainError? CloseVoting(DateTimeOffset now, int voters, bool withheld)
    {
        if (Voting is not VotingStatus.Open)
            return PriorityErrors.VotingIsNotOpen;

        (Voting, VotingClosedAt, Voters, DotsWithheld) = (VotingStatus.Closed, now, voters, withheld);
        return null;
    }
}
