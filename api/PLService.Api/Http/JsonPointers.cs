using System.Text;
using System.Text.Json;

namespace PLService.Api.Http;

/// <summary>JSON Pointers (RFC 6901) from the paths that the JSON reader and FluentValidation use.</summary>
internal static class JsonPointers
{
    /// <summary><c>$.levels[2].code</c> is <c>/levels/2/code</c>.</summary>
    public static string OfPath(string? path) => path is null or "$" ? "" : Convert(path.StartsWith('$') ? path[1..] : path, camelCase: false);

    /// <summary><c>Levels[2].Code</c> is <c>/levels/2/code</c>; what is a pointer already (a document's own check gives such) stays.</summary>
    public static string OfProperty(string propertyName) => propertyName.StartsWith('/') ? propertyName : Convert(propertyName, camelCase: true);

    private static string Convert(string path, bool camelCase)
    {
        var pointer = new StringBuilder();
        foreach (var part in path.Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries))
            pointer.Append('/').Append((camelCase ? JsonNamingPolicy.CamelCase.ConvertName(part) : part.Trim('\'')).Replace("~", "~0").Replace("/", "~1"));
        return pointer.ToString();
    }
}
