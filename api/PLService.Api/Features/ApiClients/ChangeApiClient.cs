using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ApiClients;

/// <summary>
/// Changes name and scopes. Scopes that are new to the client must be your own. Tokens that are out already keep their scopes until they
/// expire, 15 minutes at most; revoke the client when that is too long. Its organization is fixed: make another client for another one.
/// </summary>
internal static class ChangeApiClient
{
    /// <param name="Name">What people call it, 120 characters at most.</param>
    /// <param name="Scopes">What it may do; <c>GET /v1</c> lists what there is.</param>
    public sealed record Request(string Name, IReadOnlyList<string> Scopes);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Name).NotEmpty().MaximumLength(ApiClient.NameMaxLength);
            RuleFor(request => request.Scopes).KnownScopes();
        }
    }

    public static void Map(RouteGroupBuilder clients) =>
        clients.MapPut("/{id:guid}", Handle)
            .UseCase(nameof(ChangeApiClient), "Change an API client")
            .RequireScope(Scopes.ClientsWrite)
            .Validate<Request>()
            .Refuses(ApiClientErrors.BeyondYourReach, ApiClientErrors.Revoked)
            .Example(new Request(ApiClientResponse.Sample.Name, ApiClientResponse.Sample.Scopes), ApiClientResponse.Sample with { Version = 2 });

    private static async Task<Results<Ok<ApiClientResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, IfMatch ifMatch, PLServiceDbContext db, Caller caller, AuditTrail audit, CancellationToken ct)
    {
        if (await db.LockAsync(id, ct) is not { } client)
            return Problems.NotFound("api_client");
        if (ifMatch.Refuses(client.Version) is { } stale)
            return stale;
        if (!caller.HasAll(request.Scopes.Except(client.Scopes)))
            return ApiClientErrors.BeyondYourReach.ToConflict();
        if (client.Change(request.Name, [.. request.Scopes.Distinct().Order(StringComparer.Ordinal)]) is { } refused)
            return refused.ToConflict();

        if (db.ChangeTracker.HasChanges())
            audit.Record("apiClient.changed", id, client.OrganizationId, new { client.Name, client.Scopes });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await ApiClientResponse.ReadAsync(db, id, ct));
    }
}
