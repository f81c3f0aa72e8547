using System.Text.Json.Nodes;
using PLService.Api.Access;

namespace PLService.Api.Features.CaseProvider;

/// <summary>The discovery document: the provider as OpenAPI 3, made of the table of classes.</summary>
internal static class ProviderDiscovery
{
    private const string Schemas = "#/components/schemas/";

    public static IResult Answer(HttpContext context, AccessOptions access) => ObjectAnswer.Json(context, Document(access).ToJsonString(), changedAt: null);

    private static JsonObject Document(AccessOptions access) => new()
    {
        ["openapi"] = "3.0.3",
        ["info"] = new JsonObject
        {
            ["title"] = "PLService: Competencies and Academic Standards Exchange (CASE)",
            ["version"] = "1.1",
            ["description"] = "Read-only provider of 1EdTech CASE 1.1. Without a token the system catalog is provided; with a token that has the scope standards:read, the frameworks of the token's tenant too.",
        },
        ["servers"] = new JsonArray(new JsonObject { ["url"] = access.CaseAddress }),
        ["security"] = new JsonArray(new JsonObject(), new JsonObject { ["oauth2"] = new JsonArray(Scopes.StandardsRead) }),
        ["paths"] = Paths(),
        ["components"] = new JsonObject { ["securitySchemes"] = Security(access), ["schemas"] = ProviderSchemas.All() },
    };

    private static JsonObject Paths()
    {
        var paths = new JsonObject
        {
            ["/CFDocuments"] = Get("getAllCFDocuments", "All documents, page by page.", "CFDocumentSet",
                Query("limit", "How many at most; 100 unless given, 1000 at most."), Query("offset", "How many are passed over."), Query("sort", "Field to sort by."),
                Query("orderBy", "asc or desc."), Query("filter", "field='value' with = != > >= < <= ~, joined by AND or OR."), Query("fields", "Fields to return, separated by commas.")),
        };
        foreach (var (collection, operation, schema) in (ReadOnlySpan<(string, string, string)>)[
            ("CFPackages", "getCFPackage", "CFPackage"), ("CFDocuments", "getCFDocument", "CFDocument"), ("CFItems", "getCFItem", "CFItem"),
            ("CFItemAssociations", "getCFItemAssociations", "CFAssociationSet"), ("CFAssociations", "getCFAssociation", "CFAssociation"),
            ("CFAssociationGroupings", "getCFAssociationGrouping", "CFAssociationGrouping"), ("CFConcepts", "getCFConcept", "CFConceptSet"),
            ("CFItemTypes", "getCFItemType", "CFItemTypeSet"), ("CFLicenses", "getCFLicense", "CFLicense"), ("CFRubrics", "getCFRubric", "CFRubric"),
            ("CFSubjects", "getCFSubject", "CFSubjectSet")])
        {
            paths[$"/{collection}/{{sourcedId}}"] = Get(operation, $"The {schema} with this identifier.", schema, new JsonObject
            {
                ["name"] = "sourcedId",
                ["in"] = "path",
                ["required"] = true,
                ["description"] = "A UUID.",
                ["schema"] = new JsonObject { ["type"] = "string", ["format"] = "uuid" },
            });
        }

        return paths;
    }

    private static JsonObject Get(string operation, string summary, string schema, params JsonObject[] parameters)
    {
        var responses = new JsonObject { ["200"] = Response("The request was successful.", schema) };
        foreach (var (status, description) in (ReadOnlySpan<(int, string)>)[
            (400, "A field, a filter or a page that cannot be had."), (401, "The token is not valid."), (403, "The token lacks the scope."),
            (404, "Unknown Object, or Invalid UUID."), (429, "Too many requests; retry after Retry-After."), (500, "Something unexpected happened.")])
            responses[$"{status}"] = Response(description, "imsx_StatusInfo");
        return new() { ["get"] = new JsonObject { ["operationId"] = operation, ["summary"] = summary, ["parameters"] = new JsonArray([.. parameters]), ["responses"] = responses } };
    }

    private static JsonObject Query(string name, string description) =>
        new() { ["name"] = name, ["in"] = "query", ["description"] = description, ["schema"] = new JsonObject { ["type"] = name is "limit" or "offset" ? "integer" : "string" } };

    private static JsonObject Response(string description, string schema) => new()
    {
        ["description"] = description,
        ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = Reference(schema) } },
    };

    private static JsonObject Security(AccessOptions access) => new()
    {
        ["oauth2"] = new JsonObject
        {
            ["type"] = "oauth2",
            ["flows"] = new JsonObject
            {
                ["clientCredentials"] = new JsonObject
                {
                    ["tokenUrl"] = access.Issuer.TrimEnd('/') + "/oauth/token",
                    ["scopes"] = new JsonObject { [Scopes.StandardsRead] = Scopes.All[Scopes.StandardsRead] },
                },
            },
        },
    };

    internal static JsonObject Reference(string schema) => new() { ["$ref"] = Schemas + schema };
}
