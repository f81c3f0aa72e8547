using Microsoft.AspNetCore.Builder;
using PLService.Api.Access;
using PLService.Api.Commands;

namespace PLService.Api.Tests.Infrastructure;

/// <summary>The real service over real HTTP on a database of its own: a class fixture.</summary>
public class ApiServer : IAsyncLifetime
{
    private static readonly string Keys = MakeKeys();
    private WebApplication? _app;
    private TestDatabase? _database;

    /// <summary>Settings that a class of tests wants different, as <c>Access:RequestBurst=5</c>.</summary>
    protected virtual string[] Settings => [];

    /// <summary>How the service connects, made of how it usually does.</summary>
    protected virtual string Connection(string app) => app;

    /// <summary>What time it is to the service; the machine's unless a class of tests wants to wait.</summary>
    protected virtual TimeProvider? Clock => null;

    public Uri Address => new(_app!.Urls.Single());

    public IServiceProvider Services => _app!.Services;

    internal TestDatabase Database => _database!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabases.CloneAsync();
        _app = await StartAnotherAsync();
    }

    /// <summary>A further process of the service, as far as memory goes, on the same database.</summary>
    public async Task<WebApplication> StartAnotherAsync()
    {
        var app = Serve.Build([
            "--urls=http://127.0.0.1:0",
            $"--ConnectionStrings:PLService={Connection(Database.App)}",
            "--Access:Issuer=http://plservice.test",
            $"--Access:SigningKeyDirectory={Keys}",
            "--Access:RequestsPerSecond=100000",
            "--Access:RequestBurst=100000",
            "--Access:SignInsPerMinute=100000",
            "--Mail:SweepMinutes=0",
            "--Serilog:MinimumLevel:Default=Error",
            "--Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime=Error",
            .. Settings.Select(setting => "--" + setting),
        ], Clock);
        await app.StartAsync();
        return app;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A client without credentials.</summary>
    public HttpClient Anonymous() => new() { BaseAddress = Address };

    /// <summary>A new tenant whose first client may do everything in it.</summary>
    public async Task<TestTenant> NewTenantAsync()
    {
        var slug = "t" + Guid.NewGuid().ToString("N")[..20];
        var made = await Bootstrap.RunAsync(Database.Owner, slug, $"Tenant {slug}", "first", TestContext.Current.CancellationToken);
        return new TestTenant(this, made, slug);
    }

    private static string MakeKeys()
    {
        var directory = Directory.CreateTempSubdirectory("plservice-keys-").FullName;
        SigningKeys.Create(directory);
        return directory;
    }
}
