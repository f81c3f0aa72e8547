using Npgsql;
using PLService.Api.Access;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Imports.Loading;

/// <summary>The stored upload as a stream, a chunk at a time.</summary>
internal sealed class PayloadReader(NpgsqlDataSource source, Caller caller, Guid importId) : Stream
{
    // Not within the import's own transaction: its connection is busy copying.
    private readonly TenantReader _reader = new(source, caller);
    private ReadOnlyMemory<byte> _chunk;
    private int _next;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_chunk.IsEmpty)
            _chunk = await NextAsync(cancellationToken);
        var length = Math.Min(buffer.Length, _chunk.Length);
        _chunk[..length].CopyTo(buffer);
        _chunk = _chunk[length..];
        return length;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("The upload is read asynchronously.");
    public override void Flush() => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private Task<ReadOnlyMemory<byte>> NextAsync(CancellationToken ct) => _reader.ExecuteAsync(
        new NpgsqlBatchCommand("select bytes from pls.import_payload where tenant_id = $1 and import_id = $2 and chunk = $3")
        {
            Parameters = { new() { Value = caller.TenantId }, new() { Value = importId }, new() { Value = _next++ } },
        },
        async (row, token) => await row.ReadAsync(token) ? row.GetFieldValue<byte[]>(0) : ReadOnlyMemory<byte>.Empty,
        ct);
}
