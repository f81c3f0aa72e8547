using PLService.Api.Domain;
using PLService.Api.Domain.Plans;
using PLService.Api.Domain.Priorities;
using PLService.Api.Domain.Results;

namespace PLService.Api.Features.Priorities;

/// <summary>A priority of a list.</summary>
internal sealed record PriorityResponse : PriorityContent, IVersioned
{
    internal static readonly PriorityContent SampleContent = new()
    {
        Title = "Teams meet for learning each week",
        Reason = "Share of red is 0.52: at least 0.4 makes it a gap",
        Target = new PriorityTarget(FavorableShare: 0.5, Words: "Green in every school by spring."),
    };

    internal static readonly PriorityResponse Sample = PlanJson.Read<PriorityResponse>(PlanJson.Write(SampleContent)) with
    {
        Id = Guid.Parse("01a2b3c4-0000-7000-8000-000000000601"),
        ListId = PriorityListResponse.Sample.Id,
        Items = ["STR.2"],
        Levels = [new("STR.2", "STR", true, null, 25, 0.2, 0.68, 0, [new LevelShare("green", 5, 0.2), new LevelShare("yellow", 7, 0.28), new LevelShare("red", 13, 0.52)])],
        FavorableShare = 0.2,
        IsProposed = true,
        Status = PriorityStatus.Proposed,
        Version = 1,
        CreatedAt = PriorityListResponse.Sample.CreatedAt,
        UpdatedAt = PriorityListResponse.Sample.CreatedAt,
    };

    /// <summary>The service's id.</summary>
    public Guid Id { get; init; }

    /// <summary>The list that it belongs to.</summary>
    public Guid ListId { get; init; }

    /// <summary>Codes of the items that it is made of, in the order of the instrument.</summary>
    public IReadOnlyList<string> Items { get; init; } = [];

    /// <summary>What each item said when the assessment closed, in the same order; figures of small groups are withheld as in the result.</summary>
    public IReadOnlyList<PriorityLevel> Levels { get; init; } = [];

    /// <summary>Favorable share of its items together, of those whose figures are shown, each answer weighing the same.</summary>
    public double? FavorableShare { get; init; }

    /// <summary>Whether the instrument's rules proposed it, or one that went into it; else the team added it.</summary>
    public bool IsProposed { get; init; }

    /// <summary>Its place in the list, 0 first.</summary>
    public int Position { get; init; }

    /// <summary>The dots that it got, once voting is closed; null where too few people voted for them to be shown.</summary>
    public int? Dots { get; init; }

    /// <summary>What became of it.</summary>
    public PriorityStatus Status { get; init; }

    /// <summary>When it was adopted.</summary>
    public DateTimeOffset? AdoptedAt { get; init; }

    /// <summary>Why it was dropped.</summary>
    public string? DropReason { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>+1 per change; the ETag.</summary>
    public long Version { get; init; }

    public static PriorityResponse Of(Priority priority, bool dotsWithheld)
    {
        var levels = priority.ReadLevels();
        return PlanJson.Read<PriorityResponse>(priority.Content) with
        {
            Id = priority.Id,
            ListId = priority.ListId,
            Items = priority.Items,
            Levels = levels,
            FavorableShare = PriorityLevel.FavorableShareOf([.. levels]),
            IsProposed = priority.IsProposed,
            Position = priority.Position,
            Dots = dotsWithheld ? null : priority.Dots,
            Status = priority.Status,
            AdoptedAt = priority.AdoptedAt,
            DropReason = priority.DropReason,
            CreatedAt = priority.CreatedAt,
            UpdatedAt = priority.UpdatedAt,
            Version = priority.Version,
        };
    }
}
