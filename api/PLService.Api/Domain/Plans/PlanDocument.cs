using System.Text.Json.Nodes;

namespace PLService.Api.Domain.Plans;

/// <summary>
/// A whole plan as one document: what it says itself and its parts, which name one another by references of the document instead of ids. Versions,
/// copies, templates and exports are made of it.
/// </summary>
internal sealed record PlanDocument
{
    /// <summary>What the plan says itself.</summary>
    public required PlanContent Plan { get; init; }

    /// <summary>Its parts, kind by kind in their order.</summary>
    public IReadOnlyList<PlanDocumentPart> Parts { get; init; } = [];

    /// <summary>A plan and its parts as they are now. A part's reference is its id, so that it is the same part in all versions.</summary>
    public static PlanDocument Of(Plan plan, IEnumerable<PlanPart> parts) => new()
    {
        Plan = PlanJson.Read<PlanContent>(plan.Content),
        Parts = [.. parts.OrderBy(part => part.Kind).ThenBy(part => part.Position).ThenBy(part => part.Id).Select(PlanDocumentPart.Of)],
    };
}

/// <summary>A part of a plan in a document.</summary>
/// <param name="Ref">What other parts of the document name it by: 1 to 60 characters, unique in the document.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Content">What it says: members as the part itself has them, without the one that names the part that it belongs to.</param>
/// <param name="Parent">The part that it belongs to: the strategy of a step, an obstacle, a resource or a cycle, the step of a note, the cycle of a measure.</param>
/// <param name="PersonId">Who wrote it, of parts that are one person's words.</param>
internal sealed record PlanDocumentPart(string Ref, PlanPartKind Kind, JsonObject Content, string? Parent = null, Guid? PersonId = null)
{
    public static PlanDocumentPart Of(PlanPart part)
    {
        var content = PlanJson.Node(part.Content);
        if (PlanKinds.ParentMember(part.Kind) is { } member)
            content.Remove(member);
        return new(part.Id.ToString(), part.Kind, content, part.ParentId?.ToString(), PlanKinds.IsOnesWords(part.Kind) ? part.PersonId : null);
    }

    /// <summary>The content with the member that names what it belongs to, as a part has it.</summary>
    /// <param name="parent">The id of that part.</param>
    public JsonObject Whole(Guid? parent)
    {
        var content = (JsonObject)Content.DeepClone();
        if (parent is { } id && PlanKinds.ParentMember(Kind) is { } member)
            content[member] = id;
        return content;
    }

    /// <summary>The content, of which the members that a kind has are read strictly.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is not shaped like the kind's content.</exception>
    public PartContent Read(Guid? parent) => PlanJson.Read(Kind, Whole(parent).ToJsonString(PlanJson.Options));
}

/// <summary>How kinds of parts belong to one another.</summary>
internal static class PlanKinds
{
    /// <summary>The kinds in an order in which what others belong to comes before them.</summary>
    public static readonly IReadOnlyList<PlanPartKind> ParentsFirst =
        [.. Enum.GetValues<PlanPartKind>().OrderBy(kind => ParentOf(kind) is not { } parent ? 0 : ParentOf(parent) is null ? 1 : 2)];

    /// <summary>What a part of this kind can belong to; null for kinds that stand alone.</summary>
    public static PlanPartKind? ParentOf(PlanPartKind kind) => kind switch
    {
        PlanPartKind.ProgressNote => PlanPartKind.Step,
        PlanPartKind.Measure => PlanPartKind.Cycle,
        PlanPartKind.Step or PlanPartKind.Obstacle or PlanPartKind.Resource or PlanPartKind.Cycle => PlanPartKind.Strategy,
        _ => null,
    };

    /// <summary>The member of the content that names what it belongs to.</summary>
    public static string? ParentMember(PlanPartKind kind) => ParentOf(kind) switch
    {
        PlanPartKind.Strategy => "strategyId",
        PlanPartKind.Step => "stepId",
        PlanPartKind.Cycle => "cycleId",
        _ => null,
    };

    /// <summary>Whether a part of this kind cannot be without what it belongs to.</summary>
    public static bool NeedsParent(PlanPartKind kind) => kind is PlanPartKind.ProgressNote or PlanPartKind.Measure or PlanPartKind.Cycle;

    /// <summary>Whether a part of this kind is one person's words.</summary>
    public static bool IsOnesWords(PlanPartKind kind) => kind is PlanPartKind.QuickWrite or PlanPartKind.ProgressNote;
}
