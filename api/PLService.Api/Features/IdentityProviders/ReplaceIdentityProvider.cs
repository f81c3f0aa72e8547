using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Access.Providers;
using PLService.Api.Domain.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.IdentityProviders;

/// <summary>
/// Replaces what is said of a provider, its issuer aside: subjects of another issuer are other people, so trust that one beside it. The provider
/// is looked at first, as when it was created. Tokens that do not meet the new rules are refused within 5 seconds.
/// </summary>
internal static class ReplaceIdentityProvider
{
    public sealed record Request : ProviderRequest;

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => Include(new ProviderRequestValidator());
    }

    public static void Map(RouteGroupBuilder providers) =>
        providers.MapPut("/{id:guid}", Handle)
            .UseCase(nameof(ReplaceIdentityProvider), "Replace an identity provider's settings")
            .RequireScope(Scopes.TenantWrite)
            .RequireWholeTenant()
            .Validate<Request>()
            // A connection of the database need not wait for somebody else's server.
            .Transaction(TransactionKind.OwnAlways)
            .Refuses([IdentityProviderErrors.Taken, .. Checking.Faults])
            .Example(
                new Request
                {
                    Name = ProviderRequest.Sample.Name,
                    Audience = ProviderRequest.Sample.Audience,
                    BrowserClientId = ProviderRequest.Sample.BrowserClientId,
                    DeviceClientId = ProviderRequest.Sample.DeviceClientId,
                    LinkByEmail = true,
                    EmailDomains = ProviderRequest.Sample.EmailDomains,
                },
                IdentityProviderResponse.Sample with { Version = 2 });

    private static async Task<Results<Ok<IdentityProviderResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, IfMatch ifMatch, ProviderCheck check, TrustedIssuers issuers, PLServiceDbContext db, AuditTrail audit, TimeProvider clock,
        HttpResponse response, CancellationToken ct)
    {
        if (await db.IdentityProviders.SingleOrDefaultAsync(provider => provider.Id == id, ct) is not { } provider)
            return Problems.NotFound("identity_provider");
        if (ifMatch.Refuses(provider.Version) is { } stale)
            return stale;
        var settings = request.ToSettings();
        if (await check.RunAsync(provider.Issuer, settings, ct) is not { } finding)
            return Checking.Busy(response);
        if (finding.Fault is { } fault)
            return fault.ToConflict();

        provider.Change(settings);
        provider.Passed(clock.GetUtcNow(), finding.Offers);
        audit.Record("identityProvider.changed", id, null, new { provider.Audience, provider.LinkByEmail, provider.EmailDomains, provider.CreatePeople });
        if (await db.TrySaveAsync(IdentityProviderErrors.Taken, ct) is { } taken)
            return taken.ToConflict();
        issuers.ForgetWhenDone(response);
        return TypedResults.Ok(IdentityProviderResponse.Of(provider));
    }
}
