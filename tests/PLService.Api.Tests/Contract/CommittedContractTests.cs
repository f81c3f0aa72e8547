using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Contract;

/// <summary>
/// <c>openapi/v1.json</c> is what clients are generated from. It changes on purpose: <c>make openapi</c> rewrites it
/// (UPDATE_OPENAPI=1), and the difference is reviewed like code.
/// </summary>
public sealed class CommittedContractTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task The_committed_contract_is_what_the_service_serves()
    {
        var ct = TestContext.Current.CancellationToken;
        var committed = Repository.PathOf("openapi", "v1.json");
        var served = (await api.Anonymous().GetStringAsync("/openapi/v1.json", ct)).ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_OPENAPI") is "1")
            await File.WriteAllTextAsync(committed, served, ct);

        Assert.True(await File.ReadAllTextAsync(committed, ct) == served, "openapi/v1.json is not what the service serves: run 'make openapi' and review the difference.");
    }
}
