namespace PLService.Api.Domain.Priorities;

/// <summary>The dots of one person, or those that a group put on paper.</summary>
public sealed class PriorityBallot : TenantEntity
{
    public const int GroupKeyMaxLength = 80;
    public const int MaxVoters = 100_000;

    private PriorityBallot()
    {
    }

    public Guid ListId { get; private init; }

    /// <summary>The person; null for a group on paper.</summary>
    public Guid? PersonId { get; private init; }

    /// <summary>The key of a group on paper; null for a person.</summary>
    public string? GroupKey { get; private init; }

    /// <summary>How many people's dots these are.</summary>
    public int Voters { get; private set; } = 1;

    public static PriorityBallot OfPerson(Guid listId, Guid personId) => new() { ListId = listId, PersonId = personId };

    public static PriorityBallot OfGroup(Guid listId, string groupKey) => new() { ListId = listId, GroupKey = groupKey };

    public void Count(int voters) => Voters = voters;
}

/// <summary>Dots of a ballot on one priority.</summary>
public sealed class PriorityDots : ITenantOwned
{
    public Guid TenantId { get; private init; }
    public Guid BallotId { get; init; }
    public Guid PriorityId { get; init; }
    public int Dots { get; set; }
}
