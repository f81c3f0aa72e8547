namespace PLService.Api.Domain.Plans;

/// <summary>The days in which plans can have worked on what changed between two rounds of assessments.</summary>
/// <param name="First">The first day.</param>
/// <param name="Last">The last day.</param>
internal readonly record struct PlanPeriod(DateOnly First, DateOnly Last)
{
    /// <summary>
    /// From the day on which the first round opened to the day on which the second one did, a day of grace at both ends because plans go by their
    /// organization's days; without a first round, what comes after the second.
    /// </summary>
    public static PlanPeriod Between(DateTimeOffset? from, DateTimeOffset to) => from is { } first
        ? new(DateOnly.FromDateTime(first.UtcDateTime).AddDays(-1), DateOnly.FromDateTime(to.UtcDateTime).AddDays(1))
        : new(DateOnly.FromDateTime(to.UtcDateTime).AddDays(-1), DateOnly.MaxValue);

    /// <summary>Whether a plan lies in it, in part at least.</summary>
    public bool Touches(DateOnly startsOn, DateOnly endsOn) => endsOn >= First && startsOn <= Last;
}
