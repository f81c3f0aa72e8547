using System.Text.Json;
using PLService.Api.Domain.Instruments;

namespace PLService.Api.Domain.Assessments;

/// <summary>
/// A response being filled in: takes ratings and comments by their codes, checks them against the instrument, and packs them as they
/// are stored. What does not fit becomes a fault with its place in the body.
/// </summary>
internal sealed class RatingSheet
{
    private readonly InstrumentLayout _layout;
    private readonly List<Fault> _faults = [];
    private readonly SortedDictionary<string, string> _comments;

    private RatingSheet(InstrumentLayout layout, short?[] levels, SortedDictionary<string, string> comments) =>
        (_layout, Levels, _comments) = (layout, levels, comments);

    /// <summary>How it is packed.</summary>
    public InstrumentLayout Layout => _layout;

    /// <summary>One element per element of the layout: the ordinal of its level, null where there is no rating.</summary>
    public short?[] Levels { get; }

    /// <summary>Comments by item code, as they are stored; null when there are none.</summary>
    public string? CommentsJson => _comments.Count == 0 ? null : JsonSerializer.Serialize(_comments, InstrumentJson.Options);

    /// <summary>Comments by item code.</summary>
    public IReadOnlyDictionary<string, string> Comments => _comments;

    /// <summary>What did not fit, in the order of the body.</summary>
    public IReadOnlyList<Fault> Faults => _faults;

    /// <summary>Whether anything is rated.</summary>
    public bool IsRated => Levels.Any(level => level is not null);

    public static RatingSheet Blank(InstrumentLayout layout) => new(layout, new short?[layout.Elements.Count], new(StringComparer.Ordinal));

    /// <summary>What is stored, to be changed.</summary>
    public static RatingSheet Of(InstrumentLayout layout, short?[] levels, string? commentsJson) => new(
        layout,
        [.. levels],
        commentsJson is null ? new(StringComparer.Ordinal) : new(JsonSerializer.Deserialize<Dictionary<string, string>>(commentsJson)!, StringComparer.Ordinal));

    /// <summary>Takes the ratings; null clears an item, and null for an axis that one.</summary>
    public RatingSheet Rate(IReadOnlyDictionary<string, ItemRating?>? ratings)
    {
        foreach (var (item, rating) in ratings ?? new Dictionary<string, ItemRating?>())
        {
            var pointer = $"/ratings/{FaultList.Escaped(item)}";
            if (!_layout.TryFind(item, "", out _))
                _faults.Add(new(pointer, AssessmentErrors.UnknownItem.Code, "The instrument has no item with this code."));
            else if (rating is null)
                Clear(item);
            else if (rating.ByAxis is null)
                Rate(pointer, item, "", rating.Level);
            else
                foreach (var (axis, level) in rating.ByAxis)
                    Rate($"{pointer}/{FaultList.Escaped(axis)}", item, axis, level);
        }

        return this;
    }

    /// <summary>Takes the comments; null or nothing removes one.</summary>
    public RatingSheet Comment(IReadOnlyDictionary<string, string?>? comments)
    {
        foreach (var (item, comment) in comments ?? new Dictionary<string, string?>())
        {
            var pointer = $"/comments/{FaultList.Escaped(item)}";
            if (!_layout.TryFind(item, "", out var element))
                _faults.Add(new(pointer, AssessmentErrors.UnknownItem.Code, "The instrument has no item with this code."));
            else if (comment is { Length: > Response.CommentMaxLength })
                _faults.Add(new(pointer, "value.too_long", $"A comment has at most {Response.CommentMaxLength} characters."));
            else if (string.IsNullOrWhiteSpace(comment))
                _comments.Remove(element.Item.Code);
            else
                _comments[element.Item.Code] = comment;
        }

        return this;
    }

    /// <summary>Items whose level asks for a comment that is not there: the response cannot be submitted yet.</summary>
    public IReadOnlyList<Fault> MissingComments() =>
    [
        .. _layout.Elements
            .Where(element => Levels[element.Index] is { } level && element.Scale.Levels[level].CommentRequired && !_comments.ContainsKey(element.Item.Code))
            .Select(element => element.Item.Code)
            .Distinct()
            .Select(item => new Fault($"/comments/{item}", AssessmentErrors.Incomplete.Code, $"The level of {item} needs a comment.")),
    ];

    /// <summary>The ratings by item code: one level where the instrument has one axis, else one per rated axis. What is not rated is left out.</summary>
    public IReadOnlyDictionary<string, ItemRating> Ratings()
    {
        var ratings = new Dictionary<string, ItemRating>();
        var oneAxis = _layout.Document.Axes.Count == 1;
        foreach (var rated in _layout.Elements.Where(element => Levels[element.Index] is not null).GroupBy(element => element.Item.Code))
        {
            ratings[rated.Key] = oneAxis
                ? new ItemRating(CodeOf(rated.Single()))
                : new ItemRating(null, rated.ToDictionary(element => element.Axis.Code, string? (element) => CodeOf(element)));
        }

        return ratings;
    }

    private string CodeOf(Element element) => element.Scale.Levels[Levels[element.Index]!.Value].Code;

    private void Clear(string item)
    {
        foreach (var axis in _layout.Document.Axes)
        {
            if (_layout.TryFind(item, axis.Code, out var element))
                Levels[element.Index] = null;
        }
    }

    private void Rate(string pointer, string item, string axis, string? level)
    {
        if (!_layout.TryFind(item, axis, out var element))
            _faults.Add(new(pointer, AssessmentErrors.UnknownItem.Code, "The item does not use an axis with this code."));
        else if (level is null)
            Levels[element.Index] = null;
        else if (element.TryLevel(level, out var ordinal))
            Levels[element.Index] = ordinal;
        else
            _faults.Add(UnknownLevel(pointer, element));
    }

    /// <summary>Names the levels that would be right, and never what was found: that is a participant's word.</summary>
    internal static Fault UnknownLevel(string pointer, Element element)
    {
        var offered = element.Scale.Levels.Where((_, i) => element.Offers((short)i)).Select(level => level.Code).ToList();
        var shown = offered.Count <= 12 ? string.Join(", ", offered) : $"{offered[0]} to {offered[^1]}";
        return new(pointer, AssessmentErrors.UnknownLevel.Code, $"The item's scale offers {shown}.");
    }
}
