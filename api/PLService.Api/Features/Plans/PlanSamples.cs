namespace PLService.Api.Features.Plans;

/// <summary>What the examples of the contract have in common.</summary>
internal static class PlanSamples
{
    public static readonly DateTimeOffset Time = new(2026, 9, 14, 15, 0, 0, TimeSpan.Zero);
    public static readonly Guid Plan = Guid.Parse("01a2b3c4-0000-7000-8000-000000000400");
    public static readonly Guid Organization = Guid.Parse("01a2b3c4-0000-7000-8000-000000000010");
}
