namespace PLService.Bench.Workloads;

/// <summary>How soon a process answers <c>/readyz</c>, and what it holds when nothing happens.</summary>
internal sealed class StartUp(Run run)
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    public async Task MeasureAsync(CancellationToken ct)
    {
        for (var round = 0; round < run.Options.Rounds; round++)
        {
            await using var server = await run.StartOursAsync($"start-{round}", ct);
            run.Results.Add("start/ready", server.Child.ReadyAfter.TotalSeconds, "s");
            await Task.Delay(Settle, ct);
            if (server.Child.Memory() is { } memory)
                run.Results.Add("start/idle memory", memory.Now, "MB");
        }
    }
}
