using PLService.Cli.Profiles;
using PLService.Client;

namespace PLService.Cli.Imports;

/// <summary>The file that is sent, or standard input.</summary>
internal sealed class ImportSource : IDisposable
{
    private const string Zip = "application/zip";

    private readonly string? _path;

    private ImportSource(string? path, Stream stream, string? name, string contentType)
    {
        _path = path;
        Stream = stream;
        Name = name;
        ContentType = contentType;
    }

    public Stream Stream { get; }

    /// <summary>The file's name; null for standard input.</summary>
    public string? Name { get; }

    public string ContentType { get; }

    /// <summary>Bytes in all; null when nobody knows.</summary>
    public long? Length => _path is null ? null : new FileInfo(_path).Length;

    /// <summary>Bytes that were read so far.</summary>
    public long Sent => Stream is CountedFile file ? file.Read : 0;

    /// <exception cref="UserErrorException">There is no such file.</exception>
    public static ImportSource Open(string path, bool isZip)
    {
        if (path == "-")
            return new(null, Console.OpenStandardInput(), null, isZip ? Zip : "text/csv");
        if (!File.Exists(path))
            throw new UserErrorException(Directory.Exists(path) ? $"'{path}' is a folder." : $"There is no file '{path}'.");

        return new(path, new CountedFile(path), Path.GetFileName(path), Path.GetExtension(Plain(path)).ToLowerInvariant() switch
        {
            ".ndjson" or ".jsonl" when !isZip => "application/x-ndjson",
            ".tsv" when !isZip => "text/tab-separated-values",
            _ when isZip => Zip,
            _ => "text/csv",
        });
    }

    /// <summary>Where rejected rows are saved: beside the file, or here by the import's id.</summary>
    public string ErrorFileFor(ImportResponse import) =>
        _path is null ? DefaultErrorFile(import) : Path.ChangeExtension(Plain(_path), ".errors" + Extension(import));

    public static string DefaultErrorFile(ImportResponse import) => $"import-{import.Id}.errors{Extension(import)}";

    public void Dispose() => Stream.Dispose();

    private static string Extension(ImportResponse import) => import.Format == ImportFormat.Ndjson ? ".ndjson" : ".csv";

    private static string Plain(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;

    /// <summary>Counts what is read, for the progress bar.</summary>
    private sealed class CountedFile(string path) : FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan)
    {
        private long _read;

        public new long Read => Interlocked.Read(ref _read);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await base.ReadAsync(buffer, cancellationToken);
            Interlocked.Add(ref _read, count);
            return count;
        }

        public override long Seek(long offset, SeekOrigin origin)
        {
            // Sent again after a lost connection: the bar goes back too.
            var position = base.Seek(offset, origin);
            Interlocked.Exchange(ref _read, position);
            return position;
        }
    }
}
