using System.Text.Json;
using System.Text.Json.Serialization;

namespace PLService.Cli.Profiles;

/// <summary><c>~/.config/plservice/config.json</c>: it holds secrets, so its owner alone may read it.</summary>
internal static class ProfileStore
{
    public const string DefaultName = "default";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly TimeSpan LockLimit = TimeSpan.FromMinutes(1);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Where the file is: below XDG_CONFIG_HOME when that is set, in %APPDATA% on Windows.</summary>
    public static string Path { get; } = System.IO.Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "plservice", "config.json");

    /// <exception cref="UserErrorException">The file is not ours, or others can read it.</exception>
    public static Configuration Read()
    {
        if (!File.Exists(Path))
            return new(null, []);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(Path) & ~OwnerOnly) != 0)
            throw new UserErrorException($"Others can read {Path}, which holds secrets. Run: chmod 600 {Path}");

        try
        {
            return JsonSerializer.Deserialize<Configuration>(File.ReadAllText(Path), Json) is { Profiles: not null } read
                ? read
                : throw new JsonException("It is empty.");
        }
        catch (JsonException unreadable)
        {
            throw new UserErrorException($"{Path} cannot be understood: {unreadable.Message} Mend it, or delete it and sign in again.");
        }
    }

    /// <summary>For changes that depend on what was read: other runs of this program wait until it is disposed.</summary>
    public static async Task<IDisposable> LockAsync(CancellationToken ct)
    {
        MakeFolder();
        for (var until = DateTimeOffset.UtcNow + LockLimit; ; await Task.Delay(50, ct))
        {
            try
            {
                return new FileStream(Path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (Exception taken) when (taken is IOException or UnauthorizedAccessException && DateTimeOffset.UtcNow < until)
            {
                // Somebody else is at it.
            }
        }
    }

    /// <summary>Replaces the file in one step: whoever reads it meanwhile finds the old one whole or the new one whole.</summary>
    public static void Write(Configuration configuration)
    {
        MakeFolder();
        var next = $"{Path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var file = new FileStream(next, options))
            JsonSerializer.Serialize(file, configuration, Json);
        File.Move(next, Path, overwrite: true);
    }

    private static void MakeFolder()
    {
        var folder = System.IO.Path.GetDirectoryName(Path)!;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
    }
}
