using System.Buffers.Text;
using System.Text.Json;
using FluentValidation;

namespace PLService.Api.Http;

/// <summary>What every list takes.</summary>
public abstract class PageRequest
{
    /// <summary>How many items one page may hold at most.</summary>
    public const int MaxLimit = 500;

    /// <summary>How many items a page holds when none is asked for.</summary>
    public const int DefaultLimit = 50;

    /// <summary>Items per page, 1 to 500; 50 unless given.</summary>
    public int? Limit { get; init; }

    /// <summary>The <c>nextCursor</c> of the page before; nothing for the first page.</summary>
    public string? Cursor { get; init; }

    /// <summary>True adds <c>count</c>, the number of items on all pages.</summary>
    public bool? Count { get; init; }

    /// <summary>Items to fetch for this page.</summary>
    internal int Take => Limit ?? DefaultLimit;
}

/// <summary>The rules of <see cref="PageRequest"/>, for a list's own validator to inherit.</summary>
internal abstract class PageRequestValidator<T> : AbstractValidator<T>
    where T : PageRequest
{
    /// <param name="keys">How many keys the list's cursors have, an id the last of them: a cursor of another list is refused then,
    /// for it would read as "start again".</param>
    protected PageRequestValidator(int? keys = null)
    {
        RuleFor(request => request.Limit).InclusiveBetween(1, PageRequest.MaxLimit);
        RuleFor(request => request.Cursor).Must(cursor => cursor is null || Fits(cursor, keys))
            .WithErrorCode("cursor.unknown").WithMessage("This is not a cursor of this list; take nextCursor of the page before.");
    }

    private static bool Fits(string cursor, int? keys) =>
        Http.Cursor.TryDecode(cursor, out var found) && (keys is null || (found.Length == keys && Guid.TryParse(found[^1], out _)));
}

/// <summary>One page of a list.</summary>
/// <param name="Items">The items, in the order of the list.</param>
/// <param name="NextCursor">What to pass as <c>cursor</c> for the next page; null when this is the last one.</param>
/// <param name="Count">The number of items on all pages, when <c>count=true</c> was asked for.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor, long? Count);

internal static class Page
{
    /// <summary>Cuts <paramref name="fetched"/> (one more than asked for, if there are more) to the page, with the cursor of its last item.</summary>
    public static Page<T> Of<T>(List<T> fetched, int take, Func<T, string[]> keys, long? count)
    {
        if (fetched.Count <= take)
            return new(fetched, null, count);

        fetched.RemoveRange(take, fetched.Count - take);
        return new(fetched, Cursor.Encode(keys(fetched[^1])), count);
    }
}

/// <summary>Where the next page is, for answers in a form that has no room for it.</summary>
internal static class NextPage
{
    /// <summary>Sends the header Link (RFC 8288) with the address of the next page, when there is one.</summary>
    public static void Announce(HttpRequest request, string? nextCursor)
    {
        if (nextCursor is null)
            return;
        var query = request.Query.Where(parameter => parameter.Key != "cursor").Append(new("cursor", nextCursor));
        request.HttpContext.Response.Headers.Link = $"<{request.PathBase}{request.Path}{QueryString.Create(query)}>; rel=\"next\"";
    }
}

/// <summary>Where a page ended: the sort keys of its last item, opaque to clients.</summary>
internal static class Cursor
{
    public static string Encode(params string[] keys) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(keys));

    public static bool TryDecode(string? cursor, out string[] keys)
    {
        keys = [];
        if (string.IsNullOrEmpty(cursor) || cursor.Length > 1000 || !Base64Url.IsValid(cursor))
            return false;
        try
        {
            keys = JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(cursor)) ?? [];
            return keys.Length > 0 && keys.All(key => key is not null);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The id that a cursor by id alone carries; null for the first page or a cursor of another list.</summary>
    public static Guid? Id(string? cursor) => TryDecode(cursor, out var keys) && Guid.TryParse(keys[^1], out var id) ? id : null;
}
