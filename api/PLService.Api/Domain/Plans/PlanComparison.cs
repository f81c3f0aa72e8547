using System.Text.Json.Nodes;

namespace PLService.Api.Domain.Plans;

/// <summary>What is different between two documents of one plan.</summary>
/// <param name="Ref">The part's reference, which is its id; null for the plan itself.</param>
/// <param name="Kind">What the part is; null for the plan itself.</param>
/// <param name="Action">Whether it was added, changed or removed.</param>
/// <param name="Title">What the part begins with, as a later reader knows it by.</param>
/// <param name="Fields">Each field with what it said before and after.</param>
internal sealed record PlanDifference(string? Ref, PlanPartKind? Kind, PlanChangeAction Action, string? Title, IReadOnlyList<FieldChange> Fields)
{
    private static readonly string[] Titles = ["title", "name", "if", "description", "text"];

    /// <summary>The differences: the plan itself first, then kind by kind; what was removed after what is there.</summary>
    public static IReadOnlyList<PlanDifference> Between(PlanDocument before, PlanDocument after)
    {
        var (old, now) = (before.Parts.ToDictionary(part => part.Ref, StringComparer.Ordinal), after.Parts.ToDictionary(part => part.Ref, StringComparer.Ordinal));
        PlanDifference[] itself = [new(null, null, PlanChangeAction.Changed, null, FieldChange.Between(PlanJson.Node(PlanJson.Write(before.Plan)), PlanJson.Node(PlanJson.Write(after.Plan))))];
        return
        [
            .. itself
                .Concat(after.Parts.Select(part => Between(part, old.GetValueOrDefault(part.Ref), part)))
                .Concat(before.Parts.Where(part => !now.ContainsKey(part.Ref)).Select(part => Between(part, part, null)))
                .Where(difference => difference.Fields.Count > 0)
                .OrderBy(difference => difference.Kind is { } kind ? (int)kind : -1),
        ];
    }

    private static PlanDifference Between(PlanDocumentPart part, PlanDocumentPart? before, PlanDocumentPart? after) => new(
        part.Ref,
        part.Kind,
        before is null ? PlanChangeAction.Created : after is null ? PlanChangeAction.Deleted : PlanChangeAction.Changed,
        Titles.Select(member => part.Content[member]).OfType<JsonValue>().Select(value => value.ToString()).FirstOrDefault(),
        FieldChange.Between(Whole(before), Whole(after)));

    private static JsonObject? Whole(PlanDocumentPart? part) => part?.Whole(Guid.TryParse(part.Parent, out var parent) ? parent : null);
}
