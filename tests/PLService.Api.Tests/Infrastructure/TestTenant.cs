using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PLService.Api.Access;
using PLService.Api.Access.Accounts;
using PLService.Api.Commands;
using PLService.Api.Domain.Accounts;
using PLService.Api.Domain.People;
using PLService.Api.Persistence;

namespace PLService.Api.Tests.Infrastructure;

/// <summary>A tenant of its own, with clients that hold real tokens.</summary>
public sealed class TestTenant(ApiServer server, Bootstrap.Credentials credentials, string slug)
{
    private readonly ConcurrentDictionary<Guid, Guid> _sessions = [];

    public Guid Id => credentials.TenantId;

    public string Slug => slug;

    public Bootstrap.Credentials Credentials => credentials;

    /// <summary>A client without credentials.</summary>
    public HttpClient Anonymous() => server.Anonymous();

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
        var identity = CallerIdentity.Client(tenantId, clientId, organizationId, scopes.ToHashSet());
        return new HeldToken(() => server.Services.GetRequiredService<Tokens>().Issue(identity)).Client(server.Address);
    }

    /// <summary>A new person with these roles, each in an organization or in the whole tenant.</summary>
    public async Task<Person> NewPersonAsync(params (Role Role, Guid? OrganizationId)[] roles)
    {
        var name = "Person " + Guid.NewGuid().ToString("N")[..12];
        var person = Person.Create(new PersonDetails(name, $"{name.Replace(' ', '.')}@example.org", roles is [var only] ? only.OrganizationId : null));
        await StoredAsync(async db =>
        {
            db.Add(person);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            db.AddRange(roles.Select(role => Membership.Create(person.Id, role.Role, role.OrganizationId)));
            return await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        });
        return person;
    }

    /// <summary>A client that is signed in as this person, in one session for as long as that is live.</summary>
    public HttpClient As(Person person)
    {
        // A thread of its own, on which nobody waits for this one.
        var session = Task.Run(() => SessionOfAsync(person)).GetAwaiter().GetResult();
        return new HeldToken(() => server.Services.GetRequiredService<Tokens>().IssuePerson(Id, person.Id, session)).Client(server.Address);
    }

    /// <summary>A further session of this person, with its refresh token.</summary>
    public async Task<(PersonSession Session, string RefreshToken)> OpenSessionAsync(Person person)
    {
        await using var scope = server.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().Become(CallerIdentity.Service(Id));
        var (session, token) = await scope.ServiceProvider.GetRequiredService<PersonSessions>()
            .OpenAsync(person.Id, SessionClient.Cli, "Test", remembered: true, TestContext.Current.CancellationToken);
        await scope.ServiceProvider.GetRequiredService<PLServiceDbContext>().SaveChangesAsync(TestContext.Current.CancellationToken);
        return (session, token.Text);
    }

    private async Task<Guid> SessionOfAsync(Person person)
    {
        if (_sessions.TryGetValue(person.Id, out var known)
            && await StoredAsync(db => db.PersonSessions.AnyAsync(s => s.Id == known && s.RevokedAt == null, TestContext.Current.CancellationToken)))
            return known;
        return _sessions[person.Id] = (await OpenSessionAsync(person)).Session.Id;
    }

    /// <summary>Reads what is stored, as the service's own role and within this tenant.</summary>
    public async Task<T> StoredAsync<T>(Func<PLServiceDbContext, Task<T>> read)
    {
        await using var scope = server.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().Become(CallerIdentity.Service(Id));
        return await read(scope.ServiceProvider.GetRequiredService<PLServiceDbContext>());
    }
}
