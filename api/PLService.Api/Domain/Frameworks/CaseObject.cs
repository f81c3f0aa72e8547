using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PLService.Api.Domain.Frameworks;

/// <summary>
/// One object of 1EdTech CASE 1.1 as JSON, to read and change single members of: what others put into it stays.
/// </summary>
internal sealed class CaseObject
{
    private readonly JsonObject _members;

    private CaseObject(JsonObject members) => _members = members;

    /// <summary>A new object of this installation.</summary>
    /// <param name="collection">Its collection in addresses: <c>CFItems</c>.</param>
    /// <param name="id">The CASE identifier.</param>
    /// <param name="now">When it is made.</param>
    public static CaseObject New(string collection, Guid id, DateTimeOffset now) => new CaseObject(new JsonObject
    {
        ["identifier"] = id.ToString(),
        ["uri"] = CaseAddresses.Own(collection, id),
    }).Changed(now);

    /// <exception cref="JsonException">The text is not a JSON object.</exception>
    public static CaseObject Read(string body) => new(JsonNode.Parse(body) as JsonObject ?? throw new JsonException("A CASE object is a JSON object."));

    /// <summary>The text of a member; null when it is absent or no text.</summary>
    public string? Text(string member) => _members[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>The texts of a member; none when it is absent.</summary>
    public IReadOnlyList<string> Texts(string member) => _members[member] is JsonArray list ? [.. list.Select(text => text!.GetValue<string>())] : [];

    /// <summary>The whole number of a member; null when it is absent.</summary>
    public int? Number(string member) => _members[member] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    /// <summary>The link of a member; null when it is absent.</summary>
    public CaseLink? Link(string member) =>
        _members[member] is JsonObject link ? new((string)link["title"]!, (string)link["identifier"]!, (string)link["uri"]!) : null;

    /// <summary>Sets a member, or removes it when there is nothing to say.</summary>
    public CaseObject With(string member, string? text) => With(member, text is null ? (JsonNode?)null : JsonValue.Create(text));

    /// <inheritdoc cref="With(string, string?)"/>
    public CaseObject With(string member, int? number) => With(member, number is { } value ? (JsonNode)JsonValue.Create(value) : null);

    /// <inheritdoc cref="With(string, string?)"/>
    public CaseObject With(string member, DateOnly? date) => With(member, date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <inheritdoc cref="With(string, string?)"/>
    public CaseObject With(string member, IReadOnlyCollection<string>? texts) =>
        With(member, texts is { Count: > 0 } ? (JsonNode)new JsonArray([.. texts.Select(text => (JsonNode)text)]) : null);

    /// <inheritdoc cref="With(string, string?)"/>
    public CaseObject With(string member, CaseLink? link) =>
        With(member, link is null ? (JsonNode?)null : new JsonObject { ["title"] = link.Title, ["identifier"] = link.Identifier, ["uri"] = link.Uri });

    /// <inheritdoc cref="With(string, string?)"/>
    public CaseObject With(string member, JsonObject? value) => With(member, (JsonNode?)value);

    /// <summary>Says when it was last changed.</summary>
    public CaseObject Changed(DateTimeOffset now) => With("lastChangeDateTime", now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    /// <summary>The object as it is stored.</summary>
    public string Write() => _members.ToJsonString();

    private CaseObject With(string member, JsonNode? value)
    {
        if (value is null)
            _members.Remove(member);
        else
            _members[member] = value;
        return this;
    }
}

/// <summary>A link of CASE (LinkURI).</summary>
/// <param name="Title">What it leads to, for people.</param>
/// <param name="Identifier">CASE identifier of what it leads to.</param>
/// <param name="Uri">Its address.</param>
internal sealed record CaseLink(string Title, string Identifier, string Uri);

/// <summary>
/// Addresses of CASE objects. Those of this installation are stored without its host, so that the same rows are right wherever it runs,
/// and are written out in full when they leave.
/// </summary>
internal static class CaseAddresses
{
    /// <summary>Where the provider answers.</summary>
    public const string BasePath = "/ims/case/v1p1";

    private const string Stored = "plservice:";

    /// <summary>The stored address of an object of this installation.</summary>
    /// <param name="collection">Its collection: <c>CFItems</c>.</param>
    /// <param name="id">Its CASE identifier.</param>
    public static string Own(string collection, Guid id) => $"{Stored}/{collection}/{id}";

    /// <summary>A stored body with full addresses.</summary>
    /// <param name="body">JSON as it is stored.</param>
    /// <param name="baseAddress">Address of the provider, without a slash at its end.</param>
    /// <remarks>The quote in front makes it the beginning of a JSON string: within one, a quote is never bare.</remarks>
    public static string Expand(string body, string baseAddress) => body.Replace($"\"{Stored}/", $"\"{baseAddress}/", StringComparison.Ordinal);

    /// <summary>The other way: addresses below <paramref name="baseAddress"/> as they are stored.</summary>
    public static string Fold(string body, string baseAddress) => body.Replace($"\"{baseAddress}/", $"\"{Stored}/", StringComparison.Ordinal);
}
