using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Primitives;

namespace PLService.Api.Http;

/// <summary>
/// Holds the query string against the contract before an endpoint sees it: a parameter that is not named there is refused, for a
/// misspelt filter must not read as "no filter"; a value that does not fit is refused with what would; enums are taken in any case.
/// </summary>
internal sealed class QueryGuard(RequestDelegate next, IApiDescriptionGroupCollectionProvider descriptions)
{
    private readonly Lazy<FrozenDictionary<string, FrozenDictionary<string, Type>>> _contract = new(() => descriptions.ApiDescriptionGroups.Items
        .SelectMany(group => group.Items)
        .ToFrozenDictionary(
            api => $"{api.HttpMethod} /{PathOf(RoutePatternFactory.Parse(api.RelativePath!))}",
            api => api.ParameterDescriptions.Where(p => p.Source.Id == "Query").ToFrozenDictionary(
                p => JsonNamingPolicy.CamelCase.ConvertName(p.Name),
                p => Nullable.GetUnderlyingType(p.Type) ?? p.Type,
                StringComparer.Ordinal)));

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not RouteEndpoint endpoint
            || context.Request.Query.Count == 0
            || !_contract.Value.TryGetValue($"{context.Request.Method} /{PathOf(endpoint.RoutePattern)}", out var known))
            return next(context);

        var faults = new List<ApiFault>();
        // The binder looks names up as C# writes them.
        var values = new Dictionary<string, StringValues>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, given) in context.Request.Query)
        {
            if (!known.TryGetValue(name, out var type))
                faults.Add(new("?" + name, "query.unknown_parameter", known.Count == 0 ? "This operation takes no query parameters." : $"This operation takes {string.Join(", ", known.Keys.Order())}."));
            else if (given.Count != 1 && !type.IsArray)
                faults.Add(new("?" + name, "query.repeated", $"{name} is given {given.Count} times; give it once."));
            else if (type.IsArray || Read(given.ToString(), type) is not null)
                values[name] = type.IsArray ? given : Read(given.ToString(), type);
            else
                faults.Add(new("?" + name, "query.bad_value", $"{name} takes {ValueWords.Describe(type)}; found '{given.ToString()[..Math.Min(100, given.ToString().Length)]}'."));
        }

        if (faults.Count > 0)
            return Problems.Invalid(faults).ExecuteAsync(context);

        context.Request.Query = new QueryCollection(values);
        return next(context);
    }

    /// <summary>The value as the binder wants it, or null when it does not fit the type.</summary>
    private static string? Read(string value, Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type).FirstOrDefault(name => string.Equals(name, value, StringComparison.OrdinalIgnoreCase));

        var fits = type switch
        {
            _ when type == typeof(int) => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
            _ when type == typeof(bool) => value is "true" or "false",
            _ when type == typeof(Guid) => Guid.TryParseExact(value, "D", out _),
            _ when type == typeof(DateOnly) => DateOnly.TryParseExact(value, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            _ when type == typeof(DateTimeOffset) => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _),
            _ => !value.Contains('\0'),
        };
        return fits ? value : null;
    }

    // Constraints left out: the two do not always show them in the same way.
    private static string PathOf(RoutePattern route) => string.Join('/', route.PathSegments
        .Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            _ => "",
        }))));
}
