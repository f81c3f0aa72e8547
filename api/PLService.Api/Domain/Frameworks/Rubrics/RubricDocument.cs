using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Frameworks.Rubrics;

/// <summary>
/// A rubric in the manner of innovation configurations: for each role and standard the outcomes that are wanted, each with ordered levels of
/// its own. Anything can be read into it; <see cref="RubricCheck"/> says whether it makes sense.
/// </summary>
internal record RubricDocument
{
    /// <summary>The title, 500 characters at most.</summary>
    public required string Title { get; init; }

    /// <summary>What it is for, 2,000 characters at most.</summary>
    public string? Description { get; init; }

    /// <summary>Whether levels are listed with the best one first, as innovation configuration maps do, or last.</summary>
    public required ScaleDirection Direction { get; init; }

    /// <summary>The roles that it describes, in order, 50 at most; those of the criteria in their order when absent.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>The criteria in order, 1 to 500.</summary>
    public required IReadOnlyList<RubricCriterion> Criteria { get; init; }
}

/// <summary>One outcome with its levels (CASE CFRubricCriterion).</summary>
internal sealed record RubricCriterion
{
    /// <summary>CASE identifier of a criterion that the rubric has already; absent for a new one.</summary>
    public Guid? Id { get; init; }

    /// <summary>
    /// Short name, unique within the rubric; instruments that are made of the rubric name the item by it. Made of the code of the standard when
    /// absent, and kept.
    /// </summary>
    public string? Code { get; init; }

    /// <summary>Whose practice it describes, one of the rubric's roles.</summary>
    public string? Role { get; init; }

    /// <summary>The standard that it belongs to, of this or another framework.</summary>
    public RubricStandard? Standard { get; init; }

    /// <summary>What is wanted, 2,000 characters at most.</summary>
    public required string Outcome { get; init; }

    /// <summary>How much it counts beside the others, 0 or more. Results of instruments do not weigh.</summary>
    public double? Weight { get; init; }

    /// <summary>Its levels in the order that the direction says, 2 to 20, at least two of them not empty.</summary>
    public required IReadOnlyList<RubricLevel> Levels { get; init; }
}

/// <summary>Names a standard: by its id, or by framework and code.</summary>
internal sealed record RubricStandard
{
    /// <summary>CASE identifier; goes before framework and code.</summary>
    public Guid? Id { get; init; }

    /// <summary>Id or code of the framework; its code in answers.</summary>
    public string? Framework { get; init; }

    /// <summary>Code of the standard in the framework.</summary>
    public string? Code { get; init; }

    /// <summary>What it is called: only in answers; ignored when it is sent.</summary>
    public string? Label { get; init; }
}

/// <summary>One level of a criterion (CASE CFRubricCriterionLevel): a cell of the map.</summary>
internal sealed record RubricLevel
{
    /// <summary>CASE identifier of a level that the criterion has already; absent for a new one.</summary>
    public Guid? Id { get; init; }

    /// <summary>What the level is called, unique within the criterion, 300 characters at most.</summary>
    public required string Label { get; init; }

    /// <summary>What the level looks like for this outcome, 2,000 characters at most.</summary>
    public string? Description { get; init; }

    /// <summary>What to tell those who are there, 2,000 characters at most.</summary>
    public string? Feedback { get; init; }

    /// <summary>Points, more is better; without any, levels score by their place.</summary>
    public double? Score { get; init; }

    /// <summary>An empty cell: the criterion does not offer this level. It has a label only.</summary>
    public bool Empty { get; init; }
}
