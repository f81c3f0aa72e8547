using System.Text.RegularExpressions;

namespace PLService.Api.Features.Imports.Reading.Columns;

/// <summary>Column names that carry the system of an outside id: <c>district_nces_id</c>, <c>schoolStateId</c>,
/// <c>parent_nces_id</c>.</summary>
internal static partial class IdHeader
{
    // The National Center for Education Statistics publishes its two identifiers under these names.
    private static readonly Dictionary<string, string> Published = new() { ["leaid"] = "nces", ["ncessch"] = "nces" };

    public static (Field Field, string System)? TryParse(string header, ImportKind kind)
    {
        if (Published.TryGetValue(KnownColumns.Squeeze(header), out var published))
            return (Field.Organization, published);

        var match = Pattern().Match(Snake().Replace(header, "$1_$2").Replace(' ', '_').Replace('-', '_').ToLowerInvariant());
        if (!match.Success)
            return null;
        var system = match.Groups["system"].Value;
        Field? field = match.Groups["level"].Value switch
        {
            "parent" => kind is ImportKind.Organizations ? Field.Parent : null,
            "successor" => kind is ImportKind.Organizations ? Field.Successor : null,
            "person" => kind is ImportKind.People or ImportKind.Memberships ? Field.Person : null,
            _ => Field.Organization,
        };

        // "School District ID" names no system.
        return field is null || system is "district" or "school" or "region" or "organization" ? null : (field.Value, system);
    }

    [GeneratedRegex("^(?<level>state|region|district|school|organization|org|parent|successor|person)_(?<system>[a-z][a-z0-9]{0,39})_id$")]
    private static partial Regex Pattern();

    [GeneratedRegex("([a-z0-9])([A-Z])")]
    private static partial Regex Snake();
}
