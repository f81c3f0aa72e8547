using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Plans;

/// <summary>Whether a template makes sense: what passes can begin plans.</summary>
internal static partial class PlanTemplateCheck
{
    private const int MaxRef = 60;

    /// <summary>Members of contents that name something outside of the plan, which no template can know.</summary>
    public static readonly IReadOnlyList<string> Outside = ["ownerPersonId", "ownerTeamId", "priorityId", "cause", "siteId"];

    // A day on which any template can begin; how long after it things are is all that counts.
    private static readonly DateOnly SomeDay = new(2000, 1, 1);

    /// <summary>The faults in document order; none for a sound document.</summary>
    public static IReadOnlyList<Fault> Check(PlanTemplateDocument document)
    {
        var faults = new FaultList();
        faults.CheckNulls(document);
        if (faults.Faults.Count > 0)
            return faults.Faults;

        CheckHead(faults, document);
        faults.CheckCount("/parts", "parts", document.Parts.Count, 0, PlanTemplateDocument.MaxParts);
        faults.CheckUnique("/parts", "/ref", document.Parts.Select(part => part.Ref));
        var kinds = document.Parts.GroupBy(part => part.Ref).ToDictionary(group => group.Key, group => group.First().Kind, StringComparer.Ordinal);
        foreach (var (i, part) in document.Parts.Index())
            CheckPart(faults, $"/parts/{i}", part, kinds);
        return faults.Faults;
    }

    /// <summary>What the parts of a sound document say, each with its place.</summary>
    public static IEnumerable<(string Pointer, PartContent Content)> Contents(PlanTemplateDocument document) =>
        document.Parts.Index().Select(at => ($"/parts/{at.Index}/content", Read(at.Item)));

    private static PartContent Read(PlanDocumentPart part) =>
        (part with { Content = PlanDays.Name(part.Content, SomeDay) }).Read(PlanKinds.ParentMember(part.Kind) is null ? null : Guid.Empty);

    private static void CheckHead(FaultList faults, PlanTemplateDocument document)
    {
        if (!Code().IsMatch(document.Code))
            faults.Add("/code", FaultCodes.Format, $"\"{FaultList.Shown(document.Code)}\" is not a template's code: 2 to 40 lower-case letters, digits or hyphens, a letter first.");
        faults.CheckText("/title", document.Title);
        faults.CheckText("/description", document.Description);
        foreach (var (label, text) in document.Labels)
        {
            var place = $"/labels/{FaultList.Escaped(label)}";
            if (!PlanLabels.All.Contains(label))
                faults.Add(place, FaultCodes.Unknown, $"\"{FaultList.Shown(label)}\" is no label; there are {string.Join(", ", PlanLabels.All)}.");
            faults.CheckText(place, text, 500);
        }
    }

    private static void CheckPart(FaultList faults, string place, PlanDocumentPart part, Dictionary<string, PlanPartKind> kinds)
    {
        if (part.Ref.Length is 0 or > MaxRef)
            faults.Add($"{place}/ref", FaultCodes.Format, $"A reference has 1 to {MaxRef} characters.");
        if (PlanKinds.IsOnesWords(part.Kind) || part.PersonId is not null)
        {
            faults.Add($"{place}/kind", FaultCodes.Inconsistent, "What people write in their own name is no part of a template.");
            return;
        }

        if (part.Parent is null ? PlanKinds.NeedsParent(part.Kind) : !kinds.TryGetValue(part.Parent, out var kind) || kind != PlanKinds.ParentOf(part.Kind))
            faults.Add($"{place}/parent", FaultCodes.Unknown, $"Name the {PlanKinds.ParentOf(part.Kind)?.ToString().ToLowerInvariant() ?? "part"} of this document that it belongs to.");
        var own = Outside.Concat(PlanDays.Dated).Append(PlanKinds.ParentMember(part.Kind) ?? "").Where(part.Content.ContainsKey).ToList();
        foreach (var member in own)
            faults.Add($"{place}/content/{member}", FaultCodes.Inconsistent, "A template names nothing outside of itself and no days: leave it out, count days with startsDay and dueDay, and name what it belongs to with parent.");
        var uncounted = PlanDays.Counting.Where(member => part.Content[member] is { } value && !IsDay(value)).ToList();
        foreach (var member in uncounted)
            faults.Add($"{place}/content/{member}", FaultCodes.OutOfRange, $"Days after the start are a whole number, 0 to {PlanDays.Most}.");
        if (own.Count == 0 && uncounted.Count == 0)
            CheckContent(faults, place, part);
    }

    private static void CheckContent(FaultList faults, string place, PlanDocumentPart part)
    {
        try
        {
            Read(part);
        }
        catch (JsonException e)
        {
            faults.Add($"{place}/content", FaultCodes.Format, $"It is not what a {part.Kind.ToString().ToLowerInvariant()} says: {FaultList.Shown(e.Message)}");
        }
    }

    private static bool IsDay(JsonNode value) => value is JsonValue number && number.TryGetValue<int>(out var day) && day is >= 0 and <= PlanDays.Most;

    [GeneratedRegex(@"^[a-z][a-z0-9-]{1,39}\z")]
    private static partial Regex Code();
}
