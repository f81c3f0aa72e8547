using PLService.Api.Tests.Architecture;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Matrix;

/// <summary>Every operation of the contract, called by everybody: who may gets it, and who may not learns and changes nothing.</summary>
public sealed class AccessMatrixTests(World world) : IClassFixture<World>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Operations by the name of their class, so that each is a test of its own; another test says that the contract has the same.</summary>
    public static TheoryData<string> Operations => [.. UseCaseClasses.All().Select(type => type.Name)];

    [Fact]
    public void The_map_has_the_operations_of_the_contract()
    {
        var served = world.Operations().Keys;
        Assert.NotEmpty(served);

        Findings.None(
        [
            .. served.Except(world.Map.All.Keys).Select(id => $"{id} has no mapping: {HowTo}"),
            .. world.Map.All.Keys.Except(served).Select(id => $"{id} is mapped, and the contract has no such operation"),
            .. served.Except(UseCaseClasses.All().Select(type => type.Name)).Select(id => $"{id} is served, and no class of Features has this name"),
        ]);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Everybody_gets_the_right_answer(string id)
    {
        Assert.True(world.Map.All.TryGetValue(id, out var operation), $"{id} has no mapping: {HowTo}");
        var scope = world.Operations()[id];
        world.A.Forget();
        var call = await operation.BuildAsync(world.A);
        var faults = new List<string>();

        // Whose session was ended by an operation before gets another one now.
        foreach (var kind in Enum.GetValues<CallerKind>().Where(kind => kind.IsPerson()))
            world.As(kind, scope).Dispose();
        var before = await world.FingerprintAsync(world.A, Ct);
        foreach (var kind in Enum.GetValues<CallerKind>().Where(kind => operation.For(kind, scope) != Expectation.Success))
            faults.AddRange((await FaultsAsync(operation, kind, call, scope)).Select(fault => $"{kind}: {fault}"));
        Assert.Equal(before, await world.FingerprintAsync(world.A, Ct));

        // The same request, now by one who may: so it was refused for the caller, and for nothing else.
        var allowed = Enum.GetValues<CallerKind>().Where(kind => operation.For(kind, scope) == Expectation.Success).OrderBy(kind => kind is not (CallerKind.Own or CallerKind.LeadOfOwn)).ToList();
        Assert.NotEmpty(allowed);
        foreach (var kind in allowed)
        {
            // What another tenant may create is made of its own words: ours must not show in its answers afterwards.
            if (kind.Standing() is CallerKind.OtherTenant)
                call = await operation.BuildAsync(world.B);
            faults.AddRange((await FaultsAsync(operation, kind, call, scope)).Select(fault => $"{kind}: {fault}"));
            call = await operation.BuildAsync(world.A);
        }

        Findings.None(faults);
    }

    private static string HowTo =>
        "add a line to Map in the file of its feature below tests/PLService.Api.Tests/Matrix/Operations, "
        + "e.g. map.Resource(\"GetThing\", async a => Get($\"/v1/things/{(await a.NewThingAsync()).Id()}\"))";

    private async Task<List<string>> FaultsAsync(Operation operation, CallerKind kind, Call call, string? scope)
    {
        // Without a scope to lack there is nobody who lacks it.
        if (kind is CallerKind.MissingScope && scope is null)
            return [];

        var expected = operation.For(kind, scope);
        var answer = await call.SendAsync(world.As(kind, scope), Ct);
        var faults = new List<string>();
        if (expected.Fault(answer) is { } fault)
            faults.Add(fault);
        faults.AddRange(Forbidden(operation, kind, expected).Where(secret => Shows(answer, call, secret)).Select(secret => $"the answer shows {secret}: {answer.All}"));
        if (operation.IsList && kind is CallerKind.Own && await ShowsNothingAsync(call, scope))
            faults.Add("the answer shows nothing of what was made, so an empty one for others proves nothing");
        return faults;
    }

    // The change feed shows a change once every older transaction has ended, on a busy server a moment later.
    private async Task<bool> ShowsNothingAsync(Call call, string? scope)
    {
        for (var attempt = 0; attempt < 50; attempt++)
        {
            var answer = await call.SendAsync(world.As(CallerKind.Own, scope), Ct);
            if (world.A.Made.Any(id => Shows(answer, null, id)))
                return false;
            await Task.Delay(100, Ct);
        }

        return true;
    }

    private IEnumerable<string> Forbidden(Operation operation, CallerKind kind, Expectation expected)
    {
        if (operation.CarriesItsKey)
            yield break;
        if (!operation.TellsNames)
            yield return kind.Standing() is CallerKind.OtherTenant or CallerKind.Anonymous ? world.A.Canary : world.B.Canary;
        if (kind.Standing() is CallerKind.Anonymous or CallerKind.OtherTenant or CallerKind.Sibling or CallerKind.Child || kind is CallerKind.NobodyAtAll)
            yield return world.A.DistrictCanary;
        if (!expected.IsRefusal && !expected.ShowsNothing)
            yield break;
        foreach (var id in world.A.Made)
            yield return id;
    }

    private static bool Shows(Answer answer, Call? call, string secret) =>
        answer.All.Contains(secret, StringComparison.OrdinalIgnoreCase) && call?.Said.Contains(secret, StringComparison.OrdinalIgnoreCase) is not true;
}
