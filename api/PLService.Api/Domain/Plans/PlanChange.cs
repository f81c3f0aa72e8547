using System.Text.Json;
using System.Text.Json.Nodes;

namespace PLService.Api.Domain.Plans;

/// <summary>What was done to a plan or a part of it.</summary>
public enum PlanChangeAction
{
    Created,
    Changed,
    Deleted,
}

/// <summary>What one request did to a plan or to one of its parts. Rows are only ever added.</summary>
public sealed class PlanChange : ITenantOwned
{
    public Guid TenantId { get; private init; }
    public Guid PlanId { get; init; }

    /// <summary>The plan's version that it made.</summary>
    public long Version { get; init; }

    /// <summary>The part, or the plan itself.</summary>
    public Guid TargetId { get; init; }

    /// <summary>What the part is; null for the plan itself.</summary>
    public PlanPartKind? PartKind { get; init; }

    /// <summary>The version of the part, or of the plan itself, that it made.</summary>
    public long TargetVersion { get; init; }

    public PlanChangeAction Action { get; init; }

    /// <summary>JSON list of <see cref="FieldChange"/>.</summary>
    public string Fields { get; init; } = "[]";

    /// <summary>The version of the change that this one took back.</summary>
    public long? Undoes { get; init; }

    public Guid? PersonId { get; init; }
    public Guid? ApiClientId { get; init; }
    public DateTimeOffset At { get; init; }
}

/// <summary>What one field said before and after a change; null where it said nothing.</summary>
internal sealed record FieldChange(string Field, JsonNode? Before, JsonNode? After)
{
    public static List<FieldChange> Read(string json) => JsonSerializer.Deserialize<List<FieldChange>>(json, PlanJson.Options)!;

    public static string Write(IEnumerable<FieldChange> fields) => JsonSerializer.Serialize(fields, PlanJson.Options);

    /// <summary>The fields in which two contents differ, either of which may be missing.</summary>
    public static List<FieldChange> Between(JsonObject? before, JsonObject? after) =>
    [
        .. (before ?? []).Select(member => member.Key).Union((after ?? []).Select(member => member.Key))
            .Select(field => new FieldChange(field, before?[field]?.DeepClone(), after?[field]?.DeepClone()))
            .Where(change => !JsonNode.DeepEquals(change.Before, change.After)),
    ];
}
