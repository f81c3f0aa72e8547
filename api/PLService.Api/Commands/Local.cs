using System.Text.Json;
using PLService.Api.Access;
using PLService.Api.Commands.Demo;
using PLService.Api.Mailing;

namespace PLService.Api.Commands;

/// <summary>What <c>make run</c> does once PostgreSQL is there: migrate, make a demo tenant the first time, serve, and say how to call it.</summary>
internal static class Local
{
    private const string DemoTenant = "demo";
    private const string RequestLogLevel = "Serilog__MinimumLevel__Override__PLService.Api.Http.RequestLog";

    public static async Task<int> RunAsync(string[] args)
    {
        var home = Environment.GetEnvironmentVariable("PLSERVICE_LOCAL") ?? Path.GetFullPath(".local");
        var address = Environment.GetEnvironmentVariable("ASPNETCORE_URLS") ?? $"http://127.0.0.1:{FreePort.Near(5080)}";
        var keys = Path.Combine(home, "keys");
        if (!Directory.Exists(keys))
            SigningKeys.Create(keys);
        Environment.SetEnvironmentVariable("ASPNETCORE_URLS", address);
        SetUnlessSet("Access__Issuer", address);
        SetUnlessSet("Access__SigningKeyDirectory", keys);
        // Whoever tries it out may have a provider on the same machine.
        SetUnlessSet("Access__AllowLoopbackProviders", "true");

        var owner = Settings.Owner(Settings.FromEnvironment());
        await Migrate.RunAsync(owner, CancellationToken.None);
        var demo = await DemoCredentialsAsync(owner, Path.Combine(home, "demo-client.json"));

        // The story's hundreds of calls would hide the greeting.
        Environment.SetEnvironmentVariable(RequestLogLevel, "Warning");
        await using var app = Serve.Build(args);
        await app.StartAsync();
        await TellAsync(app, demo, Path.Combine(home, "demo-story.json"));
        Environment.SetEnvironmentVariable(RequestLogLevel, "Information");
        ((IConfigurationRoot)app.Configuration).Reload();

        var people = await SignIns.EnsureAsync(owner, demo.TenantId, Path.Combine(home, "demo-people.json"), CancellationToken.None);
        if (!app.Lifetime.ApplicationStopping.IsCancellationRequested)
            Greet(address, demo, people, app.Services.GetRequiredService<MailOptions>().IsConfigured);
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task TellAsync(WebApplication app, Bootstrap.Credentials demo, string file)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        using var stage = new Stage(Reached(app.Urls.First()), app.Services, demo);
        try
        {
            await (await DemoStory.OpenAsync(demo.TenantId, file)).TellAsync(stage, stopping);
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // Stopped in the middle of it; the next start goes on.
        }
        catch (Exception failure) when (failure is StageException or HttpRequestException)
        {
            // Who came to work with the service can do so without the story; the next start goes on with it.
            await Console.Error.WriteLineAsync($"The demo tenant is not complete: {failure.Message}");
        }
    }

    /// <summary>Where this machine reaches what listens at an address that may say "everywhere".</summary>
    private static Uri Reached(string listening)
    {
        var bound = BindingAddress.Parse(listening);
        return new($"{bound.Scheme}://{(bound.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "127.0.0.1" : bound.Host)}:{bound.Port}");
    }

    private static async Task<Bootstrap.Credentials> DemoCredentialsAsync(string owner, string file)
    {
        if (File.Exists(file))
            return JsonSerializer.Deserialize<Bootstrap.Credentials>(await File.ReadAllTextAsync(file), JsonSerializerOptions.Web)!;

        // A database that outlived the file keeps its tenant; a further one is made beside it.
        var slug = $"{DemoTenant}-{Guid.CreateVersion7().ToString("N")[^8..]}";
        var made = await Bootstrap.RunAsync(owner, slug, "Demo: Example State", "demo", CancellationToken.None);
        await SecretFile.WriteAsync(file, made);
        return made;
    }

    private static void Greet(string address, Bootstrap.Credentials demo, SignIns? people, bool mailIsSent) => Console.WriteLine(
        $"""

         PLService is at      {address}
         Reference            {address}/docs
         Contract             {address}/openapi/v1.json
         Mail                 {(mailIsSent ? "is sent" : "is not sent but shown: 'pls outbox', or GET /v1/mails")}

         A first call, as the demo tenant's client:

           export PLSERVICE_URL={address}
           export PLSERVICE_CLIENT_ID={demo.ClientId}
           export PLSERVICE_CLIENT_SECRET={demo.ClientSecret}
           TOKEN=$(curl -s -u "$PLSERVICE_CLIENT_ID:$PLSERVICE_CLIENT_SECRET" -d grant_type=client_credentials $PLSERVICE_URL/oauth/token | sed 's/.*"access_token":"\([^"]*\).*/\1/')
           curl -s -H "Authorization: Bearer $TOKEN" $PLSERVICE_URL/v1/instruments

         {(people is null ? "" : AsPeople(address, people))}
         Ctrl-C stops everything; the data stays in .local/.

         """);

    private static string AsPeople(string address, SignIns people) =>
        $"""
         And as people of the tenant {people.Tenant}, all with the password {people.Password}:

           {string.Join(Environment.NewLine + "  ", people.Emails.Select(person => $"{person.Key,-16} {person.Value}"))}

           dotnet clients/cli/bin/Release/net10.0/pls.dll login --url {address} --tenant {people.Tenant} --email {people.Emails.Values.First()}

         """;

    private static void SetUnlessSet(string name, string value)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)))
            Environment.SetEnvironmentVariable(name, value);
    }
}
