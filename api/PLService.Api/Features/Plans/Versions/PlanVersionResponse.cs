using PLService.Api.Domain.Plans;

namespace PLService.Api.Features.Plans.Versions;

/// <summary>A version of a plan, without what it said.</summary>
/// <param name="Number">1 for the plan's first.</param>
/// <param name="Reason">Why it was kept.</param>
/// <param name="Name">The name that it was kept under, when it was kept under one.</param>
/// <param name="Shows">The plan's own version that it shows.</param>
/// <param name="Status">How far the plan was.</param>
/// <param name="PersonId">Who kept it; null for a machine.</param>
/// <param name="PersonName">The name of that person.</param>
/// <param name="ApiClientId">The machine.</param>
/// <param name="At">When.</param>
internal sealed record PlanVersionResponse(
    int Number, PlanVersionReason Reason, string? Name, long Shows, PlanStatus Status, Guid? PersonId, string? PersonName, Guid? ApiClientId, DateTimeOffset At)
{
    internal static readonly PlanVersionResponse Sample = new(
        2, PlanVersionReason.Named, "Before the board meeting", 14, PlanStatus.Active, Guid.Parse("01a2b3c4-0000-7000-8000-000000000300"), "Ada Moreno", null, PlanSamples.Time);

    public static PlanVersionResponse Of(PlanVersion version, IReadOnlyDictionary<Guid, string> names) => new(
        version.Number, version.Reason, version.Name, version.Shows, version.Status, version.PersonId,
        version.PersonId is { } person ? names.GetValueOrDefault(person) : null, version.ApiClientId, version.At);
}
