using System.Text.Json;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;

namespace PLService.Api.Features.ToolkitRuns.Readings;

/// <summary>One annotation as it came in, with its place in the body.</summary>
internal sealed record IncomingAnnotation(string At, string? Iri, Guid? CreatorId, string Sign, string? Rationale, AnnotationTarget Target);

/// <summary>
/// Reads annotations of the W3C Web Annotation Data Model, from whomever they come: one, a list, an AnnotationPage or an AnnotationCollection with
/// its first page. What the model allows in several forms is read in all of them; members that nothing is made of are passed over.
/// </summary>
internal sealed class WebAnnotationReader(ToolReading spec)
{
    private readonly List<ApiFault> faults = [];

    public IReadOnlyList<ApiFault> Faults => faults;

    /// <summary>The annotations that can be read; what is wrong with the others is in <see cref="Faults"/>.</summary>
    public List<IncomingAnnotation> Read(JsonElement body)
    {
        var found = new List<IncomingAnnotation>();
        foreach (var (at, annotation) in AnnotationsOf(body, ""))
        {
            if (Read(at, annotation) is { } read)
                found.Add(read);
        }

        return found;
    }

    private static IEnumerable<(string At, JsonElement Annotation)> AnnotationsOf(JsonElement element, string at)
    {
        if (element.ValueKind is JsonValueKind.Array)
            return element.EnumerateArray().Index().SelectMany(item => AnnotationsOf(item.Item, $"{at}/{item.Index}"));
        if (Member(element, "items") is { } items)
            return AnnotationsOf(items, $"{at}/items");
        return Member(element, "first") is { ValueKind: JsonValueKind.Object } first ? AnnotationsOf(first, $"{at}/first") : [(at, element)];
    }

    private IncomingAnnotation? Read(string at, JsonElement annotation)
    {
        if (annotation.ValueKind is not JsonValueKind.Object)
            return Fault(at, "value.invalid", "An annotation is a JSON object.");
        var bodies = OneOrMany(annotation, "body").ToList();
        if (SignOf(bodies) is not { } sign)
            return Fault($"{at}/body", AnnotationFaults.UnknownSign.Code, $"No body is tagged with one of {string.Join(" ", spec.Codes.Select(code => code.Sign))} or its label.");
        var rationale = string.Join("\n\n", bodies.Where(body => PurposeOf(body) is null or "commenting" or "describing" or "assessing" or "questioning" && TextOf(body) != sign)
            .Select(TextOf).Where(text => !string.IsNullOrWhiteSpace(text) && text != sign));
        if (rationale.Length > Annotation.RationaleMaxLength)
            return Fault($"{at}/body", "value.too_long", $"{rationale.Length} characters; at most {Annotation.RationaleMaxLength} allowed.");
        var iri = Text(annotation, "id") ?? Text(annotation, "@id");
        if (iri?.Length > Annotation.SourceIdMaxLength)
            return Fault($"{at}/id", "value.too_long", $"An IRI has at most {Annotation.SourceIdMaxLength} characters.");

        var target = SelectorsOf(annotation).Aggregate(new AnnotationTarget(), Add);
        if ((target.Exact is null && target is not { Start: >= 0, End: not null }) || target.Exact is { Length: 0 or > Annotation.ExactMaxLength } || target.Start < 0 || target.End < target.Start)
            return Fault($"{at}/target", AnnotationFaults.BadTarget.Code, $"{AnnotationFaults.BadTarget.Message} A passage has 1 to {Annotation.ExactMaxLength} characters.");
        return new(at, iri, CreatorOf(annotation), sign, rationale.Length == 0 ? null : rationale, target with { Prefix = End(target.Prefix), Suffix = Start(target.Suffix) });
    }

    private string? SignOf(List<JsonElement> bodies)
    {
        // What is tagged speaks before what is merely written.
        foreach (var text in bodies.OrderBy(body => PurposeOf(body) is "tagging" or "classifying" ? 0 : 1).Select(TextOf))
        {
            var code = spec.Codes.FirstOrDefault(code => code.Sign == text) ?? spec.Codes.FirstOrDefault(code => code.Label.Values.Contains(text, StringComparer.OrdinalIgnoreCase));
            if (code is not null)
                return code.Sign;
        }

        return null;
    }

    private static string? PurposeOf(JsonElement body) => Text(body, "purpose");

    private static string? TextOf(JsonElement body) => body.ValueKind is JsonValueKind.String ? body.GetString() : Text(body, "value");

    private static Guid? CreatorOf(JsonElement annotation) =>
        OneOrMany(annotation, "creator").Select(creator => creator.ValueKind is JsonValueKind.String ? creator.GetString() : Text(creator, "id")).FirstOrDefault() is { } iri
        && iri.StartsWith("urn:uuid:", StringComparison.OrdinalIgnoreCase) && Guid.TryParseExact(iri.AsSpan(9), "D", out var id) ? id : null;

    private static IEnumerable<JsonElement> SelectorsOf(JsonElement annotation) => OneOrMany(annotation, "target").SelectMany(target => OneOrMany(target, "selector")).SelectMany(Refined);

    // A selector may refine another, or offer a choice.
    private static IEnumerable<JsonElement> Refined(JsonElement selector) =>
        OneOrMany(selector, "refinedBy").Concat(OneOrMany(selector, "items")).SelectMany(Refined).Prepend(selector);

    private static AnnotationTarget Add(AnnotationTarget target, JsonElement selector) => Text(selector, "type") switch
    {
        "TextQuoteSelector" => target with { Exact = target.Exact ?? Text(selector, "exact"), Prefix = target.Prefix ?? Text(selector, "prefix"), Suffix = target.Suffix ?? Text(selector, "suffix") },
        "TextPositionSelector" => target with { Start = target.Start ?? Number(selector, "start"), End = target.End ?? Number(selector, "end") },
        _ => target,
    };

    private static string? End(string? prefix) => prefix?.Length > Annotation.ContextMaxLength ? prefix[^Annotation.ContextMaxLength..] : prefix;

    private static string? Start(string? suffix) => suffix?.Length > Annotation.ContextMaxLength ? suffix[..Annotation.ContextMaxLength] : suffix;

    private static IEnumerable<JsonElement> OneOrMany(JsonElement element, string name) => Member(element, name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } many => many.EnumerateArray(),
        { } one => [one],
    };

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind is not JsonValueKind.Null ? member : null;

    private static string? Text(JsonElement element, string name) => Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static int? Number(JsonElement element, string name) => Member(element, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : null;

    private IncomingAnnotation? Fault(string at, string code, string detail)
    {
        faults.Add(new(at, code, detail));
        return null;
    }
}
