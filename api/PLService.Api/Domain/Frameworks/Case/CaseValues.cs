using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PLService.Api.Domain.Frameworks.Case;

/// <summary>Reads the value of one member in the ways in which files write it.</summary>
internal sealed class CaseValues(CaseFindings findings)
{
    private readonly CaseCopy _copy = new(findings);
    private readonly CaseLinks _links = new(findings, new CaseCopy(findings));

    /// <summary>Whether there is nothing to keep.</summary>
    public bool IsBlank(JsonElement given) => given.ValueKind switch
    {
        JsonValueKind.String => string.IsNullOrWhiteSpace(_copy.Text(given, "")),
        JsonValueKind.Array => given.EnumerateArray().All(IsBlank),
        JsonValueKind.Object => given.EnumerateObject().All(member => IsBlank(member.Value)),
        JsonValueKind.Null => true,
        _ => false,
    };

    /// <summary>The value as CASE 1.1 has it; null when it cannot be read so.</summary>
    /// <param name="member">The member.</param>
    /// <param name="given">What stands there.</param>
    /// <param name="place">Where.</param>
    /// <param name="extras">What the value has no room for.</param>
    public JsonNode? Mend(CaseMember member, JsonElement given, string place, JsonObject extras)
    {
        switch (member.Type)
        {
            case CaseType.Texts:
                return Texts(member, given, place);
            case CaseType.Link or CaseType.GeneralLink:
                var rest = new JsonObject();
                var link = _links.Mend(given, member.Type is CaseType.GeneralLink, place, member.Name, rest);
                if (link is not null && rest.Count > 0)
                    extras[member.Name] = rest;
                return link;
            case CaseType.Links:
                return Links(member, given, place, extras);
            default:
                return Single(member, One(member, given, place), place, extras);
        }
    }

    private JsonNode? Single(CaseMember member, JsonElement given, string place, JsonObject extras)
    {
        if (member.Type is CaseType.Integer or CaseType.Number)
            return Number(member, given, place);
        var text = given.ValueKind switch
        {
            JsonValueKind.String => _copy.Text(given, place),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => given.GetRawText(),
            _ => null,
        };
        if (text is null)
            return null;
        var mended = member.Type switch
        {
            CaseType.Uuid => CaseIds.TryRead(text, out var id) ? id.ToString() : null,
            CaseType.Time => CaseTimes.Time(text),
            CaseType.Date => CaseTimes.Date(text),
            CaseType.Version => "1.1",
            CaseType.AssociationType => string.IsNullOrWhiteSpace(text) ? null : CaseTypes.Association(text) ?? CaseTypes.Extension(text),
            _ => text,
        };
        if (mended is not null && (mended != text || given.ValueKind is not JsonValueKind.String))
        {
            findings.Warn(place, member.Name, "mended", $"{member.Name} was {Instruments.FaultList.Shown(given.GetRawText())} and became \"{Instruments.FaultList.Shown(mended)}\".");
            // What the new value does not say any more.
            if (member.Type is CaseType.Version || (member.Type is CaseType.AssociationType && CaseTypes.Association(text) is null))
                extras[member.Name] = text;
        }

        return mended is null ? null : JsonValue.Create(mended);
    }

    private JsonElement One(CaseMember member, JsonElement given, string place)
    {
        if (given.ValueKind is not JsonValueKind.Array || given.GetArrayLength() != 1)
            return given;
        findings.Warn(place, member.Name, "one_expected", $"{member.Name} is one value and was a list of one.");
        return given[0];
    }

    private JsonNode? Number(CaseMember member, JsonElement given, string place)
    {
        if (member.Type is CaseType.Number && given.ValueKind is JsonValueKind.Number)
            return _copy.Of(given, place);
        var raw = given.ValueKind is JsonValueKind.Number ? given.GetRawText() : given.ValueKind is JsonValueKind.String ? _copy.Text(given, place).Trim() : "";
        if (!decimal.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || (member.Type is CaseType.Integer && (number != decimal.Truncate(number) || number is < int.MinValue or > int.MaxValue)))
            return null;
        if (given.ValueKind is JsonValueKind.String)
            findings.Warn(place, member.Name, "number_expected", $"{member.Name} was the text \"{Instruments.FaultList.Shown(raw)}\" and became a number.");
        return member.Type is CaseType.Integer ? JsonValue.Create((int)number) : JsonValue.Create(number);
    }

    private JsonArray? Texts(CaseMember member, JsonElement given, string place)
    {
        if (given.ValueKind is JsonValueKind.Array)
        {
            var kinds = given.EnumerateArray().Where(text => text.ValueKind is not JsonValueKind.Null).ToList();
            if (kinds.Exists(text => text.ValueKind is JsonValueKind.Object or JsonValueKind.Array))
                return null;
            if (kinds.Exists(text => text.ValueKind is not JsonValueKind.String))
                findings.Warn(place, member.Name, "text_expected", $"{member.Name} holds texts.");
            return new JsonArray([.. kinds.Select(text => (JsonNode)JsonValue.Create(text.ValueKind is JsonValueKind.String ? _copy.Text(text, place) : text.GetRawText()))]);
        }

        if (given.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
            return null;
        var only = given.ValueKind is JsonValueKind.String ? _copy.Text(given, place) : given.GetRawText();
        if (string.IsNullOrWhiteSpace(only))
            return null;
        findings.Warn(place, member.Name, "list_expected", $"{member.Name} is a list and was \"{Instruments.FaultList.Shown(only)}\".");
        // Levels hold no commas; other lists may.
        var parts = member.Name == "educationLevel" ? only.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [only];
        return new JsonArray([.. parts.Select(part => (JsonNode)JsonValue.Create(part))]);
    }

    private JsonArray? Links(CaseMember member, JsonElement given, string place, JsonObject extras)
    {
        var list = new JsonArray();
        var rests = new JsonObject();
        if (given.ValueKind is not JsonValueKind.Array)
            findings.Warn(place, member.Name, "list_expected", $"{member.Name} is a list and was one link.");
        foreach (var (i, element) in (given.ValueKind is JsonValueKind.Array ? given.EnumerateArray().AsEnumerable() : [given]).Index())
        {
            var rest = new JsonObject();
            if (_links.Mend(element, general: false, place, member.Name, rest) is { } link)
                list.Add((JsonNode)link);
            else if (!IsBlank(element))
                return null;
            if (rest.Count > 0)
                rests[$"{i}"] = rest;
        }

        if (rests.Count > 0)
            extras[member.Name] = rests;
        return list;
    }
}
