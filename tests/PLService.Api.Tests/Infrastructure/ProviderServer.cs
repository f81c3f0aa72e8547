using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PLService.Api.Access;
using PLService.Api.Access.Providers;
using PLService.Api.Domain;
using PLService.Api.Domain.People;

namespace PLService.Api.Tests.Infrastructure;

/// <summary>The service beside an identity provider that its tenants can trust: a class fixture.</summary>
public class ProviderServer : ApiServer, IAsyncLifetime
{
    private OidcServer? _oidc;

    internal OidcServer Oidc => _oidc!;

    protected override string[] Settings => ["Access:AllowLoopbackProviders=true"];

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        _oidc = await OidcServer.StartAsync();
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        if (_oidc is not null)
            await _oidc.DisposeAsync();
        await DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A tenant of its own that trusts the provider for an audience of its own.</summary>
    internal async Task<TrustingTenant> NewTrustingTenantAsync(object? settings = null)
    {
        var tenant = await NewTenantAsync();
        var audience = $"https://{Guid.NewGuid():N}.example.org/";
        var provider = await tenant.Everything().CreateAsync("/v1/identity-providers", Merge(new { name = "Sign-in", issuer = Oidc.Issuer, audience }, settings));
        return new(this, tenant, provider, audience);
    }

    private static JsonObject Merge(object settings, object? more)
    {
        var merged = JsonNode.Parse(HttpSteps.ToJson(settings))!.AsObject();
        foreach (var (name, value) in more is null ? [] : JsonNode.Parse(HttpSteps.ToJson(more))!.AsObject())
            merged[name] = value?.DeepClone();
        return merged;
    }
}

/// <summary>A tenant that trusts the provider.</summary>
internal sealed record TrustingTenant(ProviderServer Api, TestTenant Tenant, JsonObject Provider, string Audience)
{
    private static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    public string Address => $"/v1/identity-providers/{Provider.Id()}";

    /// <summary>The claims of a good access token.</summary>
    public JsonObject Claims(string subject = "somebody@example.org") => new()
    {
        ["aud"] = Audience,
        ["sub"] = subject,
        ["iat"] = Now,
        ["exp"] = Now + 300,
        ["scope"] = "openid",
    };

    /// <summary>A token, with changes to the claims of a good one; null takes one away.</summary>
    public Task<string> ForgeAsync(JsonObject? claims = null, object? header = null, object? sign = null, string subject = "somebody@example.org")
    {
        var all = Claims(subject);
        foreach (var (name, value) in claims ?? [])
            all[name] = value?.DeepClone();
        return Api.Oidc.ForgeAsync(all, header, sign);
    }

    /// <summary>Links a subject to a person, as accepting an invitation does.</summary>
    public async Task<DomainError?> LinkAsync(Person person, string subject)
    {
        await using var scope = Api.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().Become(CallerIdentity.Service(Tenant.Id));
        return await scope.ServiceProvider.GetRequiredService<LoginLinks>().LinkAsync(
            new ProviderLogin(Tenant.Id, Provider.Id(), subject, null, false, null, DateTimeOffset.MaxValue), person.Id, "invitation", TestContext.Current.CancellationToken);
    }

    /// <summary>A client that sends this token.</summary>
    public HttpClient With(string token)
    {
        var client = Api.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public async Task<HttpClient> AsAsync(string subject, JsonObject? claims = null) => With(await ForgeAsync(claims, subject: subject));
}
