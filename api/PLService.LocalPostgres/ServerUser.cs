using System.Globalization;

namespace PLService.LocalPostgres;

/// <summary>Who the server runs as: the invoker, or, because PostgreSQL refuses root, an unprivileged user when root invokes it.</summary>
internal sealed class ServerUser
{
    private const int Nobody = 65534;
    private readonly string[] _prefix;
    private readonly int _uid;
    private readonly int _gid;

    private ServerUser(string[] prefix, int uid, int gid) => (_prefix, _uid, _gid) = (prefix, uid, gid);

    public bool IsInvoker => _prefix.Length == 0;

    /// <summary>For root: the owner of data that is there already (a user's own start before `sudo`), else nobody.</summary>
    public static async Task<ServerUser> ForAsync(string dataDirectory, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
            return new ServerUser([], 0, 0);
        var (uid, gid) = await OwnerAsync(dataDirectory, ct) is { Uid: > 0 } owner ? owner : (Nobody, Nobody);
        var tried = new List<string>();
        foreach (var prefix in Prefixes(uid, gid))
        {
            var trial = await Commands.RunAsync(prefix[0], [.. prefix[1..], "true"], "/", ct);
            if (trial.Succeeded)
                return new ServerUser(prefix, uid, gid);
            tried.Add($"{string.Join(' ', prefix)}: {trial.Text}");
        }
        throw new LocalPostgresException(
            "PostgreSQL refuses to run as root, and no way to an unprivileged user works here. Tried:\n  " + string.Join("\n  ", tried)
            + "\nStart as an ordinary user, or set PLSERVICE_DB to the admin connection string of a PostgreSQL 15 or later.");
    }

    public Task<CommandResult> RunAsync(string file, IReadOnlyList<string> arguments, CancellationToken ct, string? input = null)
    {
        string[] words = [.. _prefix, file, .. arguments];
        return Commands.RunAsync(words[0], words[1..], Root, ct, input, asServer: true);
    }

    /// <summary>True when this user can enter the folder or run the file.</summary>
    public async Task<bool> ReachesAsync(string path, CancellationToken ct) =>
        IsInvoker ? Path.Exists(path) : (await RunAsync("sh", ["-c", "test -x \"$1\"", "sh", path], ct)).Succeeded;

    /// <summary>
    /// Writes a file of mode 0600 that this user owns. Root never writes inside a folder that another user controls:
    /// a link planted there would lead it anywhere.
    /// </summary>
    public async Task WriteAsync(string path, string text, bool append, CancellationToken ct)
    {
        if (IsInvoker)
        {
            var options = new FileStreamOptions { Mode = append ? FileMode.Append : FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await using var writer = new StreamWriter(path, options);
            await writer.WriteAsync(text.AsMemory(), ct);
            return;
        }
        var script = append ? "umask 077; cat >> \"$1\"" : "umask 077; cat > \"$1\"";
        var written = await RunAsync("sh", ["-c", script, "sh", path], ct, text);
        if (!written.Succeeded)
            throw new LocalPostgresException($"{path} could not be written: {written.Text}");
    }

    /// <summary>Makes a folder of mode 0700, or an empty file of mode 0600, that this user owns.</summary>
    public void Make(string path, bool folder)
    {
        if (folder && OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else if (folder)
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        else if (!File.Exists(path))
            File.Create(path).Dispose();
        if (!folder && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        if (!IsInvoker)
            Processes.GiveTo(path, _uid, _gid);
    }

    /// <summary>Null when the path does not exist. A link is answered for itself, not for what it leads to.</summary>
    public static async Task<(int Uid, int Gid)?> OwnerAsync(string path, CancellationToken ct)
    {
        var stat = await Commands.RunAsync("stat", ["-c", "%u %g", "--", path], Root, ct);
        return stat.Succeeded && stat.Output.Trim().Split(' ') is [var uid, var gid]
            ? (int.Parse(uid, CultureInfo.InvariantCulture), int.Parse(gid, CultureInfo.InvariantCulture))
            : null;
    }

    // A folder that every user can enter: a command started in one that its user cannot enter complains or fails.
    private static string Root => OperatingSystem.IsWindows() ? Path.GetTempPath() : "/";

    private static IEnumerable<string[]> Prefixes(int uid, int gid)
    {
        yield return [
            "setpriv", string.Create(CultureInfo.InvariantCulture, $"--reuid={uid}"),
            string.Create(CultureInfo.InvariantCulture, $"--regid={gid}"), "--clear-groups", "--",
        ];
        if (uid == Nobody)
            yield return ["runuser", "-u", "nobody", "--"];
    }
}
