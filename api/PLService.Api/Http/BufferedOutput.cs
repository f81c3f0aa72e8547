using System.Text;

namespace PLService.Api.Http;

/// <summary>
/// Standard output with a buffer that is written down ten times a second and when the process ends: a process that is killed loses the lines
/// of its last tenth of a second.
/// </summary>
internal static class BufferedOutput
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static Timer? _timer;

    /// <summary>From now on <see cref="Console.Out"/> is buffered; several calls do it once.</summary>
    public static void Install()
    {
        // Somebody at a terminal wants each line at once.
        if (!Console.IsOutputRedirected || Interlocked.CompareExchange(ref _timer, new Timer(_ => Console.Out.Flush()), null) is not null)
            return;
        Console.SetOut(new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), bufferSize: 1 << 16) { AutoFlush = false });
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Console.Out.Flush();
        _timer.Change(Interval, Interval);
    }
}
