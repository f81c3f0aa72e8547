using System.Diagnostics;

namespace PLService.LocalPostgres;

/// <summary>A lock between processes that the kernel releases when its holder dies, however it dies.</summary>
internal static class FileLock
{
    /// <exception cref="LocalPostgresException">Nobody let go within <paramref name="limit"/>.</exception>
    public static async Task<IDisposable> TakeAsync(string path, TimeSpan limit, CancellationToken ct)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(50, ct))
        {
            if (TryTake(path) is { } taken)
                return taken;
            if (clock.Elapsed > limit)
                throw new LocalPostgresException($"Another process has held {path} for {limit.TotalSeconds:0} s; end it and try again.");
        }
    }

    public static IDisposable? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new LocalPostgresException($"{path} belongs to another user; give another data directory or run as that user.", refused);
        }
    }
}
