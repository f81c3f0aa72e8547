using System.IO.Compression;
using PLService.Api.Features.Imports.Reading.Payload;

namespace PLService.Api.Features.Imports.Reading.Rosters;

/// <summary>The files of a zip, each read as a stream within limits that do not trust what the zip says of itself.</summary>
internal sealed class RosterArchive : IDisposable
{
    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private long _unpacked;

    private RosterArchive(ZipArchive zip) => _zip = zip;

    public IEnumerable<string> Names => _entries.Keys;

    /// <exception cref="ImportFileException">It is no zip, or not one of plain files.</exception>
    public static RosterArchive Open(Stream zip)
    {
        RosterArchive? archive = null;
        try
        {
            archive = new(new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true));
            archive.List();
            return archive;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            archive?.Dispose();
            throw Bad("This is not a zip, or it is damaged or breaks off. Send the zip as the roster system wrote it.", e);
        }
        catch
        {
            archive?.Dispose();
            throw;
        }
    }

    public bool Has(string name) => _entries.ContainsKey(name);

    /// <summary>The bytes of a file that is there.</summary>
    public Stream Read(string name)
    {
        try
        {
            return new Bounded(this, _entries[name]);
        }
        catch (InvalidDataException e)
        {
            throw Damaged(name, e);
        }
    }

    public void Dispose() => _zip.Dispose();

    private void List()
    {
        foreach (var entry in _zip.Entries)
        {
            if (_entries.Count == RosterLimits.Entries)
                throw Bad($"The zip holds more than {RosterLimits.Entries} files, which no roster does.");
            if (entry.FullName.Length == 0 || entry.FullName.AsSpan().IndexOfAny('/', '\\', ':') >= 0)
                throw Bad("The files of a roster stand in the zip itself, not in a folder. Zip the files, not the folder that holds them.", value: entry.FullName);
            if (entry.IsEncrypted)
                throw Bad("The zip is locked with a password. Send it without one.", value: entry.FullName);
            if (!_entries.TryAdd(entry.FullName, entry))
                throw Bad("The zip holds the same file twice.", value: entry.FullName);
        }
    }

    private static ImportFileException Bad(string detail, Exception? inner = null, string? value = null) =>
        new(RosterFaults.BadZip, detail, value: value is null ? null : ImportIssue.Cut(value), inner: inner);

    private static ImportFileException Damaged(string name, Exception? inner = null) =>
        Bad($"{name} is damaged within the zip. Make the zip again.", inner, name);

    // What comes out is counted, for the lengths that a zip declares may be wrong on purpose.
    private sealed class Bounded(RosterArchive archive, ZipArchiveEntry entry) : PayloadStage
    {
        private readonly Stream _content = entry.Open();
        private long _produced;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read;
            try
            {
                read = await _content.ReadAsync(buffer, cancellationToken);
            }
            catch (InvalidDataException e)
            {
                throw Damaged(entry.FullName, e);
            }

            _produced += read;
            archive._unpacked += read;
            if (_produced > RosterLimits.EntryBytes || archive._unpacked > RosterLimits.UnpackedBytes)
                throw new ImportFileException(ImportCodes.TooLarge, $"{entry.FullName} is larger than a roster may be once it is unpacked.");
            if (_produced > ImportLimits.RatioGraceBytes && _produced > entry.CompressedLength * ImportLimits.CompressionRatio)
                throw new ImportFileException(ImportCodes.TooLarge, $"{entry.FullName} grows more than {ImportLimits.CompressionRatio} times when it is unpacked, which no roster does.");
            if (read == 0 && buffer.Length > 0 && _produced != entry.Length)
                throw Damaged(entry.FullName);
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _content.Dispose();
            base.Dispose(disposing);
        }
    }
}
