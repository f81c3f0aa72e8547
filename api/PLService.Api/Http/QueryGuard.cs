using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace PLService.Api.Http;

/// <summary>Refuses query parameters that the contract does not name: a misspelt filter must not read as "no filter".</summary>
internal sealed class QueryGuard(IApiDescriptionGroupCollectionProvider descriptions)
{
    private readonly Lazy<FrozenDictionary<string, string[]>> _known = new(() => descriptions.ApiDescriptionGroups.Items
        .SelectMany(group => group.Items)
        .ToFrozenDictionary(
            api => $"{api.HttpMethod} /{api.RelativePath}",
            api => api.ParameterDescriptions.Where(p => p.Source.Id == "Query").Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name)).ToArray()));

    /// <summary>The faults of this request's query string.</summary>
    public IReadOnlyList<ApiFault> Check(HttpContext context)
    {
        if (context.Request.Query.Count == 0 || context.GetEndpoint() is not RouteEndpoint endpoint)
            return [];

        var known = _known.Value.GetValueOrDefault($"{context.Request.Method} /{PathOf(endpoint)}") ?? [];
        return [.. context.Request.Query.Keys
            .Where(name => !known.Contains(name, StringComparer.Ordinal))
            .Select(name => new ApiFault("?" + name, "query.unknown_parameter",
                known.Length == 0 ? "This operation takes no query parameters." : $"This operation takes {string.Join(", ", known)}."))];
    }

    // ApiExplorer's path has no constraints: v1/organizations/{id} for v1/organizations/{id:guid}.
    private static string PathOf(RouteEndpoint endpoint) => string.Join('/', endpoint.RoutePattern.PathSegments
        .Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
            _ => "",
        }))));
}

internal static class QueryGuardExtensions
{
    /// <summary>Checks the query string of every endpoint of the group against the contract.</summary>
    public static RouteGroupBuilder RefuseUnknownQuery(this RouteGroupBuilder group)
    {
        group.AddEndpointFilter(async (context, next) =>
            context.HttpContext.RequestServices.GetRequiredService<QueryGuard>().Check(context.HttpContext) is { Count: > 0 } faults
                ? Problems.Invalid(faults)
                : await next(context));
        return group;
    }
}
