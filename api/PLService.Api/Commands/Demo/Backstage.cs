namespace PLService.Api.Commands.Demo;

/// <summary>Tells the story on a service of its own, at a port that nobody knows: quietly, and who comes afterwards finds the tenant complete.</summary>
internal static class Backstage
{
    /// <summary>Tells what was not told yet.</summary>
    /// <returns>False when somebody stopped it.</returns>
    public static async Task<bool> TellAsync(string[] args, Bootstrap.Credentials demo, string file)
    {
        var story = await DemoStory.OpenAsync(demo.TenantId, file);
        if (story.IsTold)
            return true;

        await using var app = Serve.Build([
            .. args, "--urls=http://127.0.0.1:0", "--Serilog:MinimumLevel:Default=Warning", "--Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime=Warning",
        ]);
        await app.StartAsync();
        using var stage = new Stage(new(app.Urls.Single()), app.Services, demo);
        var stopping = app.Lifetime.ApplicationStopping;
        try
        {
            await story.TellAsync(stage, stopping);
        }
        catch (Exception failure) when (failure is StageException or HttpRequestException && !stopping.IsCancellationRequested)
        {
            // Who came to work with the service can do so without the story; the next start goes on with it.
            await Console.Error.WriteLineAsync($"The demo tenant is not complete: {failure.Message}");
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            return false;
        }

        await app.StopAsync(CancellationToken.None);
        return true;
    }
}
