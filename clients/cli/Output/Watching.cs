using Spectre.Console;

namespace PLService.Cli.Output;

/// <summary>Shows how far something is, while it runs, to people; files and programs get nothing of it.</summary>
internal static class Watching
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for <paramref name="work"/> with a bar from 0 to <paramref name="total"/>, which may not be known.</summary>
    public static async Task<T> WatchAsync<T>(this Screen screen, string title, long? total, Func<long> done, Task<T> work, CancellationToken ct)
    {
        if (!screen.Messages.Profile.Capabilities.Interactive)
            return await work;

        await screen.Messages.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new TransferSpeedColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(title), maxValue: Math.Max(1, total ?? 1));
                bar.IsIndeterminate = total is null;
                while (!work.IsCompleted)
                {
                    bar.Value = done();
                    await Task.WhenAny(work, Task.Delay(Frame, ct));
                }
            });
        return await work;
    }
}
