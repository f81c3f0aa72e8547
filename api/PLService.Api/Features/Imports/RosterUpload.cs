using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Features.Imports.Reading;
using PLService.Api.Features.Imports.Reading.Rosters;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Imports;

/// <summary>
/// A zip as it comes, in a file that nobody else can open and that is gone with it: of what it holds only the rows of organizations and staff are stored.
/// </summary>
internal sealed class RosterUpload : IAsyncDisposable
{
    private readonly FileStream _zip;
    private readonly FileStream _rows;

    private RosterUpload()
    {
        _zip = Hidden();
        try
        {
            _rows = Hidden();
        }
        catch
        {
            _zip.Dispose();
            throw;
        }
    }

    public RosterFindings Findings { get; private set; } = new();

    /// <summary>SHA-256 of the upload as it came.</summary>
    public byte[] Sha256 { get; private set; } = [];

    public long Size => _zip.Length;

    /// <summary>What is stored of it.</summary>
    public Stream Rows => _rows;

    /// <summary>Null when it is longer than a roster may be.</summary>
    public static async Task<RosterUpload?> ReceiveAsync(Stream body, PLServiceDbContext db, DateOnly today, CancellationToken ct)
    {
        var upload = new RosterUpload();
        try
        {
            if (await upload.CopyAsync(body, ct))
            {
                await upload.TranslateAsync(db, today, ct);
                return upload;
            }
        }
        catch
        {
            await upload.DisposeAsync();
            throw;
        }

        await upload.DisposeAsync();
        return null;
    }

    private async Task<bool> CopyAsync(Stream body, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        for (int read; (read = await body.ReadAsync(buffer, ct)) > 0;)
        {
            if (_zip.Length + read > RosterLimits.ZipBytes)
                return false;
            hash.AppendData(buffer, 0, read);
            await _zip.WriteAsync(buffer.AsMemory(0, read), ct);
        }

        Sha256 = hash.GetHashAndReset();
        return true;
    }

    private async Task TranslateAsync(PLServiceDbContext db, DateOnly today, CancellationToken ct)
    {
        try
        {
            _zip.Position = 0;
            Findings = await RosterTranslation.RunAsync(
                _zip, _rows, async system => await db.PersonIdentifiers.Where(i => i.System == system && i.ValidTo == null).Select(i => i.Value).ToHashSetAsync(ct), today, ct);
        }
        catch (ImportFileException e)
        {
            // It becomes a failed import whose issues say why, as every file does.
            Findings = RosterFindings.Of(e);
            _rows.SetLength(0);
        }

        await _rows.FlushAsync(ct);
        _rows.Position = 0;
    }

    private static FileStream Hidden()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous };
        if (OperatingSystem.IsWindows())
            return new(path, options);
        options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        options.Share = FileShare.Delete;
        var file = new FileStream(path, options);
        // It has no name from here on: whatever ends this process leaves nothing behind.
        File.Delete(path);
        return file;
    }

    public async ValueTask DisposeAsync()
    {
        await _zip.DisposeAsync();
        await _rows.DisposeAsync();
    }
}
