using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PLService.Api.Domain.Frameworks.Case;

/// <summary>Gathers the objects of a package as they are stored, and looks at what only shows in all of them together.</summary>
internal sealed class CaseCollector(CaseFindings findings, CaseMender mender, string ownAddress)
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly CaseShape Package = new("CFPackage", "CFPackages");

    private readonly List<CaseItem> _items = [];
    private readonly List<CaseAssociation> _associations = [];
    private readonly List<CaseDefinition> _definitions = [];
    private readonly List<CaseRubric> _rubrics = [];
    private readonly Dictionary<(string Class, Guid Id), string> _seen = [];
    private readonly JsonObject _packageExtras = [];
    private readonly JsonObject _definitionExtras = [];
    private JsonNode? _packageExtensions;
    private JsonNode? _definitionExtensions;
    private CaseDocument? _document;

    public void AddDocument(JsonElement given, string pointer)
    {
        if (Take(given, CaseShapes.Document, pointer) is not (var id, { } body, var text))
            return;
        if (_document is not null)
            findings.Fault(pointer, "duplicate", "A package has one CFDocument.");
        _document = new(id, CaseColumns.Title(body), text);
    }

    public void AddItem(JsonElement given, string pointer)
    {
        if (Take(given, CaseShapes.Item, pointer) is not (var id, { } body, var text))
            return;
        var wording = CaseColumns.Wording(body);
        if (wording.Code?.Length > CaseLimits.Code)
            findings.Fault($"{pointer}/humanCodingScheme", "too_long", $"A code may have {CaseLimits.Code} characters; this one has {wording.Code.Length}.");
        _items.Add(new(id, wording, CaseColumns.ItemType(body), text));
    }

    public void AddAssociation(JsonElement given, string pointer)
    {
        if (Take(given, CaseShapes.Association, pointer) is not (var id, { } body, var text))
            return;
        var association = CaseColumns.Association(id, body, text);
        if (association.Type.Length > CaseLimits.AssociationType)
            findings.Fault($"{pointer}/associationType", "too_long", $"A type may have {CaseLimits.AssociationType} characters.");
        _associations.Add(association);
    }

    public void AddDefinition(DefinitionKind kind, CaseShape shape, JsonElement given, string pointer)
    {
        if (Take(given, shape, pointer) is not (var id, { } body, var text))
            return;
        _definitions.Add(new(id, kind, CaseColumns.Title(body), text));
    }

    public void AddRubric(JsonElement given, string pointer)
    {
        if (Take(given, CaseShapes.Rubric, pointer) is (var id, { } body, var text))
            _rubrics.Add(new(id, CaseColumns.Text(body, "title"), text));
    }

    public void AddToPackage(string name, JsonElement given, string pointer) => Add(name, given, pointer, ref _packageExtensions, _packageExtras, "CFPackage");

    public void AddToDefinitions(string name, JsonElement given, string pointer) => Add(name, given, pointer, ref _definitionExtensions, _definitionExtras, "CFDefinitions");

    /// <summary>The package, when the file had a document.</summary>
    public CasePackage? Finish()
    {
        if (_document is null)
        {
            if (findings.Faults.Count == 0)
                findings.Fault("/CFDocument", "missing", "A package needs its CFDocument; a bare list of items or documents is none.");
            return null;
        }

        if (_seen.ContainsKey(("CFItem", _document.Id)))
            findings.Fault("/CFDocument/identifier", "duplicate", "An item has the identifier of the document.");
        if (_definitions.Count > CaseLimits.Definitions)
            findings.Fault("/CFDefinitions", "too_many", $"There are more than {CaseLimits.Definitions:N0} definitions.");
        CaseTree.Check(_document.Id, _items, _associations, findings);
        return new()
        {
            Document = _document,
            Items = _items,
            Associations = _associations,
            Definitions = _definitions,
            Rubrics = _rubrics,
            PackageExtensions = Extensions(_packageExtensions, _packageExtras),
            DefinitionExtensions = Extensions(_definitionExtensions, _definitionExtras),
        };
    }

    // The same object twice is one; two objects with one identifier are a fault.
    private (Guid Id, JsonObject? Body, string Text) Take(JsonElement given, CaseShape shape, string pointer)
    {
        if (mender.Mend(given, shape, pointer) is not { } body || CaseColumns.Text(body, "identifier") is not { } identifier)
            return default;
        var id = Guid.Parse(identifier);
        var text = CaseAddresses.Fold(body.ToJsonString(Relaxed), ownAddress);
        if (_seen.TryAdd((shape.Name, id), text))
            return (id, body, text);
        if (_seen[(shape.Name, id)] == text)
            findings.Warn(pointer, shape.Name, "repeated", $"A {shape.Name} stands in the file twice in the same words; once is kept.");
        else
            findings.Fault($"{pointer}/identifier", "duplicate", $"Another {shape.Name} of this file has the identifier {id}, and says something else.");
        return default;
    }

    private void Add(string name, JsonElement given, string pointer, ref JsonNode? extensions, JsonObject extras, string owner)
    {
        if (name == "extensions")
        {
            extensions = mender.Copy(given, pointer);
            return;
        }

        findings.Warn(pointer, owner + name, "unknown_member", $"CASE 1.1 has no {name} in {owner}; it is kept in extensions.");
        extras[name] = mender.Copy(given, pointer);
    }

    private string? Extensions(JsonNode? extensions, JsonObject extras)
    {
        var holder = new JsonObject();
        mender.Extend(holder, Package, extensions, extras, "");
        return holder["extensions"] is { } found ? CaseAddresses.Fold(found.ToJsonString(Relaxed), ownAddress) : null;
    }
}
