using PLService.Api.Access;
using PLService.Api.Access.Providers;
using PLService.Api.Features;
using PLService.Api.Features.Operations;
using PLService.Api.Http;
using PLService.Api.Http.Contract;
using PLService.Api.Mailing;
using PLService.Api.Persistence;

namespace PLService.Api.Commands;

/// <summary>Serves the API until it is told to stop.</summary>
public static class Serve
{
    public static async Task<int> RunAsync(string[] args)
    {
        await using var app = Build(args);
        await app.RunAsync();
        return 0;
    }

    /// <summary>The application, ready to run: services, pipeline, features.</summary>
    /// <param name="args">Settings of the command line.</param>
    /// <param name="clock">What time it is; the machine's unless given.</param>
    public static WebApplication Build(string[] args, TimeProvider? clock = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        Settings.Check(builder.Configuration);

        builder.AddTelemetry();
        builder.AddHttp(clock);
        builder.Services.AddContract();
        builder.Services.AddPersistence(builder.Configuration);
        builder.Services.AddAccess(builder.Configuration);
        builder.Services.AddMailing(builder.Configuration);
        builder.Services.AddFeatures();

        var app = builder.Build();
        // A wrong key directory or network is told at the start, not with the first token.
        app.Services.GetRequiredService<SigningKeys>();
        app.Services.GetRequiredService<ProviderHttp>();
        app.Services.GetRequiredService<ParticipationKey>();
        app.UseDocumentation();
        app.UseHttp();
        app.MapFeatures();
        return app;
    }
}
