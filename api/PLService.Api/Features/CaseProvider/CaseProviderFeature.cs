using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Http;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.CaseProvider;

/// <summary>
/// 1EdTech CASE 1.1, read-only: the twelve endpoints of its REST binding with the addresses, forms and failures that it gives them. They stand in its
/// discovery document and not in the service's contract. Without a token the catalog is read; with one that has <c>standards:read</c>,
/// the tenant's published and retired frameworks too.
/// </summary>
internal static class CaseProviderFeature
{
    public static void MapCaseProvider(this WebApplication app)
    {
        var provider = app.MapGroup(CaseAddresses.BasePath)
            .ExcludeFromDescription()
            .AllowAnonymous()
            .RequireCors(Pipeline.OpenToPages)
            .AddEndpointFilter(ProviderAccess.CheckAsync);
        provider.MapGet("/CFDocuments", DocumentList.AnswerAsync);
        provider.MapGet("/CFPackages/{id}", PackageAnswer.AnswerAsync);
        provider.MapGet("/discovery/imscasev1p1_openapi3_v1p0.json", ProviderDiscovery.Answer);
        // Without this a stranger would be asked for a token at addresses where there is nothing to read with it.
        provider.Map("/{**rest}", (HttpContext context) => HttpMethods.IsGet(context.Request.Method)
            ? CaseStatus.Result(StatusCodes.Status404NotFound, "Unknown Object: there is nothing at this address; the discovery document lists what there is.")
            : CaseStatus.Result(StatusCodes.Status405MethodNotAllowed, "The provider is read-only: every address takes GET."));
        Map(provider, "CFDocuments", (objects, id, ct) => objects.DocumentAsync(id, ct));
        Map(provider, "CFItems", (objects, id, ct) => objects.ItemAsync(id, ct));
        Map(provider, "CFItemAssociations", (objects, id, ct) => objects.ItemAssociationsAsync(id, ct));
        Map(provider, "CFAssociations", (objects, id, ct) => objects.AssociationAsync(id, ct));
        Map(provider, "CFAssociationGroupings", (objects, id, ct) => objects.DefinitionAsync(DefinitionKind.AssociationGrouping, id, ct));
        Map(provider, "CFConcepts", (objects, id, ct) => objects.DefinitionAsync(DefinitionKind.Concept, id, ct));
        Map(provider, "CFItemTypes", (objects, id, ct) => objects.DefinitionAsync(DefinitionKind.ItemType, id, ct));
        Map(provider, "CFLicenses", (objects, id, ct) => objects.DefinitionAsync(DefinitionKind.License, id, ct));
        Map(provider, "CFRubrics", (objects, id, ct) => objects.RubricAsync(id, ct));
        Map(provider, "CFSubjects", (objects, id, ct) => objects.DefinitionAsync(DefinitionKind.Subject, id, ct));
    }

    private static void Map(RouteGroupBuilder provider, string collection, Func<CaseObjects, Guid, CancellationToken, Task<CaseFound?>> find) =>
        provider.MapGet($"/{collection}/{{id}}", (string id, HttpContext context, CaseObjects objects, AccessOptions access, CancellationToken ct) =>
            ObjectAnswer.AnswerAsync(collection, id, context, access, guid => find(objects, guid, ct)));
}
