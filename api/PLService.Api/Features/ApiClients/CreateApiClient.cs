using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ApiClients;

/// <summary>
/// Makes an API client with a first secret, which only this answer shows. It can be given no scope and no organization that you do not
/// have yourself; only a token for the whole tenant can make a client for the whole tenant. There is no Idempotency-Key: it would keep the secret.
/// </summary>
internal static class CreateApiClient
{
    /// <param name="Name">What people call it, 120 characters at most.</param>
    /// <param name="Scopes">What it may do; <c>GET /v1</c> lists what there is.</param>
    /// <param name="OrganizationId">The root of what it may reach; none is the whole tenant.</param>
    public sealed record Request(string Name, IReadOnlyList<string> Scopes, Guid? OrganizationId = null);

    /// <param name="Client">The client.</param>
    /// <param name="Secret">Its first secret: store it now, it is never shown again.</param>
    public sealed record Response(ApiClientResponse Client, NewSecret Secret);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Name).NotEmpty().MaximumLength(ApiClient.NameMaxLength);
            RuleFor(request => request.Scopes).KnownScopes();
        }
    }

    public static void Map(RouteGroupBuilder clients) =>
        clients.MapPost("/", Handle)
            .UseCase(nameof(CreateApiClient), "Create an API client")
            .RequireScope(Scopes.ClientsWrite)
            .Validate<Request>()
            .NotRepeatable()
            .Refuses(ApiClientErrors.BeyondYourReach)
            .Example(
                new Request(ApiClientResponse.Sample.Name, ApiClientResponse.Sample.Scopes, ApiClientResponse.Sample.OrganizationId),
                new Response(ApiClientResponse.Sample, NewSecret.Sample));

    private static async Task<Results<Created<Response>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, PLServiceDbContext db, Caller caller, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        if (!caller.HasAll(request.Scopes) || !await caller.CanGiveAsync(db, request.OrganizationId, ct))
            return ApiClientErrors.BeyondYourReach.ToConflict();

        var client = ApiClient.Create(request.Name, [.. request.Scopes.Distinct().Order(StringComparer.Ordinal)], request.OrganizationId);
        db.Add(client);
        var secret = db.AddSecret(client, clock.GetUtcNow());
        audit.Record("apiClient.created", client.Id, client.OrganizationId, new { client.Name, client.Scopes });
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/v1/api-clients/{client.Id}", new Response(await ApiClientResponse.ReadAsync(db, client.Id, ct), secret));
    }
}
