using System.Text.Json.Nodes;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Frameworks.Rubrics;

/// <summary>Writes a rubric as a CFRubric. Parts that were there keep their identifiers, addresses and whatever else stands in them.</summary>
internal sealed class RubricWriter
{
    private readonly Dictionary<Guid, JsonObject> _stored = [];
    private readonly string _now;

    private RubricWriter(string now) => _now = now;

    /// <param name="stored">The CFRubric until now; null for a new one.</param>
    /// <param name="id">Its CASE identifier.</param>
    /// <param name="rubric">What it is to say, with a code for each criterion.</param>
    /// <param name="links">The link to the standard of each criterion; null leaves the one that is there.</param>
    /// <param name="now">The moment of the change.</param>
    /// <returns>The CFRubric; one that says the same is the same.</returns>
    public static string Write(string? stored, Guid id, RubricDocument rubric, IReadOnlyList<CaseLink?> links, DateTimeOffset now)
    {
        var writer = new RubricWriter(CaseTexts.Moment(now));
        var before = stored is null ? null : JsonNode.Parse(stored)!.AsObject();
        writer.Keep(before);
        return writer.Rubric(before, id, rubric, links).ToJsonString();
    }

    private void Keep(JsonObject? rubric)
    {
        foreach (var criterion in RubricReader.Ordered(rubric?["CFRubricCriteria"]))
        {
            foreach (var part in RubricReader.Ordered(criterion["CFRubricCriterionLevels"]).Prepend(criterion))
            {
                if (Guid.TryParse((string?)part["identifier"], out var id))
                    _stored[id] = part;
            }
        }
    }

    private JsonObject Rubric(JsonObject? before, Guid id, RubricDocument rubric, IReadOnlyList<CaseLink?> links) =>
        Part(before, id, CaseBodies.Rubrics, part =>
        {
            part["title"] = rubric.Title;
            Set(part, "description", rubric.Description);
            part["CFRubricCriteria"] = List([.. rubric.Criteria.Select((criterion, i) => Criterion(id, criterion, links[i]))]);
            var own = Own(part);
            own["direction"] = rubric.Direction is ScaleDirection.BestFirst ? "bestFirst" : "bestLast";
            own["roles"] = new JsonArray([.. (rubric.Roles ?? [.. rubric.Criteria.Select(c => c.Role).OfType<string>().Distinct()]).Select(role => (JsonNode)role)]);
        });

    private JsonObject Criterion(Guid rubricId, RubricCriterion criterion, CaseLink? link)
    {
        var id = criterion.Id ?? Guid.NewGuid();
        return Part(_stored.GetValueOrDefault(id), id, "CFRubricCriteria", part =>
        {
            Set(part, "category", criterion.Role);
            part["description"] = criterion.Outcome;
            // A link that leads there already stays as it came.
            if (criterion.Standard is null)
                part.Remove("CFItemURI");
            else if (link is not null && (string?)part["CFItemURI"]?["identifier"] != link.Identifier)
                part["CFItemURI"] = new JsonObject { ["title"] = link.Title, ["identifier"] = link.Identifier, ["uri"] = link.Uri };
            Set(part, "weight", criterion.Weight);
            part["rubricId"] = rubricId.ToString();
            part["CFRubricCriterionLevels"] = List([.. criterion.Levels.Select(level => Level(id, level))]);
            Own(part)["code"] = criterion.Code;
        });
    }

    private JsonObject Level(Guid criterionId, RubricLevel level)
    {
        var id = level.Id ?? Guid.NewGuid();
        return Part(_stored.GetValueOrDefault(id), id, "CFRubricCriterionLevels", part =>
        {
            part["quality"] = level.Label;
            Set(part, "description", level.Description);
            Set(part, "feedback", level.Feedback);
            Set(part, "score", level.Score);
            part["rubricCriterionId"] = criterionId.ToString();
            var others = (part["extensions"] as JsonArray ?? []).Where(extension => extension is not JsonObject own || !own.ContainsKey(RubricReader.Own)).Select(extension => extension?.DeepClone()).ToList();
            // Without words it has to be said whether the cell is empty, or the label all that there is.
            if (level.Description is null)
                others.Add(new JsonObject { [RubricReader.Own] = new JsonObject { ["empty"] = level.Empty } });
            Set(part, "extensions", others.Count == 0 ? null : new JsonArray([.. others]));
        });
    }

    /// <summary>A part as it is to be; the time of its change is new only when something else is.</summary>
    private JsonObject Part(JsonObject? before, Guid id, string collection, Action<JsonObject> say)
    {
        var part = before?.DeepClone().AsObject() ?? new JsonObject { ["identifier"] = id.ToString(), ["uri"] = CaseAddresses.Own(collection, id), ["lastChangeDateTime"] = _now };
        say(part);
        if (!JsonNode.DeepEquals(part, before))
            part["lastChangeDateTime"] = _now;
        return part;
    }

    /// <summary>Parts in order. Positions that say this order already stay as they are, wherever they begin.</summary>
    private JsonArray List(List<JsonObject> parts)
    {
        var positions = parts.ConvertAll(part => part["position"] is JsonValue value && value.TryGetValue<int>(out var position) ? position : (int?)null);
        if (!positions.TrueForAll(position => position is not null) || positions.Zip(positions.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            foreach (var (i, part) in parts.Index().Where(place => positions[place.Index] != place.Index + 1))
                (part["position"], part["lastChangeDateTime"]) = (i + 1, _now);
        }

        return new JsonArray([.. parts]);
    }

    private static JsonObject Own(JsonObject part)
    {
        if (part["extensions"] is not JsonObject extensions)
            part["extensions"] = extensions = [];
        if (extensions[RubricReader.Own] is not JsonObject own)
            extensions[RubricReader.Own] = own = [];
        return own;
    }

    private static void Set(JsonObject part, string member, JsonNode? value)
    {
        if (value is null)
            part.Remove(member);
        else
            part[member] = value;
    }
}
