using System.Text.Json;
using System.Text.Json.Nodes;

namespace PLService.Api.Domain.Frameworks.Case;

/// <summary>Makes links out of what files write for one: an object that lacks something, a bare address, a bare name.</summary>
internal sealed class CaseLinks(CaseFindings findings, CaseCopy copy)
{
    /// <param name="given">What stands there.</param>
    /// <param name="general">Whether it may lead outside of CASE.</param>
    /// <param name="pointer">The place.</param>
    /// <param name="member">The member that holds it.</param>
    /// <param name="rest">What a link has no room for.</param>
    /// <returns>The link; null when nothing of it says where it leads.</returns>
    public JsonObject? Mend(JsonElement given, bool general, string pointer, string member, JsonObject rest)
    {
        if (given.ValueKind is JsonValueKind.Array && given.GetArrayLength() == 1)
        {
            findings.Warn(pointer, member, "one_expected", $"{member} is one link and was a list of one.");
            given = given[0];
        }

        var (title, identifier, uri, type) = given.ValueKind switch
        {
            JsonValueKind.String => Bare(copy.Text(given, pointer)),
            JsonValueKind.Object => Members(given, pointer, rest),
            _ => default,
        };
        if (given.ValueKind is JsonValueKind.String)
            findings.Warn(pointer, member, "link_expected", $"{member} was the text \"{Instruments.FaultList.Shown(copy.Text(given, pointer))}\" and became a link.");
        if (title is null && identifier is null && uri is null)
            return null;

        var id = Identify(identifier, uri, title, general);
        if (identifier is not null && id != identifier)
        {
            if (!CaseIds.TryRead(identifier, out _))
                rest["identifier"] = identifier;
            findings.Warn(pointer, member, "uuid_form", $"\"{Instruments.FaultList.Shown(identifier)}\" became the identifier {id}.");
        }
        else if (given.ValueKind is JsonValueKind.Object && (title ?? identifier ?? uri) is not null && (title is null || identifier is null || uri is null))
        {
            findings.Warn(pointer, member, "link_incomplete", $"{member} lacked its title, identifier or uri, which was made of the rest.");
        }

        var link = new JsonObject { ["title"] = title ?? uri ?? id, ["identifier"] = id, ["uri"] = uri ?? (Guid.TryParse(id, out _) ? "urn:uuid:" + id : id) };
        if (general && type is not null)
            AddType(link, type, pointer, member, rest);
        else if (type is not null)
            rest["targetType"] = type;
        return link;
    }

    private (string? Title, string? Identifier, string? Uri, string? Type) Members(JsonElement given, string pointer, JsonObject rest)
    {
        string? title = null, identifier = null, uri = null, type = null;
        foreach (var member in given.EnumerateObject())
        {
            var text = member.Value.ValueKind switch
            {
                JsonValueKind.String => copy.Text(member.Value, pointer),
                JsonValueKind.Number => member.Value.GetRawText(),
                _ => null,
            };
            // A blank title says as much as CASE asks for; a blank identifier or address leads nowhere.
            switch (member.Name)
            {
                case "title" when text is not null:
                    title = text;
                    break;
                case "identifier" when text is not null:
                    identifier = string.IsNullOrWhiteSpace(text) ? null : text;
                    break;
                case "uri" when text is not null:
                    uri = string.IsNullOrWhiteSpace(text) ? null : text;
                    break;
                case "targetType" when text is not null:
                    type = text;
                    break;
                case var _ when member.Value.ValueKind is not JsonValueKind.Null:
                    rest[member.Name] = copy.Of(member.Value, pointer);
                    break;
            }
        }

        return string.IsNullOrWhiteSpace(title) && identifier is null && uri is null ? default : (title, identifier, uri, type);
    }

    private static (string? Title, string? Identifier, string? Uri, string? Type) Bare(string text) =>
        string.IsNullOrWhiteSpace(text) ? default
        : CaseIds.TryRead(text, out _) ? (null, text, null, null)
        : Uri.TryCreate(text, UriKind.Absolute, out _) ? (null, null, text, null)
        : (text, null, null, null);

    private static string Identify(string? identifier, string? uri, string? title, bool general) =>
        CaseIds.TryRead(identifier, out var id) || (identifier is null && CaseIds.TryReadEnd(uri, out id)) ? id.ToString()
        : general ? identifier ?? uri ?? title!
        : CaseIds.TryReadEnd(uri, out id) ? id.ToString()
        : CaseIds.From(identifier ?? uri ?? title!).ToString();

    private void AddType(JsonObject link, string type, string pointer, string member, JsonObject rest)
    {
        if (type == "CASE" || (AssociationTypes.IsValid(type) && CaseTypes.IsExtension(type)))
        {
            link["targetType"] = type;
            return;
        }

        link["targetType"] = string.Equals(type, "CASE", StringComparison.OrdinalIgnoreCase) ? "CASE" : CaseTypes.Extension(type);
        rest["targetType"] = type;
        findings.Warn(pointer, member, "target_type", $"The target type \"{Instruments.FaultList.Shown(type)}\" is none of CASE 1.1; it became {link["targetType"]}.");
    }
}

/// <summary>Vocabularies that others may extend.</summary>
internal static class CaseTypes
{
    private const string Prefix = "ext:";

    /// <summary>Whether a type is one that the pattern of the JSON Schema takes for an extension.</summary>
    public static bool IsExtension(string type) => type.Length > Prefix.Length && type.StartsWith(Prefix, StringComparison.Ordinal) && type[Prefix.Length] is not '-';

    /// <summary>The extension that says the same: other characters than letters, digits, dots and hyphens become underscores.</summary>
    public static string Extension(string type)
    {
        var name = type.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? type[Prefix.Length..] : type;
        var legal = string.Concat(name.Trim().Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_')).TrimStart('-');
        return Prefix + (legal.Length == 0 ? "_" : legal);
    }

    /// <summary>An association type in the spelling of CASE; null when it is none in any spelling.</summary>
    public static string? Association(string type)
    {
        if (AssociationTypes.IsValid(type) && (!type.StartsWith(Prefix, StringComparison.Ordinal) || IsExtension(type)))
            return type;
        var bare = string.Concat(type.Where(char.IsAsciiLetterOrDigit));
        return AssociationTypes.All.FirstOrDefault(known => known.Equals(bare, StringComparison.OrdinalIgnoreCase));
    }
}
