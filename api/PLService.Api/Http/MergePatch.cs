using System.Net.Mime;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace PLService.Api.Http;

/// <summary>
/// A merge patch (RFC 7396) for what <typeparamref name="T"/> replaces: a member that is absent stays, null removes it, anything else
/// takes its place. The merged document is read and validated as if it had been sent whole, so members that nobody knows, and nulls
/// where a value must be, are refused as they are with PUT.
/// </summary>
internal sealed class MergePatch<T>
    where T : class
{
    // Two members of one name have no meaning in a patch.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    private readonly JsonObject _patch;
    private readonly JsonSerializerOptions _json;
    private readonly IValidator<T> _validator;

    private MergePatch(JsonObject patch, JsonSerializerOptions json, IValidator<T> validator) => (_patch, _json, _validator) = (patch, json, validator);

    /// <summary>The members that it names.</summary>
    public IReadOnlyList<string> Members => [.. _patch.Select(member => member.Key)];

    /// <summary>Reads the body.</summary>
    /// <exception cref="BadHttpRequestException">It has another media type, or is not a JSON object.</exception>
    public static async ValueTask<MergePatch<T>> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        // Routing takes any +json for JSON; a JSON Patch (RFC 6902) would be misread.
        if (context.Request.GetTypedHeaders().ContentType?.MediaType.Value?.ToLowerInvariant() is not (MergePatch.ContentType or MediaTypeNames.Application.Json))
            throw new BadHttpRequestException($"The body is taken as {MergePatch.ContentType} or application/json.", StatusCodes.Status415UnsupportedMediaType);
        try
        {
            return new(
                await JsonNode.ParseAsync(context.Request.Body, null, Strict, context.RequestAborted) as JsonObject ?? throw new JsonException("A merge patch is a JSON object."),
                context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions,
                context.RequestServices.GetRequiredService<IValidator<T>>());
        }
        catch (JsonException e)
        {
            throw Malformed(e);
        }
    }

    /// <summary>What <paramref name="current"/> becomes, or why it cannot.</summary>
    /// <exception cref="BadHttpRequestException">The merged document is not a <typeparamref name="T"/>.</exception>
    public (T? Merged, JsonHttpResult<ApiProblem>? Refused) Apply(T current)
    {
        var merged = Merge(JsonSerializer.SerializeToNode(current, _json), _patch);
        try
        {
            var wanted = merged.Deserialize<T>(_json)!;
            var result = _validator.Validate(wanted);
            return result.IsValid ? (wanted, null) : (null, Problems.Invalid(Validation.ToFaults(result)));
        }
        catch (JsonException e)
        {
            throw Malformed(e);
        }
    }

    // RFC 7396 section 2, word for word.
    private static JsonNode? Merge(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject members)
            return patch?.DeepClone();

        var merged = target as JsonObject ?? [];
        foreach (var (name, value) in members)
        {
            if (value is null)
                merged.Remove(name);
            else
                merged[name] = Merge(merged[name], value);
        }

        return merged;
    }

    // The same shape as for a body that the framework reads itself.
    private static BadHttpRequestException Malformed(JsonException e) => new("The body is not a merge patch.", StatusCodes.Status400BadRequest, e);
}

internal static class MergePatch
{
    /// <summary>The media type of RFC 7396; plain JSON is taken as well.</summary>
    public const string ContentType = "application/merge-patch+json";

    /// <summary>Says in the contract that the body is a merge patch, every member optional as in <typeparamref name="TDocumented"/>, for what
    /// <typeparamref name="TReplaced"/> replaces; the merged document is validated.</summary>
    public static RouteHandlerBuilder TakesPatch<TDocumented, TReplaced>(this RouteHandlerBuilder endpoint)
        where TDocumented : class
        where TReplaced : class =>
        endpoint.Accepts<TDocumented>(ContentType, MediaTypeNames.Application.Json).WithMetadata(new ValidatedBy(typeof(TReplaced)));

    /// <summary>The same, with the members of <typeparamref name="T"/> themselves.</summary>
    public static RouteHandlerBuilder TakesPatch<T>(this RouteHandlerBuilder endpoint)
        where T : class => endpoint.TakesPatch<Contract.Patch<T>, T>();
}
