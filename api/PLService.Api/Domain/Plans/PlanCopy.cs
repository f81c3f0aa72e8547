using System.Text.Json.Nodes;

namespace PLService.Api.Domain.Plans;

/// <summary>What goes over from a plan into that of another period: what is still to be done, with its days moved and its status as at the beginning.</summary>
internal static class PlanCopy
{
    /// <param name="last">The plan.</param>
    /// <param name="start">When the next one begins.</param>
    /// <param name="withDone">Whether steps that were done are to be done again.</param>
    /// <param name="elsewhere">Whether it is another organization's: then nobody and nothing of the first one's goes with it.</param>
    public static IReadOnlyList<PlanDocumentPart> PartsOf(PlanDocument last, DateOnly start, bool withDone, bool elsewhere)
    {
        var kept = last.Parts.Where(part => IsKept(part, withDone)).Select(part => part.Ref).ToHashSet(StringComparer.Ordinal);
        var days = start.DayNumber - last.Plan.StartsOn.DayNumber;
        var years = start.Year - last.Plan.StartsOn.Year;
        return
        [
            .. last.Parts.Where(part => kept.Contains(part.Ref) && (part.Parent is null || kept.Contains(part.Parent)))
                .Select(part => part with { Content = Moved(part, days, years, elsewhere) }),
        ];
    }

    private static bool IsKept(PlanDocumentPart part, bool withDone) => part.Kind switch
    {
        // Words that people wrote in their own name are of that year.
        _ when PlanKinds.IsOnesWords(part.Kind) => false,
        PlanPartKind.Step => (string?)part.Content["status"] is var status && status != "dropped" && (withDone || status != "done"),
        PlanPartKind.Obstacle => (string?)part.Content["status"] != "resolved",
        PlanPartKind.Need => (bool?)part.Content["isMet"] is not true,
        PlanPartKind.Cycle => (string?)part.Content["decision"] is not ("adopt" or "abandon"),
        _ => true,
    };

    private static JsonObject Moved(PlanDocumentPart part, int days, int years, bool elsewhere)
    {
        var content = PlanDays.Shift(PlanReset.Of(part.Kind, part.Content), days);
        if (content["years"] is JsonArray of)
            content["years"] = new JsonArray([.. of.Select(year => (JsonNode)((int)year! + years))]);
        foreach (var member in elsewhere ? PlanTemplateCheck.Outside : [])
            content.Remove(member);
        return content;
    }
}
