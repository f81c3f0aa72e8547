using System.Security.Cryptography;
using System.Text.Json;

namespace PLService.LocalPostgres;

/// <summary>What a later start must know again; a file of mode 0600 beside the wanted data directory, owned by the invoker.</summary>
/// <remarks>The data directory is where the data really lies; the watchdog is the process id of the last owner's.</remarks>
internal sealed record ServerState(string? DataDirectory, int? Port, string? Password, int? Watchdog)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    private static readonly ServerState Unknown = new(null, null, null, null);

    public static string NewPassword() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    public static async Task<ServerState> LoadAsync(string path, CancellationToken ct)
    {
        try
        {
            return JsonSerializer.Deserialize<ServerState>(await File.ReadAllTextAsync(path, ct)) ?? Unknown;
        }
        catch (FileNotFoundException)
        {
            return Unknown;
        }
        catch (Exception unreadable) when (unreadable is UnauthorizedAccessException or JsonException)
        {
            throw new LocalPostgresException($"{path} cannot be read: {unreadable.Message} "
                + "Run as the user who made it, or give another data directory.", unreadable);
        }
    }

    /// <summary>Replaces the file in one step: a kill in the middle leaves the old one.</summary>
    public async Task SaveAsync(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var file = new FileStream(path + ".new", options))
            await JsonSerializer.SerializeAsync(file, this, Readable, CancellationToken.None);
        File.Move(path + ".new", path, overwrite: true);
    }
}
