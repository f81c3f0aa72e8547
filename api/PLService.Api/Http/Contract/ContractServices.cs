using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace PLService.Api.Http.Contract;

internal static class ContractServices
{
    /// <summary>The contract, as Swashbuckle reads it off the endpoints; <c>make openapi</c> writes it to <c>openapi/v1.json</c>.</summary>
    public static IServiceCollection AddContract(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc("v1", new OpenApiInfo
            {
                Title = "PLService",
                Version = "1.0.0",
                Description = "Professional learning systems: assess readiness against standards, back ratings with evidence, see where the gaps are. "
                    + "Every failure is application/problem+json with a stable `code`.",
            });
            options.CustomSchemaIds(SchemaNames.Of);
            options.SupportNonNullableReferenceTypes();
            options.UseAllOfToExtendReferenceSchemas();
            // Their JSON is a plain value or an object by axis, which no C# type says.
            options.MapType<Domain.Assessments.ItemRating>(ItemSchemas.Rating);
            options.MapType<Domain.Assessments.ItemCounts>(ItemSchemas.Counts);
            options.MapType<CasePackageDocument>(CasePackageDocument.Schema);
            options.MapType<Domain.Toolkits.FieldValues>(ItemSchemas.Values);
            // What another part of the contract describes, such as the content of a plan's part.
            options.MapType<JsonNode>(() => new OpenApiSchema());
            options.MapType<JsonObject>(() => new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = new OpenApiSchema() });
            foreach (var file in Directory.GetFiles(AppContext.BaseDirectory, "plservice.xml"))
                options.IncludeXmlComments(file);
            options.SchemaFilter<RequiredMembers>();
            options.SchemaFilter<PatchMembers>();
            options.ParameterFilter<QueryNames>();
            options.OperationFilter<OperationTexts>();
            options.OperationFilter<OperationFailures>();
            options.DocumentFilter<DocumentFrame>();
            options.AddSecurityDefinition(OperationTexts.SecurityScheme, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.OAuth2,
                Description = "OAuth 2 client credentials; tokens live 15 minutes.",
                Flows = new OpenApiOAuthFlows
                {
                    ClientCredentials = new OpenApiOAuthFlow
                    {
                        TokenUrl = new Uri("/oauth/token", UriKind.Relative),
                        Scopes = Access.Scopes.All.OrderBy(scope => scope.Key, StringComparer.Ordinal).ToDictionary(),
                    },
                },
            });
            options.AddSecurityDefinition(Access.Principals.Person, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "A person's access token: one of the service's own, or one of an identity provider of the tenant to which the person is linked. "
                    + "What the person may do follows from the roles of the moment: the scopes that operations name are those of `GET /v1/me`. "
                    + "An agency admin sees what a role sees with the header `PLService-View-As: facilitator`, or `facilitator@{organizationId}`, on any request that reads.",
            });
            options.AddSecurityDefinition(Access.Principals.Login, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "An access token of an identity provider that the tenant trusts, whether or not a person is linked to it: `GET /v1/sign-in` says where to get one. "
                    + $"Send the tenant's short name in the header `{Access.TokenRefusal.TenantHeader}` with it; where several tenants accept the token it is needed.",
            });
        });
        return services;
    }
}

/// <summary><c>CloseAssessment.Request</c> is <c>CloseAssessmentRequest</c> in the contract and its clients; <c>Page&lt;T&gt;</c> is <c>TPage</c>.</summary>
internal static class SchemaNames
{
    public static string Of(Type type)
    {
        var name = type.IsNested ? type.DeclaringType!.Name + type.Name : type.Name;
        return type.IsGenericType
            ? string.Concat(type.GetGenericArguments().Select(Of)) + name.Split('`')[0]
            : name;
    }
}

/// <summary>Says in the contract what C# already says: a member that cannot be null is required, and no other members are known.</summary>
internal sealed class RequiredMembers : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema { Properties: { Count: > 0 } properties } concrete || context.Type.Assembly != typeof(RequiredMembers).Assembly)
            return;

        concrete.Required = properties
            .Where(property => property.Value.Type?.HasFlag(JsonSchemaType.Null) is not true)
            .Where(property => !HasDefault(context.Type, property.Key))
            .Select(property => property.Key)
            .ToHashSet();
        concrete.AdditionalPropertiesAllowed = false;
    }

    // A constructor parameter with a default may be left out of a request, and so may a member that is not marked as required beside some that are.
    private static bool HasDefault(Type type, string member) => type.GetConstructors()
            .SelectMany(constructor => constructor.GetParameters())
            .Any(parameter => parameter.HasDefaultValue && string.Equals(parameter.Name, member, StringComparison.OrdinalIgnoreCase))
        || (!type.IsAssignableTo(typeof(Domain.IVersioned))
            && type.GetProperties() is var all && Array.Exists(all, IsRequired)
            && Array.Exists(all, property => !IsRequired(property) && string.Equals(property.Name, member, StringComparison.OrdinalIgnoreCase)));

    private static bool IsRequired(PropertyInfo property) => property.IsDefined(typeof(RequiredMemberAttribute));
}

/// <summary>The merge patch of <typeparamref name="T"/> in the contract: each of its members, none of them required, null to remove it.</summary>
internal sealed class Patch<T>;

/// <summary>Gives <see cref="Patch{T}"/> its members.</summary>
internal sealed class PatchMembers : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema patch || !context.Type.IsGenericType || context.Type.GetGenericTypeDefinition() != typeof(Patch<>))
            return;

        var of = context.Type.GetGenericArguments()[0];
        context.SchemaGenerator.GenerateSchema(of, context.SchemaRepository);
        patch.Properties = context.SchemaRepository.Schemas[SchemaNames.Of(of)].Properties!.ToDictionary(member => member.Key, member => Nullable(member.Value));
        patch.AdditionalPropertiesAllowed = false;
    }

    private static IOpenApiSchema Nullable(IOpenApiSchema member)
    {
        if (member.CreateShallowCopy() is not OpenApiSchema copy)
            return member;
        copy.Type = (copy.Type ?? 0) | JsonSchemaType.Null;
        return copy;
    }
}

/// <summary>Names query parameters as <see cref="QueryGuard"/> takes them; without this the contract would show C#'s capitals, which the service refuses.</summary>
internal sealed class QueryNames : IParameterFilter
{
    public void Apply(IOpenApiParameter parameter, ParameterFilterContext context)
    {
        if (parameter is OpenApiParameter { In: ParameterLocation.Query, Name: { } name } query)
            query.Name = JsonNamingPolicy.CamelCase.ConvertName(name);
    }
}

/// <summary>Tags with their meaning, and paths in a stable order.</summary>
internal sealed class DocumentFrame : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var sorted = swaggerDoc.Paths.OrderBy(path => path.Key, StringComparer.Ordinal).ToList();
        swaggerDoc.Paths = new OpenApiPaths();
        foreach (var (path, item) in sorted)
            swaggerDoc.Paths.Add(path, item);
        swaggerDoc.Servers = [new OpenApiServer { Url = "/", Description = "This service" }];
    }
}
