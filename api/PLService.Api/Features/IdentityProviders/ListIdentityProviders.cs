using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.IdentityProviders;

/// <summary>The tenant's identity providers, the newest first, disabled ones included unless filtered out.</summary>
internal static class ListIdentityProviders
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only providers of this status.</summary>
        public IdentityProviderStatus? Status { get; init; }
    }

    public sealed class Validator() : PageRequestValidator<Request>(keys: 1);

    public static void Map(RouteGroupBuilder providers) =>
        providers.MapQuery("/", Handle)
            .UseCase(nameof(ListIdentityProviders), "List identity providers")
            .RequireScope(Scopes.TenantRead)
            .RequireWholeTenant()
            .Validate<Request>()
            .Example(response: new Page<IdentityProviderResponse>([IdentityProviderResponse.Sample], null, null));

    private static async Task<Ok<Page<IdentityProviderResponse>>> Handle([AsParameters] Request request, PLServiceDbContext db, CancellationToken ct)
    {
        IQueryable<IdentityProvider> found = db.IdentityProviders;
        if (request.Status is { } status)
            found = found.Where(provider => provider.Status == status);

        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.Id(request.Cursor) is { } last)
            found = found.Where(provider => provider.Id < last);
        var page = await found.OrderByDescending(provider => provider.Id).Take(request.Take + 1).Select(IdentityProviderResponse.From).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(page, request.Take, provider => [provider.Id.ToString()], count));
    }
}
