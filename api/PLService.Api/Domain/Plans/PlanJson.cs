using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Plans;

/// <summary>How contents of plans and their parts are kept in the database.</summary>
internal static class PlanJson
{
    public static JsonSerializerOptions Options { get; } = MakeOptions();

    public static string Write(object content) => JsonSerializer.Serialize(content, content.GetType(), Options);

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options)!;

    public static JsonObject Node(string json) => (JsonObject)JsonNode.Parse(json)!;

    /// <summary>The content of a part, by what it is.</summary>
    public static PartContent Read(PlanPartKind kind, string json) => (PartContent)JsonSerializer.Deserialize(json, TypeOf(kind), Options)!;

    /// <summary>The fields of a kind's content, of the plan itself without one; what names the part that it belongs to is none of them.</summary>
    public static IReadOnlySet<string> MembersOf(PlanPartKind? kind) =>
        Options.GetTypeInfo(kind is { } some ? TypeOf(some) : typeof(PlanContent)).Properties.Select(property => property.Name)
            .Where(name => kind is null || name != PlanKinds.ParentMember(kind.Value)).ToHashSet(StringComparer.Ordinal);

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions(InstrumentJson.Options);
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private static Type TypeOf(PlanPartKind kind) => kind switch
    {
        PlanPartKind.QuickWrite => typeof(QuickWriteContent),
        PlanPartKind.Statement => typeof(StatementContent),
        PlanPartKind.Strategy => typeof(StrategyContent),
        PlanPartKind.Step => typeof(StepContent),
        PlanPartKind.ProgressNote => typeof(ProgressNoteContent),
        PlanPartKind.Obstacle => typeof(ObstacleContent),
        PlanPartKind.Need => typeof(NeedContent),
        PlanPartKind.Resource => typeof(ResourceContent),
        PlanPartKind.Cycle => typeof(CycleContent),
        PlanPartKind.Measure => typeof(MeasureContent),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
