using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PLService.Api.Domain.Frameworks;

/// <summary>CASE objects as the texts that they are stored as.</summary>
internal static class CaseTexts
{
    /// <summary>Whether two objects say the same, however they are written.</summary>
    public static bool Same(string one, string other) => JsonNode.DeepEquals(JsonNode.Parse(one), JsonNode.Parse(other));

    /// <summary>Those members of an object that are not in <paramref name="known"/>, with full addresses; null when there are none.</summary>
    public static JsonElement? Others(string body, IReadOnlySet<string> known, string baseAddress)
    {
        var others = JsonNode.Parse(CaseAddresses.Expand(body, baseAddress))!.AsObject();
        foreach (var member in others.Select(member => member.Key).Where(known.Contains).ToList())
            others.Remove(member);
        return others.Count == 0 ? null : JsonSerializer.SerializeToElement(others);
    }

    /// <summary>A moment as CASE writes it.</summary>
    public static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The day in a member; null when it is absent. Some publishers write a time behind it.</summary>
    public static DateOnly? Date(this CaseObject body, string member) =>
        body.Text(member) is { Length: >= 10 } text && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", out var date) ? date : null;
}
