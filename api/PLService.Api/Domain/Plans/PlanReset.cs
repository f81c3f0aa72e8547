using System.Text.Json.Nodes;

namespace PLService.Api.Domain.Plans;

/// <summary>What a part says when work on it begins anew: nothing of what became of it.</summary>
internal static class PlanReset
{
    /// <summary>The content as it begins.</summary>
    public static JsonObject Of(PlanPartKind kind, JsonObject content)
    {
        var anew = (JsonObject)content.DeepClone();
        string[] gone = kind switch
        {
            PlanPartKind.Step => ["status", "doneOn"],
            PlanPartKind.Obstacle => ["status"],
            PlanPartKind.Need => ["isMet"],
            PlanPartKind.Cycle => ["stage", "implement", "evaluate", "review", "decision", "decisionReason", "decidedOn"],
            PlanPartKind.Measure => ["values"],
            _ => [],
        };
        // What was found last is what the next round is measured against.
        if (kind is PlanPartKind.Measure && (anew["values"] as JsonArray)?.MaxBy(value => (string)value!["on"]!, StringComparer.Ordinal) is { } last)
            anew["baseline"] = last["value"]!.DeepClone();
        foreach (var member in gone)
            anew.Remove(member);
        return anew;
    }
}
