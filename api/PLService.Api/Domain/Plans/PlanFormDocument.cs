using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Plans;

/// <summary>What an agency asks of a plan: sections that are filled from the plan, with what has to be there.</summary>
internal sealed record PlanFormDocument
{
    public const int MaxSections = 50;
    public const int MaxFields = 50;
    public const int MaxMinimum = 100;

    /// <summary>Stable name: 2 to 40 lower-case letters, digits or hyphens, a letter first.</summary>
    public required string Code { get; init; }

    /// <summary>What it is called, by language.</summary>
    public required Text Title { get; init; }

    /// <summary>What it is for and whose it is, by language.</summary>
    public Text? Description { get; init; }

    /// <summary>Its sections in their order, 1 to 50.</summary>
    public required IReadOnlyList<PlanFormSection> Sections { get; init; }
}

/// <summary>A section of a form: one entry for the plan itself, or an entry per part of a kind.</summary>
internal sealed record PlanFormSection
{
    /// <summary>Its name within the form.</summary>
    public required string Code { get; init; }

    /// <summary>Its heading, by language.</summary>
    public required Text Title { get; init; }

    /// <summary>What is to be written there, by language.</summary>
    public Text? Help { get; init; }

    /// <summary>The parts that it is filled from; null for the plan itself.</summary>
    public PlanPartKind? Kind { get; init; }

    /// <summary>Only parts whose fields say so: <c>{ "kind": "money" }</c>.</summary>
    public IReadOnlyDictionary<string, string> Only { get; init; } = new Dictionary<string, string>();

    /// <summary>How many entries there have to be, 0 to 100.</summary>
    public int Minimum { get; init; }

    /// <summary>The fields of each entry, 50 at most.</summary>
    public IReadOnlyList<PlanFormField> Fields { get; init; } = [];

    /// <summary>Sections of each entry, filled from the parts that belong to it, directly or through another part: the measures of a strategy. Three levels at most.</summary>
    public IReadOnlyList<PlanFormSection> Within { get; init; } = [];
}

/// <summary>A field of a form.</summary>
/// <param name="Field">The field of the plan or the part: <c>narrative</c>; of steps also <c>owner</c>, of the plan <c>organization</c>.</param>
/// <param name="Title">What the form calls it, by language.</param>
/// <param name="Required">Whether it has to be filled.</param>
internal sealed record PlanFormField(string Field, Text Title, bool Required = false);
