using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.OpenApi;
using PLService.Api.Access;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace PLService.Api.Http.Contract;

/// <summary>What an operation says of itself: description from the use case's XML summary, examples, security, and the headers it knows.</summary>
internal sealed class OperationTexts(Microsoft.Extensions.Options.IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json) : IOperationFilter
{
    public const string SecurityScheme = "oauth2";

    private static readonly Lazy<XDocument?> Comments = new(() =>
        File.Exists(Path.Combine(AppContext.BaseDirectory, "plservice.xml")) ? XDocument.Load(Path.Combine(AppContext.BaseDirectory, "plservice.xml")) : null);

    private static readonly ConcurrentDictionary<Type, string?> Summaries = new();

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        if (context.MethodInfo.DeclaringType is { } useCase && SummaryOf(useCase) is { } summary)
            operation.Description = summary;
        AddExamples(operation, metadata.OfType<Examples>().FirstOrDefault());
        AddSecurity(operation, context, metadata.OfType<RequiredScope>().FirstOrDefault());
        DescribePath(operation);
        AddHeaders(operation, context);
    }

    private static string? SummaryOf(Type useCase) => Summaries.GetOrAdd(useCase, type =>
    {
        var text = Comments.Value?.Descendants("member").FirstOrDefault(m => (string?)m.Attribute("name") == "T:" + type.FullName!.Replace('+', '.'))?.Element("summary")?.Value;
        return text is null ? null : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    });

    private void AddExamples(OpenApiOperation operation, Examples? examples)
    {
        if (examples?.Request is { } request && operation.RequestBody?.Content is { } body)
        {
            foreach (var media in body.Values.OfType<OpenApiMediaType>())
                media.Example = ToNode(request);
        }

        if (examples?.Response() is not { } response)
            return;
        foreach (var (status, answer) in operation.Responses ?? [])
        {
            if (!status.StartsWith('2') || answer.Content is null)
                continue;
            foreach (var media in answer.Content.Values.OfType<OpenApiMediaType>())
                media.Example = ToNode(response);
        }
    }

    private JsonNode? ToNode(object value) => value is string text ? JsonValue.Create(text) : JsonSerializer.SerializeToNode(value, json.Value.SerializerOptions);

    private static void AddSecurity(OpenApiOperation operation, OperationFilterContext context, RequiredScope? scope)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        OpenApiSecurityRequirement By(string scheme, params string[] scopes) => new() { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [.. scopes] };
        operation.Security = metadata.OfType<Microsoft.AspNetCore.Authorization.IAllowAnonymous>().Any() ? []
            : scope is not null ? [By(SecurityScheme, scope.Scope), By(Principals.Person)]
            : metadata.OfType<RequiredCaller>().Single().Kind is var kind && kind is Principals.Client ? [By(SecurityScheme)]
            : kind is Principals.Somebody ? [By(Principals.Person), By(Principals.Login)]
            : [By(kind)];
    }

    /// <summary>What the names in addresses mean; they mean the same in every address.</summary>
    private static readonly Dictionary<string, string> PathParameters = new()
    {
        ["id"] = "The resource's id, as lists and creating it tell.",
        ["responseId"] = "The response's id.",
        ["participantId"] = "The id of the roster's entry.",
        ["secretId"] = "The secret's id.",
        ["identifierId"] = "The id of the outside id's entry.",
        ["loginId"] = "The id of the link between person and login.",
        ["framework"] = "The framework's id or its code: ct-2015.",
        ["code"] = "The code of the instrument, toolkit, template or form: plsr, ct-foundations.",
        ["token"] = "The secret of the calendar, as its address has it.",
        ["from"] = "The id or the code of the framework whose standards make the rows: ct-2015.",
        ["to"] = "The id or the code of the framework in which they have their matches: lf-2022.",
        ["label"] = "The version's label: 1.0.",
        ["itemCode"] = "The item's code: VIS.1.",
        ["toolCode"] = "The tool's code: 1.4.",
        ["field"] = "The field's key: keyIdeas/LCO; its slash may be sent as it is or as %2F.",
        ["personId"] = "The person's id.",
        ["annotationId"] = "The mark's id.",
        ["checkInId"] = "The check-in's id.",
        ["memberId"] = "The id of the member's term.",
        ["meetingId"] = "The meeting's id.",
        ["kind"] = "The kind of team: pdec.",
        ["constituency"] = "The code of the constituency: bargainingUnit.",
        ["number"] = "Which revision or version: 1 for the first.",
        ["commentId"] = "The comment's id.",
        ["partId"] = "The id of the plan's part.",
        ["version"] = "The plan's version that the change made.",
        ["groupKey"] = "The group that filled the poster or voted on paper.",
        ["priorityId"] = "The priority's id.",
        ["revision"] = "Which result: 1 for the first close, +1 for each further one.",
        ["system"] = "Who gave the outside id: nces, state, sis.",
        ["value"] = "The outside id; leading zeros matter.",
    };

    private static void DescribePath(OpenApiOperation operation)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>().Where(p => p.In is ParameterLocation.Path) ?? [])
            parameter.Description ??= PathParameters.GetValueOrDefault(parameter.Name!);
    }

    private static void AddHeaders(OpenApiOperation operation, OperationFilterContext context)
    {
        operation.Parameters ??= [];
        if (Concurrency.TakesIfMatch(context.MethodInfo, out var isRequired))
            operation.Parameters.Add(Header("If-Match", "The ETag that you last read, or * to overwrite whatever there is.", "\"3\"", isRequired));
        if (IdempotencyStore.IsTakenBy(context.ApiDescription.HttpMethod!, context.ApiDescription.ActionDescriptor.EndpointMetadata, operation.Security is { Count: 0 }))
        {
            operation.Parameters.Add(Header(IdempotencyStore.Header,
                "Up to 255 characters of your choice: the same request under the same key has one effect and one answer for 24 hours.",
                "0b6a1c3e-import-2026-10-31", required: false));
        }

        foreach (var (status, answer) in operation.Responses ?? [])
        {
            if (!status.StartsWith('2') || answer is not OpenApiResponse response)
                continue;
            response.Headers ??= new Dictionary<string, IOpenApiHeader>();
            foreach (var own in context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<AnswerHeader>())
                response.Headers[own.Name] = new OpenApiHeader { Description = own.Description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
            if (status is "201" or "202")
                response.Headers["Location"] = new OpenApiHeader { Description = "Where the new resource is.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
            if (context.ApiDescription.SupportedResponseTypes.Any(t => $"{t.StatusCode}" == status && (typeof(Domain.IVersioned).IsAssignableFrom(t.Type) || typeof(IEntityTagged).IsAssignableFrom(t.Type))))
                response.Headers["ETag"] = new OpenApiHeader { Description = "The present state, for If-Match and If-None-Match.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        }
    }

    private static OpenApiParameter Header(string name, string description, string example, bool required) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Required = required,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = JsonValue.Create(example),
    };
}
