namespace PLService.Api.Domain.Frameworks.Rubrics;

public static class RubricErrors
{
    public static readonly DomainError TooMany = new("rubric.too_many", "A framework has at most 2000 rubrics.");
    public static readonly DomainError UnknownFramework =
        new("rubric.unknown_framework", "There is no such framework to keep the rubric in, or you cannot read it.");
    public static readonly DomainError NotUsable =
        new("rubric.not_usable", "The rubric makes no sound instrument as it stands; errors name the places of the instrument document that it would make.");
}

/// <summary>How large a rubric may be that is written here: so that it can be used as an instrument.</summary>
internal static class RubricLimits
{
    public const int Criteria = 500;
    public const int Roles = 50;
    public const int LevelsPerCriterion = 20;

    /// <summary>Rubrics of one framework.</summary>
    public const int PerFramework = Case.CaseLimits.Rubrics;

    /// <summary>Characters of a description, an outcome or a level.</summary>
    public const int TextLength = 2_000;

    /// <summary>Characters of a role or a label.</summary>
    public const int NameLength = 300;

    public const int TitleLength = 500;

    /// <summary>Largest weight, and largest score either way.</summary>
    public const double Largest = 1_000_000;
}
