using NpgsqlTypes;
using PLService.Api.Domain.Frameworks.Case;

namespace PLService.Api.Persistence.Frameworks;

/// <summary>A column beside the body.</summary>
internal sealed record PackageColumn<T>(string Name, NpgsqlDbType Type, Func<T, object?> Value);

/// <summary>A table that holds one kind of objects of a package.</summary>
/// <param name="Part">What it holds.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsShared">Whether the same object may be part of several packages: the framework is then part of the key.</param>
/// <param name="IsVersioned">Whether its rows have a version and times.</param>
/// <param name="Label">SQL for what a row <c>t</c> is called.</param>
/// <param name="Id">Identifier of an object.</param>
/// <param name="Body">Its body.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Columns">What columns repeat of it.</param>
internal sealed record PackageTable<T>(
    PackagePart Part, string Name, bool IsShared, bool IsVersioned, string Label, Func<T, Guid> Id, Func<T, string> Body, Func<T, string> Title, PackageColumn<T>[] Columns);

/// <summary>The tables of a package.</summary>
internal static class PackageTables
{
    private const int LabelLength = 120;

    public static readonly PackageTable<CaseItem> Items = new(
        PackagePart.Item, "pls.standard", false, true,
        $"left(concat_ws(' ', t.code, coalesce(t.label, t.statement)), {LabelLength})",
        item => item.Id, item => item.Body, item => Cut(string.Join(' ', new[] { item.Wording.Code, item.Wording.Label ?? item.Wording.Statement }.Where(text => text is not null))),
        [
            new("code", NpgsqlDbType.Text, item => item.Wording.Code),
            new("statement", NpgsqlDbType.Text, item => item.Wording.Statement),
            new("label", NpgsqlDbType.Text, item => item.Wording.Label),
            new("item_type", NpgsqlDbType.Text, item => item.ItemType),
        ]);

    public static readonly PackageTable<CaseAssociation> Associations = new(
        PackagePart.Association, "pls.standard_association", true, false,
        $"left(concat_ws(' ', t.body->'originNodeURI'->>'title', t.type, t.body->'destinationNodeURI'->>'title'), {LabelLength})",
        link => link.Id, link => link.Body, Label,
        [
            new("type", NpgsqlDbType.Text, link => link.Type),
            new("origin_id", NpgsqlDbType.Uuid, link => link.OriginId),
            new("destination_id", NpgsqlDbType.Uuid, link => link.DestinationId),
            new("sequence_number", NpgsqlDbType.Integer, link => link.SequenceNumber),
        ]);

    public static readonly PackageTable<CaseDefinition> Definitions = new(
        PackagePart.Definition, "pls.framework_definition", true, false, $"left(t.title, {LabelLength})",
        definition => definition.Id, definition => definition.Body, definition => Cut(definition.Title),
        [
            new("kind", NpgsqlDbType.Text, definition => EnumText.Of(definition.Kind)),
            new("title", NpgsqlDbType.Text, definition => definition.Title),
        ]);

    public static readonly PackageTable<CaseRubric> Rubrics = new(
        PackagePart.Rubric, "pls.rubric", false, true, $"left(t.title, {LabelLength})",
        rubric => rubric.Id, rubric => rubric.Body, rubric => Cut(rubric.Title ?? ""),
        [new("title", NpgsqlDbType.Text, rubric => rubric.Title)]);

    private static string Label(CaseAssociation link)
    {
        var body = Domain.Frameworks.CaseObject.Read(link.Body);
        return Cut($"{body.Link("originNodeURI")?.Title} {link.Type} {body.Link("destinationNodeURI")?.Title}");
    }

    private static string Cut(string text) => text.Length <= LabelLength ? text : text[..LabelLength];
}
