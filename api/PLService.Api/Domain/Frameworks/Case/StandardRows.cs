using System.Globalization;

namespace PLService.Api.Domain.Frameworks.Case;

/// <summary>A package as a table: statements in the order of the tree, each with its first parent.</summary>
internal static class StandardRows
{
    public static IReadOnlyList<StandardRow> Of(CasePackage package)
    {
        var items = package.Items.ToDictionary(item => item.Id);
        var places = package.Associations.Where(link => link.Type == AssociationTypes.IsChildOf && link.OriginId is { } origin && items.ContainsKey(origin))
            .GroupBy(link => link.OriginId!.Value).ToDictionary(links => links.Key, links => links.First());
        var below = package.Items.ToLookup(item => places.TryGetValue(item.Id, out var place) && place.DestinationId is { } parent && items.ContainsKey(parent) ? parent : Guid.Empty);

        var rows = new List<StandardRow>(items.Count);
        var open = new Stack<CaseItem>(InOrder(Guid.Empty).Reverse());
        while (open.TryPop(out var item))
        {
            places.TryGetValue(item.Id, out var place);
            rows.Add(Row(item, place, place?.DestinationId is { } parent ? items.GetValueOrDefault(parent) : null));
            foreach (var child in InOrder(item.Id).Reverse())
                open.Push(child);
        }

        return rows;

        IEnumerable<CaseItem> InOrder(Guid parent) => below[parent].OrderBy(item => places.GetValueOrDefault(item.Id)?.SequenceNumber ?? int.MaxValue);
    }

    private static StandardRow Row(CaseItem item, CaseAssociation? place, CaseItem? parent)
    {
        var body = CaseObject.Read(item.Body);
        return new(0)
        {
            Identifier = item.Id.ToString(),
            Code = body.Text("humanCodingScheme"),
            Label = body.Text("abbreviatedStatement"),
            Statement = body.Text("fullStatement"),
            ItemType = body.Text("CFItemType"),
            ParentIdentifier = parent?.Id.ToString(),
            ParentCode = parent?.Wording.Code,
            Sequence = place?.SequenceNumber?.ToString(CultureInfo.InvariantCulture),
            Language = body.Text("language"),
            EducationLevels = string.Join(StandardColumns.Separator, body.Texts("educationLevel")),
            Subjects = string.Join(StandardColumns.Separator, body.Texts("subject")),
            Notes = body.Text("notes"),
        };
    }
}
