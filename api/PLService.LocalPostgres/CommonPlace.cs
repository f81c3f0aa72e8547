using System.Security.Cryptography;
using System.Text;

namespace PLService.LocalPostgres;

/// <summary>Folders that all users can enter and only root can change, for a checkout that the server's user cannot reach.</summary>
internal static class CommonPlace
{
    private const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Where a data directory is, or is to be made: as wanted, unless the server's user cannot reach that.</summary>
    public static async Task<string> DataAsync(string wanted, string? known, ServerUser user, Action<string> report, CancellationToken ct)
    {
        if (known is not null && Cluster.MajorOf(known) is not null)
            return known;
        if (user.IsInvoker || await user.ReachesAsync(Path.GetDirectoryName(wanted)!, ct))
            return wanted;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(wanted)))[..16];
        var place = Path.Combine(await FolderAsync($"plservice-{hash}", user, ct), "data");
        report($"{wanted} is closed to the unprivileged user that PostgreSQL runs as; its data lies in {place}.");
        return place;
    }

    /// <summary>Makes or finds the folder. One that somebody else made first is refused: its files would run as the server.</summary>
    public static async Task<string> FolderAsync(string name, ServerUser user, CancellationToken ct)
    {
        foreach (var folder in new[] { "/var/tmp", "/tmp" }.Where(Directory.Exists).Select(f => Path.Combine(f, name)))
        {
            Directory.CreateDirectory(folder);
            if (await ServerUser.OwnerAsync(folder, ct) is not { Uid: 0 })
                continue;
            SetMode(folder, Open);
            if (await user.ReachesAsync(folder, ct))
                return folder;
        }
        throw new LocalPostgresException(
            $"Neither /var/tmp/{name} nor /tmp/{name} is a folder of root that other users can enter. "
            + "Remove what stands in their place, move the checkout to where every user can read it, or start as an ordinary user.");
    }

    /// <summary>Copies a PostgreSQL installation, links included, readable for everyone; what is only for compiling stays behind.</summary>
    public static async Task<string> CopyAsync(string source, string name, ServerUser user, CancellationToken ct)
    {
        var folder = await FolderAsync(name, user, ct);
        var target = Path.Combine(folder, "native");
        if (Directory.Exists(target))
            return target;
        var half = $"{target}-{Guid.NewGuid():N}";
        Copy(new DirectoryInfo(source), half);
        try
        {
            Directory.Move(half, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            // Another process was quicker, with the same files.
            Directory.Delete(half, recursive: true);
        }
        return target;
    }

    private static void Copy(DirectoryInfo source, string target)
    {
        Directory.CreateDirectory(target);
        SetMode(target, Open);
        foreach (var entry in source.EnumerateFileSystemInfos().Where(e => e.Extension != ".a"))
        {
            var copy = Path.Combine(target, entry.Name);
            if (entry.LinkTarget is { } link)
                File.CreateSymbolicLink(copy, link);
            else if (entry is DirectoryInfo folder)
                Copy(folder, copy);
            else
                CopyFile((FileInfo)entry, copy);
        }
    }

    private static void CopyFile(FileInfo source, string target)
    {
        source.CopyTo(target);
        SetMode(target, (source.UnixFileMode & AnyExecute) != 0 ? Open : Open & ~AnyExecute);
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }
}
