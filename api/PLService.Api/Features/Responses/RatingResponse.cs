using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using PLService.Api.Domain.Instruments;
using PLService.Api.Http;
using PLService.Api.Persistence.Assessments;

namespace PLService.Api.Features.Responses;

/// <summary>
/// One participant's rating of one item on one axis. Its ETag is what it says now, so that two tabs on the same item notice each other
/// and two tabs on different items do not.
/// </summary>
/// <param name="ItemCode">The item.</param>
/// <param name="Axis">The axis.</param>
/// <param name="Level">Code of the level; null when it is not rated.</param>
/// <param name="Comment">The comment on the item, shared by its axes; null when there is none, or the mode keeps it back.</param>
/// <param name="EntityTag">What stands between the quotes of the ETag.</param>
public sealed record RatingResponse(string ItemCode, string Axis, string? Level, string? Comment, [property: JsonIgnore] string EntityTag) : IEntityTagged
{
    /// <summary>Stands for "not rated": no level code begins with it.</summary>
    private const string Unrated = "-";

    internal static readonly RatingResponse Sample = new("VIS.1", "status", "green", "See our charter.", "green:5c0a7d1e");

    internal static RatingResponse Of(Element element, short? level, string? comment, bool withComment)
    {
        var code = level is { } ordinal ? element.Scale.Levels[ordinal].Code : null;
        return new(element.Item.Code, element.Axis.Code, code, withComment ? comment : null, TagOf(code, comment));
    }

    /// <summary>The level's code, and of a comment a few characters of its hash.</summary>
    private static string TagOf(string? level, string? comment) => comment is null
        ? level ?? Unrated
        : $"{level ?? Unrated}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(comment)))[..RatingStore.HashLength]}";

    /// <summary>What a tag stands for; false when no rating of this element can have it.</summary>
    internal static bool TryReadTag(Element element, string tag, out short? level, out string? commentHash)
    {
        var parts = tag.Split(':', 2);
        commentHash = parts.Length == 2 ? parts[1] : null;
        level = null;
        if (parts[0] == Unrated)
            return true;
        for (short i = 0; i < element.Scale.Levels.Count; i++)
        {
            if (element.Scale.Levels[i].Code == parts[0])
                level = i;
        }

        return level is not null;
    }
}
