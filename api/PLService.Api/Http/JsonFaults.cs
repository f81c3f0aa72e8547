using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace PLService.Api.Http;

/// <summary>
/// Says what is wrong with a body that cannot be read, in words of the contract: the reader's own messages name types of the program, which is
/// nothing to whoever sent it.
/// </summary>
internal static class JsonFaults
{
    public static ApiFault Explain(HttpContext context, JsonException json) => new(JsonPointers.OfPath(json.Path), "request.malformed_json", Detail(context, json));

    private static string Detail(HttpContext context, JsonException json)
    {
        var line = json.LineNumber is { } number ? $" Line {number + 1}." : "";
        var message = json.Message.Split(" Path:")[0];
        // What is no JSON at all, and what our own converters say, is in plain words.
        var isOurs = !message.Contains(".NET", StringComparison.Ordinal) && !message.Contains("System.", StringComparison.Ordinal)
            && !message.Contains("PLService.", StringComparison.Ordinal);
        return (isOurs || TypeOf(context) is not { } body ? message : Expected(context, body, json.Path ?? "$")) + line;
    }

    private static Type? TypeOf(HttpContext context) =>
        // Whoever handles failures finds the endpoint taken away.
        (context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint()) is { Metadata: var endpoint }
            ? endpoint.GetMetadata<ValidatedBy>()?.RequestType ?? endpoint.GetMetadata<IAcceptsMetadata>()?.RequestType
            : null;

    // Follows the path through the types as the reader does, to the place at which it stopped.
    private static string Expected(HttpContext context, Type body, string path)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var (at, name) = (options.GetTypeInfo(body), "The body");
        foreach (var segment in JsonPointers.OfPath(path).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (at.Kind is JsonTypeInfoKind.Object)
            {
                if (at.Properties.FirstOrDefault(member => member.Name == segment) is not { } member)
                    return $"There is no member '{segment}' here; there are {Listed(at.Properties)}.";
                (at, name) = (options.GetTypeInfo(member.PropertyType), $"'{segment}'");
            }
            else if (at.ElementType is { } element)
            {
                at = options.GetTypeInfo(element);
            }
        }

        var required = at.Kind is JsonTypeInfoKind.Object ? at.Properties.Where(member => member.IsRequired).ToList() : [];
        var needed = required.Count > 0 ? $" with at least {Listed(required)}" : "";
        return $"{name} takes {ValueWords.Describe(at.Type)}{needed}.";
    }

    private static string Listed(IEnumerable<JsonPropertyInfo> members) => string.Join(", ", members.Select(member => member.Name));
}
