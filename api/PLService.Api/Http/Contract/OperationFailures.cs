using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using PLService.Api.Access;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace PLService.Api.Http.Contract;

/// <summary>Adds every failure that an operation can answer with, derived from what the endpoint is made of.</summary>
internal sealed class OperationFailures : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var api = context.ApiDescription;
        var metadata = api.ActionDescriptor.EndpointMetadata;
        var anonymous = operation.Security is { Count: 0 };
        var hasBody = operation.RequestBody is not null;

        operation.Responses ??= [];
        // What the typed results announce as failures is described here instead.
        foreach (var status in operation.Responses.Keys.Where(key => key[0] is '4' or '5').ToList())
            operation.Responses.Remove(status);

        var schema = context.SchemaGenerator.GenerateSchema(typeof(ApiProblem), context.SchemaRepository);
        void Add(int status, string description, string code) => operation.Responses.TryAdd($"{status}", new OpenApiResponse
        {
            Description = description,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [Problems.ContentType] = new() { Schema = schema, Example = ExampleOf(status, code) },
            },
        });

        foreach (var own in metadata.OfType<OwnFailure>())
        {
            operation.Responses[$"{own.Status}"] = new OpenApiResponse
            {
                Description = own.Description,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/json"] = new()
                    {
                        Schema = context.SchemaGenerator.GenerateSchema(own.Example.GetType(), context.SchemaRepository),
                        Example = JsonSerializer.SerializeToNode(own.Example, JsonSerializerOptions.Web),
                    },
                },
            };
        }

        foreach (var further in metadata.OfType<FurtherFailure>())
            Add(further.Status, further.Description, further.Code);
        Add(400, "The request is not valid; errors say where and why.", "request.invalid");
        if (!anonymous)
        {
            Add(401, "No token, or one that is not valid (any more).", "auth.unauthenticated");
            if (metadata.OfType<RequiredScope>().FirstOrDefault() is { } scope)
                Add(403, $"The caller lacks the scope {scope.Scope}.", "auth.missing_scope");
            if (metadata.OfType<RequiredCaller>().FirstOrDefault() is { } caller)
                Add(403, $"The operation is for {caller.InWords}.", "auth.wrong_caller");
        }

        if (api.RelativePath!.Contains('{', StringComparison.Ordinal) || metadata.OfType<MayNotExist>().Any())
            Add(404, "There is no such resource, or it cannot be reached with this token.", "resource.not_found");
        var repeatable = IdempotencyStore.IsTakenBy(api.HttpMethod!, metadata, anonymous);
        AddConflict(metadata, repeatable, Add);
        if (Concurrency.TakesIfMatch(context.MethodInfo, out var isRequired))
        {
            Add(412, "Somebody changed it since the version in If-Match was read.", "concurrency.stale_version");
            if (isRequired)
                Add(428, "If-Match is missing.", "concurrency.if_match_required");
        }

        if (hasBody)
        {
            Add(413, "The body is larger than this operation takes.", "request.too_large");
            Add(415, "The body has another media type than this operation takes.", "request.unsupported_media_type");
        }

        if (repeatable)
            Add(422, "The Idempotency-Key was used for another request.", "idempotency.key_reused");
        Add(429, "More requests than this client may make; wait for Retry-After seconds.", "rate.limited");
        Add(500, "Something unexpected happened; quote the traceId.", "server.unexpected");
        Add(503, "The database cannot be reached; wait for Retry-After seconds.", "server.database_unavailable");
    }

    private static void AddConflict(IList<object> metadata, bool repeatable, Action<int, string, string> add)
    {
        var refusals = metadata.OfType<Refusals>().SelectMany(r => r.Errors).DistinctBy(e => e.Code).ToList();
        var lines = refusals.ConvertAll(e => $"- `{e.Code}`: {e.Message}");
        if (repeatable)
            lines.Add("- `idempotency.still_running`: The first request with this Idempotency-Key still runs.");
        if (lines.Count > 0)
            add(409, "Refused in the present state:\n\n" + string.Join('\n', lines), refusals.FirstOrDefault()?.Code ?? "idempotency.still_running");
    }

    private static JsonObject ExampleOf(int status, string code) => new()
    {
        ["type"] = $"urn:plservice:problem:{code}",
        ["title"] = Problems.TitleOf(status),
        ["status"] = status,
        ["code"] = code,
        ["detail"] = "What was found and what would be right.",
        ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
    };
}
