using PLService.Api.Tests.Infrastructure;

namespace PLService.Clients.Tests.TypeScript;

/// <summary>One class, so that generating does not rewrite files while they are compiled.</summary>
public sealed class TypeScriptClientTests(ApiServer api) : IClassFixture<ApiServer>
{
    private static readonly string Folder = Repository.PathOf("clients", "typescript");

    [Fact]
    public async Task Its_own_tests_pass_against_the_running_service()
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
            (await NpmAsync("ci", "--loglevel=error")).Expect(0);

        (await NpmAsync("run", "build")).Expect(0);
        (await NpmAsync("test")).Expect(0);
    }

    private async Task<Ended> NpmAsync(params string[] arguments) =>
        await Programs.RunAsync(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", arguments, api.Environment((await api.NewTenantAsync()).Credentials), Folder);
}
