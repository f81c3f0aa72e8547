using Microsoft.Net.Http.Headers;

namespace PLService.Api.Http;

/// <summary>Chooses between the forms of an answer.</summary>
internal static class Wanted
{
    /// <summary>The form that Accept likes best; of those that it likes alike the first, which everybody gets who likes none. Says in Vary that the answer hangs on it.</summary>
    public static string Best(HttpRequest request, params string[] types)
    {
        request.HttpContext.Response.Headers.Vary = HeaderNames.Accept;
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
            return types[0];
        return types.Skip(1).Aggregate(
            (Type: types[0], Liking: LikingOf(types[0], accepted)),
            (best, type) => LikingOf(type, accepted) is { Quality: > 0 } liking && liking.CompareTo(best.Liking) > 0 ? (type, liking) : best).Type;
    }

    /// <summary>The language that Accept-Language likes best, by its primary tag; the first of those that there are for everybody else. Says so in Vary and Content-Language.</summary>
    public static string Language(HttpRequest request, params string[] tags)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        var wanted = StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var accepted)
            ? accepted.Where(range => range.Quality is not 0).OrderByDescending(range => range.Quality ?? 1)
                .Select(range => Array.Find(tags, tag => string.Equals(tag, range.Value.Value!.Split('-')[0], StringComparison.OrdinalIgnoreCase)))
                .OfType<string>().FirstOrDefault()
            : null;
        var language = wanted ?? tags[0];
        headers.ContentLanguage = language;
        return language;
    }

    // The most specific range decides ("text/csv;q=0.5, */*" prefers anything else), and of two liked alike the one that is named.
    private static (double Quality, int Specificity) LikingOf(string type, IList<MediaTypeHeaderValue> accepted)
    {
        var wanted = new MediaTypeHeaderValue(type);
        return accepted.Where(range => wanted.IsSubsetOf(new MediaTypeHeaderValue(range.MediaType)))
            .Select(range => (Quality: range.Quality ?? 1, Specificity: range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2))
            .OrderByDescending(liking => liking.Specificity).FirstOrDefault();
    }
}
