using System.Globalization;
using System.Text.Json.Nodes;

namespace PLService.Api.Domain.Frameworks.Case;

/// <summary>Puts the statements of a table at their places in the tree.</summary>
internal sealed class StandardParents
{
    private readonly CasePackage _package;
    private readonly CaseFindings _findings;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<Guid, CaseItem> _items;
    private readonly ILookup<string, Guid> _byCode;
    private readonly ILookup<Guid, int> _links;
    private readonly Dictionary<Guid, int> _last = [];

    public StandardParents(CasePackage package, CaseFindings findings, DateTimeOffset now)
    {
        (_package, _findings, _now) = (package, findings, now);
        _items = package.Items.ToDictionary(item => item.Id);
        _byCode = package.Items.Where(item => item.Wording.Code is not null).ToLookup(item => item.Wording.Code!, item => item.Id);
        _links = package.Associations.Index().Where(link => link.Item.Type == AssociationTypes.IsChildOf && link.Item.OriginId is not null)
            .ToLookup(link => link.Item.OriginId!.Value, link => link.Index);
        foreach (var link in package.Associations.Where(link => link.Type == AssociationTypes.IsChildOf && link.DestinationId is not null))
            _last[link.DestinationId!.Value] = Math.Max(_last.GetValueOrDefault(link.DestinationId.Value), link.SequenceNumber ?? 0);
    }

    public void Place(StandardRow row, Guid id)
    {
        if (FindParent(row, id) is not { } parent || ReadSequence(row) is not (true, var sequence))
            return;
        var links = _links[id].ToList();
        var there = links.FindIndex(link => _package.Associations[link].DestinationId == parent);
        if (links.Count == 0)
        {
            var body = CaseBodies.Association(Guid.CreateVersion7(), AssociationTypes.IsChildOf, Link(id), Link(parent), sequence ?? Next(parent), _now);
            _package.Associations.Add(Read(body));
            return;
        }

        var index = links[Math.Max(there, 0)];
        var known = _package.Associations[index];
        if (there >= 0 && (sequence is null || sequence == known.SequenceNumber))
            return;
        var changed = CaseObject.Read(known.Body).With("sequenceNumber", sequence ?? (there < 0 ? Next(parent) : known.SequenceNumber));
        if (there < 0)
            changed.With("destinationNodeURI", Link(parent));
        _package.Associations[index] = Read(changed.Changed(_now));
    }

    private int Next(Guid parent) => _last[parent] = _last.GetValueOrDefault(parent) + 1;

    private Guid? FindParent(StandardRow row, Guid id)
    {
        if (row.ParentIdentifier is null && row.ParentCode is null && _links[id].Any())
            return null;
        if (!string.IsNullOrWhiteSpace(row.ParentIdentifier))
        {
            if (CaseIds.TryRead(row.ParentIdentifier, out var named) && (_items.ContainsKey(named) || named == _package.Document.Id))
                return named;
            return Unknown(row, "parentIdentifier", "No statement has this identifier.");
        }

        if (string.IsNullOrWhiteSpace(row.ParentCode))
            return _package.Document.Id;
        return _byCode[row.ParentCode.Trim()].Take(2).ToList() switch
        {
            [var only] => only,
            [] => Unknown(row, "parentCode", "No statement has this code."),
            _ => Unknown(row, "parentCode", "Several statements have this code; name the parent by parentIdentifier."),
        };
    }

    private (bool Ok, int? Number) ReadSequence(StandardRow row)
    {
        if (string.IsNullOrWhiteSpace(row.Sequence))
            return (true, null);
        if (int.TryParse(row.Sequence, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number))
            return (true, number);
        Unknown(row, "sequence", "A sequence is a whole number.");
        return (false, null);
    }

    private Guid? Unknown(StandardRow row, string column, string detail)
    {
        _findings.Fault(string.Create(CultureInfo.InvariantCulture, $"/{row.Line}/{column}"), "unknown", $"Line {row.Line}: {detail}");
        return null;
    }

    private CaseLink Link(Guid id)
    {
        var (title, body) = _items.TryGetValue(id, out var item)
            ? (item.Wording.Label ?? item.Wording.Code ?? Instruments.FaultList.Shown(item.Wording.Statement), item.Body)
            : (_package.Document.Title, _package.Document.Body);
        return new(title, id.ToString(), CaseObject.Read(body).Text("uri")!);
    }

    private static CaseAssociation Read(CaseObject body)
    {
        var text = body.Write();
        return CaseColumns.Association(Guid.Parse(body.Text("identifier")!), JsonNode.Parse(text)!.AsObject(), text);
    }
}
