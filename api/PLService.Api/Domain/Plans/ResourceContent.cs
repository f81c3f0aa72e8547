using System.Text.Json;

namespace PLService.Api.Domain.Plans;

/// <summary>What a resource is.</summary>
public enum ResourceKind
{
    People,
    Time,
    Money,
}

/// <summary>People, time or money that a plan or one of its strategies takes; members of another kind of resource stay empty.</summary>
internal record ResourceContent : PartContent
{
    /// <summary>What it is.</summary>
    public required ResourceKind Kind { get; init; }

    /// <summary>What it is called, such as <c>Instructional coaches</c>; 300 characters at most.</summary>
    public required string Title { get; init; }

    /// <summary>The strategy that takes it; the whole plan unless given.</summary>
    public Guid? StrategyId { get; init; }

    /// <summary>People: their role, 200 characters at most.</summary>
    public string? Role { get; init; }

    /// <summary>People: full-time equivalents, 0 to 100,000.</summary>
    public decimal? Fte { get; init; }

    /// <summary>People: teachers for each of them, 0 to 10,000.</summary>
    public decimal? TeachersPerLeader { get; init; }

    /// <summary>Time: minutes a week for each educator, 0 to 10,080.</summary>
    public decimal? MinutesPerWeek { get; init; }

    /// <summary>Time: days a year for each educator, 0 to 366.</summary>
    public decimal? DaysPerYear { get; init; }

    /// <summary>Time: whether other things cannot take it.</summary>
    public bool? IsProtected { get; init; }

    /// <summary>Money: how much in all, in US dollars; 0 to 10^12.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Money: where it comes from, such as <c>Title II, Part A</c>; 200 characters at most.</summary>
    public string? Source { get; init; }

    /// <summary>Money: the school years that it is for, by the year in which each begins; 10 at most.</summary>
    public IReadOnlyList<int> Years { get; init; } = [];

    internal override PartLook Look => new(StrategyId, JsonNamingPolicy.CamelCase.ConvertName(Kind.ToString()));
}
