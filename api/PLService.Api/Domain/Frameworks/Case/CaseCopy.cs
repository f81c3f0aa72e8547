using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PLService.Api.Domain.Frameworks.Case;

/// <summary>Copies what CASE does not name, as far as it can be stored.</summary>
internal sealed class CaseCopy(CaseFindings findings)
{
    /// <summary>A copy; JSON's null where the original is null.</summary>
    public JsonNode? Of(JsonElement given, string pointer)
    {
        switch (given.ValueKind)
        {
            case JsonValueKind.Object:
                var copy = new JsonObject();
                foreach (var member in given.EnumerateObject())
                    copy[Clean(member.Name, pointer)] = Of(member.Value, pointer);
                return copy;
            case JsonValueKind.Array:
                var list = new JsonArray();
                foreach (var element in given.EnumerateArray())
                    list.Add(Of(element, pointer));
                return list;
            case JsonValueKind.String:
                return JsonValue.Create(Text(given, pointer));
            case JsonValueKind.Number:
                return Number(given, pointer);
            case JsonValueKind.True or JsonValueKind.False:
                return JsonValue.Create(given.GetBoolean());
            default:
                return null;
        }
    }

    /// <summary>A text without NUL, which cannot be stored.</summary>
    public string Text(JsonElement given, string pointer)
    {
        try
        {
            return Clean(given.GetString()!, pointer);
        }
        catch (InvalidOperationException)
        {
            findings.Fault(pointer, "broken_text", "The text is not UTF-8, or holds half of a surrogate pair; write the file in UTF-8.");
            return "";
        }
    }

    private string Clean(string text, string pointer)
    {
        if (!text.Contains('\0', StringComparison.Ordinal))
            return text;
        findings.Warn(pointer, "", "nul_removed", "A text held a NUL character; it was taken out.");
        return text.Replace("\0", "", StringComparison.Ordinal);
    }

    // The database takes numbers far beyond those of JavaScript, but not any.
    private JsonNode? Number(JsonElement given, string pointer)
    {
        var raw = given.GetRawText();
        var value = double.Parse(raw, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (double.IsFinite(value) && raw.Length <= 400 && (value != 0 || !raw.Split('e', 'E')[0].AsSpan().ContainsAnyInRange('1', '9')))
            return JsonValue.Create(given.Clone());
        findings.Fault(pointer, "number", "The number is too large, too small or too long to be kept; write it as a text.");
        return null;
    }
}
