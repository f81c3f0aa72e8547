using System.Text.Json.Nodes;
using PLService.Api.Domain.Plans;
using PLService.Api.Features.Imports.Reading.Columns;

namespace PLService.Api.Features.Imports.Reading;

/// <summary>Rows of plans, in the order of the file.</summary>
internal sealed class PlanBatch : ImportBatch
{
    public List<PlanRow> Rows { get; } = [];
}

/// <summary>One row of a file of plans: what it says of the plan, of a strategy, and of a step or an obstacle. What is not told is not there.</summary>
internal sealed record PlanRow(long Record, long Line, PlanRowType Type, OrganizationReference Organization, string PlanId) : INamesPerson
{
    public PlanStatus? PlanStatus { get; init; }

    /// <summary>External id of the strategy that the row is, or belongs to.</summary>
    public string? StrategyId { get; init; }

    /// <summary>External id of the step or obstacle.</summary>
    public string? PartId { get; init; }

    /// <summary>Members of contents that the row tells; null where it takes one away.</summary>
    public required IReadOnlyDictionary<PlanRowType, JsonObject> Says { get; init; }

    /// <summary>Address of the owner.</summary>
    public string? Email { get; init; }

    /// <summary>The row takes the owner away.</summary>
    public bool HasNoOwner { get; init; }

    PersonReference? INamesPerson.Person => null;

    /// <summary>What the row says of this.</summary>
    public JsonObject Of(PlanRowType type) => Says[type];

    /// <summary>Whether another row says the same.</summary>
    public bool IsSameAs(PlanRow other) =>
        (Type, StrategyId, Email, HasNoOwner) == (other.Type, other.StrategyId, other.Email, other.HasNoOwner) && JsonNode.DeepEquals(Of(Type), other.Of(Type));
}
