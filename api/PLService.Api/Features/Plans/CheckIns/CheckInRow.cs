using System.Linq.Expressions;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Features.Plans.CheckIns;

/// <summary>A check-in without the chart that it keeps.</summary>
internal sealed record CheckInRow(
    Guid Id,
    Guid PlanId,
    int Mark,
    DateOnly HeldOn,
    string? EarlyReason,
    string Content,
    string Outcomes,
    long PlanVersion,
    Guid? PersonId,
    Guid? ApiClientId,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version)
{
    public static readonly Expression<Func<CheckIn, CheckInRow>> Columns = held => new(
        held.Id, held.PlanId, held.Mark, held.HeldOn, held.EarlyReason, held.Content, held.Outcomes, held.PlanVersion, held.PersonId, held.ApiClientId,
        held.CreatedAt, held.UpdatedAt, held.Version);

    private static readonly Func<CheckIn, CheckInRow> Read = Columns.Compile();

    public static CheckInRow Of(CheckIn checkIn) => Read(checkIn);
}
