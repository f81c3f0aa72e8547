using System.Text.Json.Nodes;

namespace PLService.Api.Domain.Frameworks;

/// <summary>Makes a CFRubric of a copied framework of that of the original.</summary>
internal static class RubricCopy
{
    /// <summary>The copy: the rubric, its criteria and their levels get identifiers of their own, and criteria lead to the copied standards.</summary>
    /// <param name="body">The CFRubric.</param>
    /// <param name="copies">The copy of each standard.</param>
    public static (Guid Id, string Body) Of(string body, IReadOnlyDictionary<Guid, Guid> copies)
    {
        var rubric = JsonNode.Parse(body)!.AsObject();
        var id = Renew(rubric, CaseBodies.Rubrics);
        foreach (var criterion in Objects(rubric["CFRubricCriteria"]))
        {
            var criterionId = Renew(criterion, "CFRubricCriteria");
            Set(criterion, "rubricId", id);
            if (criterion["CFItemURI"] is JsonObject link && Guid.TryParse((string?)link["identifier"], out var standard) && copies.TryGetValue(standard, out var copied))
                (link["identifier"], link["uri"]) = (copied.ToString(), CaseAddresses.Own(CaseBodies.Items, copied));
            foreach (var level in Objects(criterion["CFRubricCriterionLevels"]))
            {
                Renew(level, "CFRubricCriterionLevels");
                Set(level, "rubricCriterionId", criterionId);
            }
        }

        return (id, rubric.ToJsonString());
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? list) => list is JsonArray members ? members.OfType<JsonObject>() : [];

    private static Guid Renew(JsonObject part, string collection)
    {
        var id = Guid.NewGuid();
        (part["identifier"], part["uri"]) = (id.ToString(), CaseAddresses.Own(collection, id));
        return id;
    }

    private static void Set(JsonObject part, string member, Guid id)
    {
        if (part.ContainsKey(member))
            part[member] = id.ToString();
    }
}
