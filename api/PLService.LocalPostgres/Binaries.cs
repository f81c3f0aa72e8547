using System.Globalization;
using System.Text.RegularExpressions;

namespace PLService.LocalPostgres;

/// <summary>An installation whose programs were seen to run as the server's user.</summary>
internal sealed record Binaries(string BinDirectory, int Major)
{
    public string Program(string name) => Path.Combine(BinDirectory, name);
}

/// <summary>Finds PostgreSQL's programs: the pinned npm package first, then what the machine has.</summary>
internal static partial class BinariesFinder
{
    public const int OldestMajor = 15;

    /// <summary>Finds programs that run as this user, of the version that made the data when there is some: no other reads it.</summary>
    /// <exception cref="LocalPostgresException">None fits; the message lists each that was tried.</exception>
    public static async Task<Binaries> FindAsync(ServerUser user, int? wantedMajor, Action<string> report, CancellationToken ct)
    {
        var tried = new List<string>();
        if (await NpmBinaries.FolderAsync(user, wantedMajor, report, tried, ct) is { } pinned
            && await TryAsync(Path.Combine(pinned, "bin"), user, wantedMajor, tried, ct) is { } ours)
            return ours;
        foreach (var folder in SystemFolders())
        {
            if (await TryAsync(folder, user, wantedMajor, tried, ct) is not { } found)
                continue;
            report($"PostgreSQL {found.Major} of {folder} is used, because these would not do:\n  {string.Join("\n  ", tried)}");
            return found;
        }
        throw new LocalPostgresException(
            (wantedMajor is null
                ? $"No PostgreSQL {OldestMajor} or later could be found or installed."
                : $"The data was made by PostgreSQL {wantedMajor}, which was not found; remove the data directory or install that version.")
            + " Tried:\n  " + string.Join("\n  ", tried)
            + $"\nInstall Node.js (`npm ci` then fetches it), or PostgreSQL {OldestMajor} or later, "
            + "or set PLSERVICE_DB to the admin connection string of a running one.");
    }

    private static async Task<Binaries?> TryAsync(
        string folder, ServerUser user, int? wantedMajor, List<string> tried, CancellationToken ct)
    {
        var version = await user.RunAsync(Path.Combine(folder, "postgres"), ["--version"], ct);
        if (!version.Succeeded || MajorVersion().Match(version.Output) is not { Success: true } match)
        {
            tried.Add($"{folder}: {version.Text}");
            return null;
        }
        var major = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        if (major >= OldestMajor && (wantedMajor ?? major) == major)
            return new Binaries(folder, major);
        tried.Add($"{folder}: is version {major}, wanted is {(wantedMajor is null ? $"{OldestMajor} or later" : $"{wantedMajor}")}");
        return null;
    }

    // Links are followed, because initdb looks for its share folder beside itself; newest first.
    private static IEnumerable<string> SystemFolders()
    {
        const string debian = "/usr/lib/postgresql";
        var onPath = Commands.Find("postgres") is { } postgres ? Resolve(postgres) : null;
        var installed = Directory.Exists(debian)
            ? Directory.GetDirectories(debian).OrderByDescending(d => int.TryParse(Path.GetFileName(d), out var v) ? v : 0)
                .Select(d => Path.Combine(d, "bin"))
            : [];
        return new[] { onPath }.OfType<string>().Concat(installed)
            .Where(d => Path.Exists(Path.Combine(d, "postgres")) || OperatingSystem.IsWindows()).Distinct();
    }

    private static string Resolve(string program) =>
        Path.GetDirectoryName(File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program)!;

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex MajorVersion();
}
