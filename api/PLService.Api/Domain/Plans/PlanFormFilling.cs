using System.Text.Json.Nodes;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Plans;

/// <summary>A form filled from a plan, with what is missing. JSON, CSV and print are written from it.</summary>
/// <param name="Sections">Its sections in the form's order.</param>
/// <param name="Missing">What the form asks for and the plan has not.</param>
internal sealed record FilledForm(IReadOnlyList<FilledSection> Sections, IReadOnlyList<FormGap> Missing);

/// <summary>A section of a form, filled.</summary>
/// <param name="Code">Its name within the form.</param>
/// <param name="Title">Its heading, by language.</param>
/// <param name="Help">What is to be written there, by language.</param>
/// <param name="Minimum">How many entries there have to be.</param>
/// <param name="Entries">An entry per part, or one for the plan itself.</param>
internal sealed record FilledSection(string Code, Text Title, Text? Help, int Minimum, IReadOnlyList<FilledEntry> Entries);

/// <summary>An entry of a section.</summary>
/// <param name="PartId">The part that it was filled from; null for the plan itself.</param>
/// <param name="Fields">Its fields in the form's order.</param>
/// <param name="Within">Sections filled from the parts that belong to it.</param>
internal sealed record FilledEntry(string? PartId, IReadOnlyList<FilledField> Fields, IReadOnlyList<FilledSection> Within);

/// <summary>A field of an entry.</summary>
/// <param name="Field">The field of the plan or the part.</param>
/// <param name="Title">What the form calls it, by language.</param>
/// <param name="Required">Whether it has to be filled.</param>
/// <param name="Value">What the plan says there; null when it says nothing.</param>
/// <param name="Words">The same in words, as it stands in a table or on paper; null when it says nothing.</param>
internal sealed record FilledField(string Field, Text Title, bool Required, JsonNode? Value, string? Words);

/// <summary>Something that a form asks for and the plan has not.</summary>
/// <param name="Pointer">JSON Pointer to the place in the filled form.</param>
/// <param name="Code"><c>plan_form.missing</c> for a field, <c>plan_form.too_few</c> for entries.</param>
/// <param name="Section">Code of the section.</param>
/// <param name="PartId">The part in which it is missing; null for the plan itself and for entries.</param>
/// <param name="Field">The field; null for entries.</param>
/// <param name="Detail">What is missing, for people.</param>
internal sealed record FormGap(string Pointer, string Code, string Section, string? PartId, string? Field, string Detail);

/// <summary>Fills forms from plans.</summary>
internal sealed class PlanFormFilling
{
    private static readonly string[] OwnerMembers = ["ownerPersonId", "ownerTeamId"];

    private readonly PlanDocument _plan;
    private readonly string _organization;
    private readonly IReadOnlyDictionary<Guid, string> _names;
    private readonly List<FormGap> _missing = [];

    private PlanFormFilling(PlanDocument plan, string organization, IReadOnlyDictionary<Guid, string> names) => (_plan, _organization, _names) = (plan, organization, names);

    /// <param name="form">A sound form.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="organization">The name of its organization.</param>
    /// <param name="names">Names of the people and teams that it names.</param>
    public static FilledForm Fill(PlanFormDocument form, PlanDocument plan, string organization, IReadOnlyDictionary<Guid, string> names)
    {
        var filling = new PlanFormFilling(plan, organization, names);
        var sections = filling.Fill("/sections", form.Sections, plan.Parts);
        return new(sections, filling._missing);
    }

    /// <summary>The people and teams that the plan names as owners.</summary>
    public static IEnumerable<Guid> OwnersIn(PlanDocument plan) =>
        plan.Parts.SelectMany(part => OwnerMembers.Select(member => (Guid?)part.Content[member])).OfType<Guid>();

    /// <summary>The field that is none of the content but follows from it.</summary>
    public static string? ComputedOf(PlanPartKind? kind) => kind switch
    {
        null => "organization",
        PlanPartKind.Step => "owner",
        _ => null,
    };

    private List<FilledSection> Fill(string place, IReadOnlyList<PlanFormSection> sections, IReadOnlyList<PlanDocumentPart> among) =>
        [.. sections.Index().Select(at => Fill($"{place}/{at.Index}", at.Item, among))];

    private FilledSection Fill(string place, PlanFormSection section, IReadOnlyList<PlanDocumentPart> among)
    {
        (string? Ref, JsonObject Content)[] sources = section.Kind is not { } kind
            ? [(null, PlanJson.Node(PlanJson.Write(_plan.Plan)))]
            : [.. among.Where(part => part.Kind == kind && section.Only.All(only => part.Content[only.Key]?.ToString() == only.Value)).Select(part => ((string?)part.Ref, part.Content))];
        if (sources.Length < section.Minimum)
            _missing.Add(new($"{place}/entries", "plan_form.too_few", section.Code, null, null, $"{section.Title}: {sources.Length} of at least {section.Minimum}."));
        return new(section.Code, section.Title, section.Help, section.Minimum, [.. sources.Index().Select(at => Entry($"{place}/entries/{at.Index}", section, at.Item.Ref, at.Item.Content))]);
    }

    private FilledEntry Entry(string place, PlanFormSection section, string? part, JsonObject content)
    {
        var fields = new List<FilledField>();
        foreach (var (i, field) in section.Fields.Index())
        {
            var value = field.Field == ComputedOf(section.Kind) ? Computed(section.Kind, content) : content[field.Field]?.DeepClone();
            var words = FormWords.Of(value);
            if (words is null && field.Required)
                _missing.Add(new($"{place}/fields/{i}", "plan_form.missing", section.Code, part, field.Field, $"{section.Title}: {field.Title} is missing."));
            fields.Add(new(field.Field, field.Title, field.Required, words is null ? null : value, words));
        }

        return new(part, fields, part is null ? [] : Fill($"{place}/within", section.Within, Below(part)));
    }

    private JsonNode? Computed(PlanPartKind? kind, JsonObject content) => kind is null ? _organization : OwnerOf(content);

    private string? OwnerOf(JsonObject content)
    {
        var owners = OwnerMembers.Select(member => (Guid?)content[member] is { } id && _names.TryGetValue(id, out var name) ? name : null)
            .Append((string?)content["ownerName"]).OfType<string>().ToList();
        return owners.Count == 0 ? null : string.Join(", ", owners);
    }

    // Parts stand after nothing in particular: what belongs to what belongs to it is found level by level.
    private List<PlanDocumentPart> Below(string part)
    {
        var found = new List<PlanDocumentPart>();
        for (HashSet<string> level = [part]; level.Count > 0;)
        {
            var next = _plan.Parts.Where(p => p.Parent is { } parent && level.Contains(parent)).ToList();
            found.AddRange(next);
            level = [.. next.Select(p => p.Ref)];
        }

        return found;
    }
}

/// <summary>Values of plans in words.</summary>
internal static class FormWords
{
    // A standard, a measured value, the rating that caused a step: as one says them.
    private static readonly string[] Order = ["framework", "code", "on", "value", "note", "item"];

    /// <summary>The value in words; null when it says nothing.</summary>
    public static string? Of(JsonNode? value) => value switch
    {
        null => null,
        JsonArray list => string.Join("; ", list.Select(Of).OfType<string>()) is { Length: > 0 } words ? words : null,
        JsonObject members => string.Join(' ', Order.Select(member => Of(members[member])).OfType<string>()) is { Length: > 0 } words ? words : null,
        _ => string.IsNullOrWhiteSpace(value.ToString()) ? null : value.ToString(),
    };
}
