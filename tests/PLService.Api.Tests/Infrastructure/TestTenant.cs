using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using PLService.Api.Access;
using PLService.Api.Commands;
using PLService.Api.Persistence;

namespace PLService.Api.Tests.Infrastructure;

/// <summary>A tenant of its own, with clients that hold real tokens.</summary>
public sealed class TestTenant(ApiServer server, Bootstrap.Credentials credentials)
{
    public Guid Id => credentials.TenantId;

    public Bootstrap.Credentials Credentials => credentials;

    /// <summary>A client with every scope that reaches the whole tenant.</summary>
    public HttpClient Everything() => With(null, [.. Scopes.All.Keys]);

    /// <summary>A client with these scopes that reaches the whole tenant.</summary>
    public HttpClient Only(params string[] scopes) => With(null, scopes);

    /// <summary>A client with every scope that reaches this organization and what is below it.</summary>
    public HttpClient Within(Guid organizationId) => With(organizationId, [.. Scopes.All.Keys]);

    /// <summary>A client with a token as the token endpoint issues it for such a client.</summary>
    public HttpClient With(Guid? organizationId, string[] scopes)
    {
        Assert.True(ClientCredentials.TryReadId(credentials.ClientId, out var tenantId, out var clientId));
        var token = server.Services.GetRequiredService<Tokens>().Issue(new CallerIdentity(tenantId, clientId, organizationId, scopes.ToHashSet()));
        var client = server.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Reads what is stored, as the service's own role and within this tenant.</summary>
    public async Task<T> StoredAsync<T>(Func<PLServiceDbContext, Task<T>> read)
    {
        await using var scope = server.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().Become(CallerIdentity.Service(Id));
        return await read(scope.ServiceProvider.GetRequiredService<PLServiceDbContext>());
    }
}
