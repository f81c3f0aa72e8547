namespace PLService.Api.Domain;

/// <summary>The days in which an outside id was somebody's, as far as they are known.</summary>
/// <param name="From">The first day; null when it is not known.</param>
/// <param name="To">The last day; null while it is valid.</param>
public readonly record struct ValidityPeriod(DateOnly? From, DateOnly? To)
{
    // Only days on which both are known to be valid count: of a period without a first day that is its last one.
    public bool Overlaps(ValidityPeriod other) => FirstKnown <= other.LastKnown && other.FirstKnown <= LastKnown;

    private DateOnly FirstKnown => From ?? LastKnown;

    private DateOnly LastKnown => To ?? DateOnly.MaxValue;
}
