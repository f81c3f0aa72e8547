namespace PLService.Api.Domain.Teams;

/// <summary>What is said of a team; its members and meetings stand beside it.</summary>
internal record TeamContent
{
    public const int PurposeMaxLength = 5_000;
    public const int MaxCommitments = 30;
    public const int CommitmentMaxLength = 500;

    /// <summary>What kind of team it is: what it has to be made up of follows from it.</summary>
    public required TeamKind Kind { get; init; }

    /// <summary>What it is called, 200 characters at most.</summary>
    public required string Name { get; init; }

    /// <summary>What it is there for, 5,000 characters at most.</summary>
    public string? Purpose { get; init; }

    /// <summary>What its members commit to, 30 at most of 500 characters.</summary>
    public IReadOnlyList<string> Commitments { get; init; } = [];

    /// <summary>By when it is renewed: members, purpose and commitments agreed on once more.</summary>
    public DateOnly? RenewsOn { get; init; }

    /// <summary>Its first day.</summary>
    public DateOnly? StartsOn { get; init; }

    /// <summary>Its last day, of a team that is there for a time.</summary>
    public DateOnly? EndsOn { get; init; }

    /// <summary>The id by which files and other systems name it, 100 characters at most; unique in the organization.</summary>
    public string? ExternalId { get; init; }
}
