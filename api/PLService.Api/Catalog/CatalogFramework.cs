using System.Text.Json.Nodes;
using PLService.Api.Domain.Frameworks;

namespace PLService.Api.Catalog;

/// <summary>A framework of the catalog as the rows that it shall have, each with its CASE object.</summary>
internal sealed class CatalogFramework
{
    private readonly FrameworkFile _file;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<string, Standard> _byCode = new(StringComparer.Ordinal);

    /// <param name="file">What was written.</param>
    /// <param name="hash">SHA-256 of it, by which a later start sees that nothing changed.</param>
    /// <param name="now">When it is loaded.</param>
    public CatalogFramework(FrameworkFile file, string hash, DateTimeOffset now)
    {
        (_file, _now) = (file, now);
        var id = NameBasedId.Of($"framework/{file.Code}");
        var license = Define(CaseBodies.Licenses, DefinitionKind.License, file.Licence.Title, body => body.With("licenseText", file.Licence.Text));
        foreach (var (i, (title, description)) in file.Types.Index())
            Define(CaseBodies.ItemTypes, DefinitionKind.ItemType, title, body => body.With("description", description).With("hierarchyCode", $"{i + 1}"));
        foreach (var word in file.Definitions)
            Define(CaseBodies.Concepts, DefinitionKind.Concept, word.Title, body => body.With("hierarchyCode", word.Code).With("description", word.Text));

        var document = CaseBodies.Document(id, file.Title, file.Creator, now)
            .With("publisher", file.Publisher)
            .With("description", file.Description)
            .With("notes", file.Notes)
            .With("version", file.Version)
            .With("adoptionStatus", file.AdoptionStatus)
            .With("statusStartDate", file.From)
            .With("statusEndDate", file.Until)
            .With("language", file.Language)
            .With("officialSourceURL", file.Source)
            .With("subject", ["Professional learning"])
            .With("licenseURI", license)
            .With("extensions", Translated(file.Es));
        Framework = Framework.Create(id, file.Code, file.Title, document.Write());
        Framework.Publish(now);
        Framework.Extend(new JsonObject { [HashMember] = hash }.ToJsonString(), null);
        AddStandards(file.Standards, parent: null);
    }

    /// <summary>Where the package says which file it was made of.</summary>
    public const string HashMember = "contentSha256";

    public Framework Framework { get; }

    public List<FrameworkDefinition> Definitions { get; } = [];

    public List<Standard> Standards { get; } = [];

    /// <summary>What standards were called before.</summary>
    public List<StandardName> FormerNames { get; } = [];

    public List<StandardAssociation> Associations { get; } = [];

    /// <exception cref="InvalidOperationException">There is no standard of this code.</exception>
    public Standard Find(string code) =>
        _byCode.TryGetValue(code, out var standard) ? standard : throw new InvalidOperationException($"{_file.Code} has no standard {code}.");

    /// <summary>Adds the links to standards of other frameworks.</summary>
    /// <exception cref="InvalidOperationException">A link is not written as it has to be, or leads nowhere.</exception>
    public void Link(IReadOnlyDictionary<string, CatalogFramework> all)
    {
        foreach (var link in _file.Crosswalks)
        {
            var (what, note) = link.Split(": ", 2) is [var first, var second] ? (first, second) : (link, (string?)null);
            if (what.Split(' ') is not [var from, var type, var to] || !AssociationTypes.IsValid(type))
                throw new InvalidOperationException($"{_file.Code}: \"{link}\" is no link such as \"LEA exactMatchOf lf-2011/LEA: why\".");
            Associate(type, Find(from), Elsewhere(all, to), note);
        }

        foreach (var standard in Flat(_file.Standards))
        {
            foreach (var served in standard.Serves)
                Associate(AssociationTypes.IsRelatedTo, Find(standard.Code), Elsewhere(all, served), note: null);
        }
    }

    private Standard Elsewhere(IReadOnlyDictionary<string, CatalogFramework> all, string address) =>
        address.Split('/') is [var framework, var code] && all.TryGetValue(framework, out var found)
            ? found.Find(code)
            : throw new InvalidOperationException($"{_file.Code} links to {address}, which the catalog has not.");

    private void AddStandards(IReadOnlyList<FileStandard> standards, Standard? parent)
    {
        foreach (var (i, written) in standards.Index())
        {
            var id = NameBasedId.Of($"standard/{_file.Code}/{written.FirstCode}");
            var wording = new StandardWording(written.Code, written.Statement ?? written.Label, written.Label);
            var type = written.Type ?? _file.Types.Keys.Last();
            var body = CaseBodies.Item(id, wording, type, _now)
                .With("CFItemTypeURI", LinkOf(CaseBodies.ItemTypes, type))
                .With("language", _file.Language)
                .With("licenseURI", LinkOf(CaseBodies.Licenses, _file.Licence.Title))
                .With("extensions", ExtensionsOf(written));
            var standard = Standard.Create(id, Framework.Id, Standards.Count, wording, type, body.Write());
            Standards.Add(standard);
            _byCode.Add(written.Code, standard);
            FormerNames.AddRange(written.Formerly.Select(name => StandardName.Of(
                Standard.Create(id, Framework.Id, 0, new StandardWording(name.Code ?? written.Code, written.Statement ?? name.Label, name.Label), type, "{}"), name.Until, name.From)));
            Associate(
                AssociationTypes.IsChildOf, $"{written.FirstCode}", standard.Id, CaseBodies.LinkTo(standard), parent?.Id ?? Framework.Id,
                parent is null ? CaseBodies.LinkTo(Framework) : CaseBodies.LinkTo(parent), sequenceNumber: i + 1, note: null);
            AddStandards(written.Children, standard);
        }
    }

    private void Associate(string type, Standard origin, Standard destination, string? note) => Associate(
        type, $"{origin.Id}/{type}/{destination.Id}", origin.Id, CaseBodies.LinkTo(origin), destination.Id, CaseBodies.LinkTo(destination), null, note);

    private void Associate(
        string type, string name, Guid originId, CaseLink origin, Guid destinationId, CaseLink destination, int? sequenceNumber, string? note)
    {
        var id = NameBasedId.Of($"association/{_file.Code}/{name}");
        var body = CaseBodies.Association(id, type, origin, destination, sequenceNumber, _now).With("notes", note);
        Associations.Add(StandardAssociation.Create(id, Framework.Id, Associations.Count, type, originId, destinationId, sequenceNumber, body.Write()));
    }

    private CaseLink Define(string collection, DefinitionKind kind, string title, Func<CaseObject, CaseObject> describe)
    {
        var link = LinkOf(collection, title);
        var id = Guid.Parse(link.Identifier);
        var body = describe(CaseObject.New(collection, id, _now).With("title", title));
        Definitions.Add(FrameworkDefinition.Create(id, NameBasedId.Of($"framework/{_file.Code}"), kind, Definitions.Count(d => d.Kind == kind), title, body.Write()));
        return link;
    }

    private CaseLink LinkOf(string collection, string title)
    {
        var id = NameBasedId.Of($"{collection}/{_file.Code}/{title}");
        return new CaseLink(title, id.ToString(), CaseAddresses.Own(collection, id));
    }

    private static JsonObject? Translated(JsonObject? es) => es is null ? null : new JsonObject { ["translations"] = new JsonObject { ["es"] = es.DeepClone() } };

    /// <summary>What CASE has no member for.</summary>
    private JsonObject? ExtensionsOf(FileStandard written)
    {
        var extensions = Translated(written.Es) ?? [];
        if (written.Essential is { } essential)
            extensions["essentialComponents"] = new JsonArray([.. essential.Select(name => (JsonNode)name)]);
        if (written.Strategy?.DeepClone() is JsonObject strategy)
        {
            strategy["essaTier"] = null;
            strategy["essaTierReason"] = _file.EssaTierReason?.DeepClone();
            extensions["strategy"] = strategy;
        }

        return extensions.Count == 0 ? null : extensions;
    }

    private static IEnumerable<FileStandard> Flat(IEnumerable<FileStandard> standards) =>
        standards.SelectMany(standard => Flat(standard.Children).Prepend(standard));
}
