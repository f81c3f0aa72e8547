using System.Text.Json.Nodes;
using PLService.Api.Domain.Plans;

namespace PLService.Api.Features.Plans.History;

/// <summary>What one request did to a plan or to one of its parts.</summary>
/// <param name="Version">The plan's version that it made; what one request did to several parts has one version.</param>
/// <param name="Kind">What was changed; null for the plan itself.</param>
/// <param name="TargetId">The part, or the plan itself.</param>
/// <param name="Action">What was done.</param>
/// <param name="Fields">Each field with what it said before and after.</param>
/// <param name="Undoes">The version of the change that this one took back.</param>
/// <param name="PersonId">Who did it; null for a machine.</param>
/// <param name="PersonName">The name of that person.</param>
/// <param name="ApiClientId">The machine.</param>
/// <param name="At">When.</param>
internal sealed record PlanChangeResponse(
    long Version,
    PlanPartKind? Kind,
    Guid TargetId,
    PlanChangeAction Action,
    IReadOnlyList<ChangedField> Fields,
    long? Undoes,
    Guid? PersonId,
    string? PersonName,
    Guid? ApiClientId,
    DateTimeOffset At)
{
    internal static readonly PlanChangeResponse Sample = new(
        7, PlanPartKind.Step, Guid.Parse("01a2b3c4-0000-7000-8000-000000000402"), PlanChangeAction.Changed, [new("status", "notStarted", "inProgress")], null,
        Guid.Parse("01a2b3c4-0000-7000-8000-000000000300"), "Ada Moreno", null, PlanSamples.Time);

    public static PlanChangeResponse Of(PlanChange change, IReadOnlyDictionary<Guid, string> names) => new(
        change.Version, change.PartKind, change.TargetId, change.Action,
        [.. FieldChange.Read(change.Fields).Select(field => new ChangedField(field.Field, field.Before, field.After))],
        change.Undoes, change.PersonId, change.PersonId is { } person ? names.GetValueOrDefault(person) : null, change.ApiClientId, change.At);
}

/// <summary>What one field said before and after.</summary>
/// <param name="Field">The field's name.</param>
/// <param name="Before">What it said before; null when it said nothing.</param>
/// <param name="After">What it says since; null when it says nothing.</param>
internal sealed record ChangedField(string Field, JsonNode? Before, JsonNode? After);
