using System.Text.Json.Nodes;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;

namespace PLService.Api.Features.ToolkitRuns.Readings;

/// <summary>Writes marks as the W3C Web Annotation Data Model has them (Recommendation of 23 February 2017).</summary>
internal sealed class WebAnnotations(string issuer, OpenReading reading, IReadOnlyDictionary<Guid, string> names)
{
    public const string MediaType = "application/ld+json";
    public const string ContentType = $"{MediaType}; profile=\"{Context}\"";
    public const string Context = "http://www.w3.org/ns/anno.jsonld";

    /// <summary>Motivation of a code that names none.</summary>
    private const string DefaultMotivation = "commenting";

    private string Source => $"{issuer.TrimEnd('/')}{reading.Address}";

    private string Collection => $"{Source}/annotations";

    /// <summary>Whether the caller asks for this form.</summary>
    public static bool AreWanted(HttpRequest request) => request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase));

    /// <summary>The id of ours that an IRI of this collection ends with; null for any other IRI.</summary>
    public Guid? IdOf(string? iri) =>
        iri is not null && iri.StartsWith(Collection + "/", StringComparison.Ordinal) && Guid.TryParseExact(iri.AsSpan(Collection.Length + 1), "D", out var id) ? id : null;

    /// <summary>The first page within its collection, or a further page by itself.</summary>
    public JsonObject Write(Page<Annotation> page, HttpRequest request)
    {
        var query = request.Query.Where(parameter => parameter.Key != "cursor").ToList();
        string Address(string? cursor) => Collection + QueryString.Create(cursor is null ? query : query.Append(new("cursor", cursor)));
        var isFirst = !request.Query.ContainsKey("cursor");
        var items = new JsonObject
        {
            ["id"] = isFirst ? Address(null) + (query.Count == 0 ? "?limit=50" : "") : $"{Collection}{request.QueryString}",
            ["type"] = "AnnotationPage",
            ["items"] = new JsonArray([.. page.Items.Select(Write)]),
        };
        if (page.NextCursor is { } next)
            items["next"] = Address(next);
        if (!isFirst)
        {
            items.Insert(0, "@context", Context);
            items["partOf"] = new JsonObject { ["id"] = Address(null), ["type"] = "AnnotationCollection", ["total"] = page.Count };
            return items;
        }

        return new()
        {
            ["@context"] = Context,
            ["id"] = Address(null),
            ["type"] = "AnnotationCollection",
            ["label"] = reading.Spec.Title.ToString(),
            ["total"] = page.Count,
            ["first"] = items,
        };
    }

    private JsonObject Write(Annotation annotation)
    {
        var written = new JsonObject
        {
            ["id"] = $"{Collection}/{annotation.Id}",
            ["type"] = "Annotation",
            ["motivation"] = reading.Spec.Codes.FirstOrDefault(code => code.Sign == annotation.Sign)?.Motivation ?? DefaultMotivation,
            ["created"] = Time(annotation.CreatedAt),
            ["modified"] = Time(annotation.UpdatedAt),
        };
        if (TeamPerson.Of(annotation.PersonId, names) is { } person)
            written["creator"] = new JsonObject { ["id"] = $"urn:uuid:{person.PersonId}", ["type"] = "Person", ["name"] = person.Name };
        if (annotation.SourceId is { } canonical)
            written["canonical"] = canonical;
        var body = new JsonArray(new JsonObject { ["type"] = "TextualBody", ["purpose"] = "tagging", ["value"] = annotation.Sign });
        if (annotation.Rationale is { } rationale)
            body.Add(new JsonObject { ["type"] = "TextualBody", ["purpose"] = "commenting", ["format"] = "text/plain", ["value"] = rationale });
        written["body"] = body;
        var selectors = new JsonArray(new JsonObject { ["type"] = "TextQuoteSelector", ["exact"] = annotation.Exact, ["prefix"] = annotation.Prefix, ["suffix"] = annotation.Suffix });
        // In the present text an orphaned passage has no place.
        if (!annotation.IsOrphaned)
            selectors.Add(new JsonObject { ["type"] = "TextPositionSelector", ["start"] = annotation.StartPosition, ["end"] = annotation.EndPosition });
        written["target"] = new JsonObject { ["source"] = Source, ["selector"] = selectors };
        return written;
    }

    // xsd:dateTime with the time zone Z, as the model asks for.
    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
