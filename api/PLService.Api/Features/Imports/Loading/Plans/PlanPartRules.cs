using System.Globalization;
using System.Text.Json.Nodes;
using PLService.Api.Domain.Plans;
using PLService.Api.Features.Imports.Reading;
using PLService.Api.Features.Imports.Reading.Columns;

namespace PLService.Api.Features.Imports.Loading.Plans;

/// <summary>The rules that hold for plans and their parts one by one, for rows of a file.</summary>
internal sealed class PlanPartRules(PlanPlace place, PlanFacts facts)
{
    /// <summary>What is wrong with what the plan says itself.</summary>
    public static PlanFault? OfPlan(JsonObject content)
    {
        if (Missing(content, PlanRowType.Plan, "title", "startsOn", "endsOn") is { } missing)
            return missing;
        var (start, end) = (Day(content["startsOn"])!.Value, Day(content["endsOn"])!.Value);
        return start < end && end <= start.AddYears(10) ? null : new("plan.bad_period", "A plan ends after it begins, ten years later at most.", Field.PlanEndsOn, Text(content["endsOn"]));
    }

    /// <summary>What is wrong with a strategy.</summary>
    public PlanFault? OfStrategy(PlanPart? stored, JsonObject content) => Missing(content, PlanRowType.Strategy, "title") ?? OfStandards(stored, content);

    /// <summary>Fills in what follows from the rest of a step or an obstacle.</summary>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public PlanFault? Complete(PlanRow row, PlanPart? stored, JsonObject content)
    {
        if (row.Type is PlanRowType.Obstacle)
            return Missing(content, PlanRowType.Obstacle, "title", "kind");
        if (Missing(content, PlanRowType.Step, "title") is { } missing)
            return missing;
        if (Day(content["startsOn"]) > Day(content["dueOn"]))
            return new("plan.due_before_start", "A step is not due before it begins.", Field.DueOn, Text(content["dueOn"]));
        if (Text(content["status"]) is "done")
            content["doneOn"] ??= place.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        else if (row.Of(PlanRowType.Step)["doneOn"] is { } done)
            return new("plan.not_done", "Only a step with status done was done on a day.", Field.DoneOn, Text(done));
        else
            content.Remove("doneOn");
        return OfOwner(row, stored, content) ?? OfStandards(stored, content);
    }

    private PlanFault? OfOwner(PlanRow row, PlanPart? stored, JsonObject content)
    {
        if (row.HasNoOwner)
            content.Remove("ownerPersonId");
        if (row.Email is not { } email)
            return null;
        if (facts.Owners.GetValueOrDefault(email) is not { } person || (person.Id != stored?.OwnerPersonId && !(person.IsReached && person.IsActive)))
            return new(PlanErrors.UnknownOwner.Code, "No active person whom you can reach has this address. Import people before their steps, or write the name into owner_name.", Field.Email, email);
        content["ownerPersonId"] = person.Id;
        return null;
    }

    // What is stored may serve a standard that is gone by now.
    private PlanFault? OfStandards(PlanPart? stored, JsonObject content)
    {
        var known = stored is null ? [] : PlanMerging.Serves(PlanJson.Node(stored.Content)).ToHashSet();
        return PlanMerging.Serves(content).FirstOrDefault(served => facts.UnknownStandards.Contains(served) && !known.Contains(served)) is { } unknown
            ? new("plan.unknown_standard", $"There is no standard {unknown.Code} in a framework {unknown.Framework}.", Field.Serves, $"{unknown.Framework}:{unknown.Code}")
            : null;
    }

    private static PlanFault? Missing(JsonObject content, PlanRowType of, params string[] members) =>
        Array.Find(members, member => content[member] is null) is { } missing
            ? new(ImportCodes.MissingValue, $"This {Persistence.EnumText.Of(of)} is new, so that it needs {PlanColumns.NameOf(PlanColumns.FieldOf(of, missing))}. Fill it in, or check the id if it is none that is new.", PlanColumns.FieldOf(of, missing))
            : null;

    private static DateOnly? Day(JsonNode? value) => Text(value) is { } text ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    private static string? Text(JsonNode? value) => (string?)value;
}
