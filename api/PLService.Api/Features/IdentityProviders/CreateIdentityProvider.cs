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
/// Trusts an OpenID Connect provider: from now on its access tokens for the audience are accepted, of people whom they are linked to. It is
/// looked at first (metadata, keys, algorithms, what the client ids need) and only saved when all of it is in order. Its addresses have to be
/// https and lie in the public internet, or in a network that the service's settings allow.
/// </summary>
internal static class CreateIdentityProvider
{
    public sealed record Request : ProviderRequest
    {
        /// <summary>The <c>iss</c> of its tokens, an https address, exactly as its metadata write it. It cannot be changed later.</summary>
        public required string Issuer { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator(ProviderHttp http)
        {
            Include(new ProviderRequestValidator());
            RuleFor(request => request.Issuer).Issuer(http);
        }
    }

    public static void Map(RouteGroupBuilder providers) =>
        providers.MapPost("/", Handle)
            .UseCase(nameof(CreateIdentityProvider), "Trust an identity provider")
            .RequireScope(Scopes.TenantWrite)
            .RequireWholeTenant()
            .Validate<Request>()
            // A connection of the database need not wait for somebody else's server.
            .Transaction(TransactionKind.OwnUnlessRepeatable)
            .Refuses([IdentityProviderErrors.Taken, IdentityProviderErrors.TooMany, .. Checking.Faults])
            .Example(
                new Request
                {
                    Issuer = IdentityProviderResponse.Sample.Issuer,
                    Name = ProviderRequest.Sample.Name,
                    Audience = ProviderRequest.Sample.Audience,
                    BrowserClientId = ProviderRequest.Sample.BrowserClientId,
                    DeviceClientId = ProviderRequest.Sample.DeviceClientId,
                    LinkByEmail = true,
                    EmailDomains = ProviderRequest.Sample.EmailDomains,
                },
                IdentityProviderResponse.Sample);

    private static async Task<Results<Created<IdentityProviderResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, ProviderCheck check, TrustedIssuers issuers, PLServiceDbContext db, AuditTrail audit, TimeProvider clock, HttpResponse response, CancellationToken ct)
    {
        if (await db.IdentityProviders.CountAsync(ct) >= IdentityProvider.MaxPerTenant)
            return IdentityProviderErrors.TooMany.ToConflict();
        var settings = request.ToSettings();
        if (await check.RunAsync(request.Issuer, settings, ct) is not { } finding)
            return Checking.Busy(response);
        if (finding.Fault is { } fault)
            return fault.ToConflict();

        var provider = IdentityProvider.Create(request.Issuer, settings);
        provider.Passed(clock.GetUtcNow(), finding.Offers);
        db.Add(provider);
        audit.Record("identityProvider.created", provider.Id, null, new { provider.Issuer, provider.Audience, provider.LinkByEmail, provider.EmailDomains, provider.CreatePeople });
        if (await db.TrySaveAsync(IdentityProviderErrors.Taken, ct) is { } taken)
            return taken.ToConflict();
        issuers.ForgetWhenDone(response);
        return TypedResults.Created($"/v1/identity-providers/{provider.Id}", IdentityProviderResponse.Of(provider));
    }
}
