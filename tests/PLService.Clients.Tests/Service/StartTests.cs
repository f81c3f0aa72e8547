namespace PLService.Clients.Tests.Service;

/// <summary>What those see who set the service up and make a mistake: one line that says what is wrong.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task Settings_that_are_missing_are_named_all_at_once()
    {
        var ended = (await RunAsync("serve", [])).Expect(1);

        foreach (var name in new[] { "ConnectionStrings__PLService", "Access__Issuer", "Access__SigningKeyDirectory" })
            Assert.Contains(name, ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_told_without_a_stack()
    {
        var ended = (await RunAsync("migrate", new() { ["ConnectionStrings__Owner"] = "Host=127.0.0.1;Port=1;Username=x;Password=y;Database=z" })).Expect(1);

        Assert.Contains("127.0.0.1:1", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_that_is_no_command_shows_them_all() =>
        Assert.Contains("plservice migrate", (await RunAsync("sevre", [])).Expect(64).Errors, StringComparison.Ordinal);

    private static Task<Ended> RunAsync(string command, Dictionary<string, string> environment)
    {
        foreach (var name in new[] { "ConnectionStrings__PLService", "ConnectionStrings__Owner", "Access__Issuer", "Access__SigningKeyDirectory" })
            environment.TryAdd(name, "");
        return Programs.RunAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "plservice.dll"), command], environment);
    }
}
