using PLService.Api.Domain.Plans;

namespace PLService.Api.Domain.Priorities;

/// <summary>What became of a priority.</summary>
public enum PriorityStatus
{
    Proposed,

    /// <summary>The team acts on it: strategies and steps of plans can refer to it.</summary>
    Adopted,
    Dropped,
}

/// <summary>A gap, or several together, that a team may choose to act on.</summary>
public sealed class Priority : TenantEntity
{
    public const int DropReasonMaxLength = 500;

    private Priority()
    {
    }

    public Guid ListId { get; private init; }
    public Guid OrganizationId { get; private init; }
    public string Instrument { get; private init; } = "";

    /// <summary>Codes of its items, in the order of the instrument.</summary>
    public string[] Items { get; private set; } = [];

    /// <summary>JSON of <see cref="PriorityContent"/>.</summary>
    public string Content { get; private set; } = "{}";

    /// <summary>JSON list of <see cref="PriorityLevel"/>, one for each item.</summary>
    public string Levels { get; private set; } = "[]";

    /// <summary>Whether the instrument's rules proposed it, or one that went into it; else the team added it.</summary>
    public bool IsProposed { get; private set; }

    public int Position { get; private set; }

    /// <summary>Dots when voting closed.</summary>
    public int? Dots { get; private set; }

    public PriorityStatus Status { get; private set; }
    public DateTimeOffset? AdoptedAt { get; private set; }
    public string? DropReason { get; private set; }

    internal IReadOnlyList<PriorityLevel> ReadLevels() => PlanJson.Read<List<PriorityLevel>>(Levels);

    internal static Priority Create(PriorityList list, PriorityContent content, IReadOnlyList<PriorityLevel> levels, bool isProposed, int position)
    {
        var priority = new Priority { ListId = list.Id, OrganizationId = list.OrganizationId, Instrument = list.Instrument, IsProposed = isProposed, Position = position };
        priority.Become(content);
        priority.Take(levels);
        return priority;
    }

    internal void Become(PriorityContent content) => Content = PlanJson.Write(content.Alone());

    /// <summary>Takes in other priorities, which are no more then.</summary>
    /// <returns>Why they cannot be put together.</returns>
    internal DomainError? Absorb(IReadOnlyList<Priority> others, PriorityContent content, IReadOnlyList<PriorityLevel> levels)
    {
        if (Status is not PriorityStatus.Proposed || others.Any(other => other.Status is not PriorityStatus.Proposed))
            return PriorityErrors.NotProposed;

        Become(content);
        Take(levels);
        IsProposed |= others.Any(other => other.IsProposed);
        if (Dots is not null || others.Any(other => other.Dots is not null))
            Dots = (Dots ?? 0) + others.Sum(other => other.Dots ?? 0);
        return null;
    }

    public void Move(int position) => Position = position;

    /// <summary>Takes the place that its dots give it.</summary>
    public void Place(int dots, int position) => (Dots, Position) = (dots, position);

    public DomainError? Adopt(DateTimeOffset now)
    {
        if (Status is PriorityStatus.Dropped)
            return PriorityErrors.IsDropped;
        if (Status is PriorityStatus.Proposed)
            (Status, AdoptedAt) = (PriorityStatus.Adopted, now);
        return null;
    }

    public DomainError? Drop(string? reason)
    {
        if (Status is PriorityStatus.Dropped)
            return PriorityErrors.IsDropped;

        (Status, AdoptedAt, DropReason) = (PriorityStatus.Dropped, null, reason);
        return null;
    }

    /// <summary>Is proposed again, at the end of the list.</summary>
    public DomainError? Restore(int position)
    {
        if (Status is not PriorityStatus.Dropped)
            return PriorityErrors.NotDropped;

        (Status, DropReason, Position) = (PriorityStatus.Proposed, null, position);
        return null;
    }

    private void Take(IReadOnlyList<PriorityLevel> levels) =>
        (Items, Levels) = ([.. levels.Select(level => level.Item)], PlanJson.Write(levels));
}
