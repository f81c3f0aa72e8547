using System.Text.Json.Nodes;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Frameworks.Rubrics;

/// <summary>Reads a CFRubric, written here or elsewhere, as a rubric. What CASE has no member for stands in the extensions, below <c>plservice</c>.</summary>
internal static class RubricReader
{
    /// <summary>The member of extensions that is ours.</summary>
    public const string Own = "plservice";

    /// <param name="body">The CFRubric.</param>
    /// <returns>The rubric; its criteria name standards by id, with the title of the link for a label.</returns>
    public static RubricDocument Read(string body)
    {
        var rubric = JsonNode.Parse(body)!.AsObject();
        var own = rubric["extensions"]?[Own] as JsonObject;
        var criteria = Ordered(rubric["CFRubricCriteria"]).Select(Criterion).ToList();
        var roles = own?["roles"] is JsonArray listed ? [.. listed.Select(role => (string)role!)] : new List<string>();
        roles.AddRange(criteria.Select(criterion => criterion.Role).OfType<string>().Where(role => !roles.Contains(role)).Distinct().ToList());
        return new()
        {
            Title = Text(rubric, "title") ?? "",
            Description = Text(rubric, "description"),
            Direction = Text(own, "direction") is { } said ? (said == "bestFirst" ? ScaleDirection.BestFirst : ScaleDirection.BestLast) : Direction(criteria),
            Roles = roles,
            Criteria = criteria,
        };
    }

    /// <summary>Objects of a list in the order of their positions; those without one come last.</summary>
    public static IEnumerable<JsonObject> Ordered(JsonNode? list) =>
        list is JsonArray members ? members.OfType<JsonObject>().OrderBy(member => Number(member, "position") ?? double.MaxValue) : [];

    private static RubricCriterion Criterion(JsonObject criterion) => new()
    {
        Id = Id(criterion),
        Code = Text(criterion["extensions"]?[Own], "code"),
        Role = Text(criterion, "category"),
        Standard = criterion["CFItemURI"] is JsonObject link ? new() { Id = Id(link), Label = Text(link, "title") } : null,
        Outcome = Text(criterion, "description") ?? "",
        Weight = Number(criterion, "weight"),
        Levels = Levels([.. Ordered(criterion["CFRubricCriterionLevels"])]),
    };

    /// <summary>
    /// Others have no sign for an empty cell: a level without words is one where its neighbours have them. Where none has, the levels are said by
    /// their labels alone.
    /// </summary>
    private static List<RubricLevel> Levels(List<JsonObject> levels)
    {
        var isDescribed = levels.Exists(level => Text(level, "description") is not null);
        return [.. levels.Select((level, i) => new RubricLevel
        {
            Id = Id(level),
            Label = Text(level, "quality") ?? $"Level {i + 1}",
            Description = Text(level, "description"),
            Feedback = Text(level, "feedback"),
            Score = Number(level, "score"),
            Empty = Text(level, "description") is null && Text(level, "feedback") is null && (IsEmpty(level) ?? isDescribed),
        })];
    }

    private static bool? IsEmpty(JsonObject level) =>
        (level["extensions"] as JsonArray)?.Select(extension => extension?[Own]?["empty"]).OfType<JsonValue>().FirstOrDefault() is { } said && said.TryGetValue<bool>(out var empty)
            ? empty : null;

    /// <summary>Scores tell; levels without any are taken to rise.</summary>
    private static ScaleDirection Direction(List<RubricCriterion> criteria)
    {
        var scores = criteria.Select(criterion => criterion.Levels.Select(level => level.Score).OfType<double>().ToList());
        var steps = scores.SelectMany(row => row.Zip(row.Skip(1), (before, after) => Math.Sign(after - before)));
        return steps.Sum() < 0 ? ScaleDirection.BestFirst : ScaleDirection.BestLast;
    }

    private static Guid? Id(JsonObject part) => Guid.TryParse(Text(part, "identifier"), out var id) ? id : null;

    private static string? Text(JsonNode? part, string member) =>
        part is JsonObject members && members[member] is JsonValue value && value.TryGetValue<string>(out var text) && !string.IsNullOrWhiteSpace(text) ? text : null;

    private static double? Number(JsonObject part, string member) => part[member] is JsonValue value && value.TryGetValue<double>(out var number) ? number : null;
}
