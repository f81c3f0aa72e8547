using System.IO.Compression;
using System.Text;
using PLService.Api.Features.Imports.Reading;

namespace PLService.Api.Tests.Imports.Reading;

public sealed class BoundedMemoryTests
{
    [Theory]
    [InlineData(false, "")]
    [InlineData(false, Upload.LongHeader + "\n5300001,a-1,p-1,VIS.1,green,,")]
    [InlineData(false, Upload.LongHeader + "\n5300001,a-1,p-1,VIS.1,green,,\"")]
    [InlineData(true, "{\"participantKey\":\"p-1\",\"comment\":\"")]
    public async Task A_line_of_200_MB_is_refused_after_a_few(bool ndjson, string beginning)
    {
        var body = new Endless(Encoding.UTF8.GetBytes(beginning), "x"u8.ToArray(), 200 << 20);

        var outcome = await Upload.Stream(body, ndjson ? Upload.Long.Lines() : Upload.Long);

        Assert.Equal((ImportCodes.LineTooLong, beginning.Contains('\n') ? 2L : 1L),
            (outcome.TheOnlyFileFault.Code, outcome.TheOnlyFileFault.Line));
        Assert.InRange(body.Given, 1, 8 << 20);
    }

    [Fact]
    public async Task A_record_just_over_the_limit_is_refused_wherever_the_buffers_end()
    {
        foreach (var length in new[] { ImportLimits.RecordBytes + 1, ImportLimits.RecordBytes + 90_000, ImportLimits.RecordBytes * 2 - 40 })
        {
            var fault = (await Upload.Text($"{Upload.LongHeader}\n{new string('x', length)}\n"
                + "5300001,a-1,p-1,VIS.1,green,,\n")).TheOnlyFileFault;

            Assert.Equal((ImportCodes.LineTooLong, 2L), (fault.Code, fault.Line));
        }
    }

    [Fact]
    public async Task A_compressed_bomb_is_refused_early()
    {
        var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Upload.LongHeader + "\n"));
            for (var i = 0; i < 400_000; i++)
                gzip.Write("5300001,a-1,p-1,VIS.1,green,,\n"u8);
        }

        var outcome = await Upload.Bytes(bomb.ToArray());

        Assert.Equal(ImportCodes.TooLarge, outcome.TheOnlyFileFault.Code);
        Assert.InRange(outcome.Records, 0, 200_000);
    }

    [Fact]
    public async Task Batches_end_where_a_participant_ends_and_reading_three_times_as_much_allocates_little_more()
    {
        var (small, smallBatches) = await Allocated(200_000);
        var (large, largeBatches) = await Allocated(600_000);

        Assert.InRange(smallBatches, 3, 4);
        Assert.InRange(largeBatches, 9, 10);
        Assert.InRange(large, 0, small + (2 << 20));
    }

    private static async Task<(long Bytes, int Batches)> Allocated(int rows)
    {
        // The stream never waits, so all of the reading happens on this thread and other tests do not count.
        var before = GC.GetAllocatedBytesForCurrentThread();
        var batches = 0;
        await using var reader = await ImportReader.OpenAsync(new Ratings(rows), Upload.Long, TestContext.Current.CancellationToken);
        var last = (Scope: -1, Key: "");
        await foreach (var batch in reader.ReadRatingsAsync(TestContext.Current.CancellationToken))
        {
            batches++;
            Assert.InRange(batch.Count, 1, 70_000);
            var first = (batch.People[0].Scope, Encoding.UTF8.GetString(batch.KeyOf(0)));
            Assert.NotEqual(last, first);
            last = (batch.People[^1].Scope, Encoding.UTF8.GetString(batch.KeyOf(batch.SubjectCount - 1)));
            batch.Release();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before, batches);
    }

    [Fact]
    public async Task A_file_whose_participants_are_scattered_is_cut_into_batches_all_the_same()
    {
        var text = new StringBuilder("assessment_external_id,participant_key,item_code,level\n");
        for (var item = 1; item <= 30; item++)
        {
            for (var person = 0; person < 10_000; person++)
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"a-1,p-{person},VIS.{item},green\n");
        }

        var outcome = await Upload.Text(text.ToString());

        Assert.Empty(outcome.Issues);
        Assert.Equal(300_000, outcome.Cells.Count);
        Assert.InRange(outcome.Batches, 3, 5);
    }

    [Fact]
    public async Task Many_faulty_rows_come_in_portions_and_none_is_lost()
    {
        var text = "assessment_external_id,participant_key,item_code,level\n" + string.Concat(Enumerable.Range(0, 5_000).Select(i =>
            $"a-1,p-{i},,green\n"));

        var outcome = await Upload.Text(text);

        Assert.Equal(Enumerable.Range(2, 5_000).Select(i => (long)i), outcome.Issues.Select(issue => issue.Line));
        Assert.InRange(outcome.Batches, 4, 6);
    }

    [Fact]
    public async Task More_different_levels_than_any_instrument_has_are_refused()
    {
        var text = "assessment_external_id,participant_key,item_code,level\n" + string.Concat(Enumerable.Range(0,
            ImportLimits.Codes + 1).Select(i => $"a-1,p-1,VIS.{i % 100},l{i}\n"));

        Assert.Equal(ImportCodes.TooManyValues, (await Upload.Text(text)).TheOnlyFileFault.Code);
    }

    /// <summary>A beginning and then the same again and again, counting what was asked for.</summary>
    private sealed class Endless(byte[] beginning, byte[] again, long length) : Upload.Trickle([])
    {
        public long Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = (int)Math.Min(buffer.Length, length - Given);
            for (var i = 0; i < count; i++, Given++)
                buffer.Span[i] = Given < beginning.Length ? beginning[Given] : again[(Given - beginning.Length) % again.Length];
            return new(count);
        }
    }

    /// <summary>Ratings of 48 items by 25 participants for one district after the other: one block whose district is written
    /// over.</summary>
    private sealed class Ratings(int rows) : Upload.Trickle([])
    {
        private const string District = "0000000";
        private readonly byte[] _header = Encoding.UTF8.GetBytes(Upload.LongHeader + "\n");
        private readonly byte[][] _block = [.. Enumerable.Range(0, 1_200).Select(i =>
            Encoding.UTF8.GetBytes($"{District},plsr,p-{i / 48},S{i % 48 / 6}.{i % 6},green,2026-09-14T13:05:22Z,\n"))];

        private int _made = -1;
        private int _start;
        private byte[] _row = [];

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = 0;
            while (count < buffer.Length && (_start < _row.Length || Next()))
            {
                var part = Math.Min(buffer.Length - count, _row.Length - _start);
                _row.AsSpan(_start, part).CopyTo(buffer.Span[count..]);
                (_start, count) = (_start + part, count + part);
            }

            return new(count);
        }

        private bool Next()
        {
            if (_made == rows)
                return false;
            _row = _made < 0 ? _header : _block[_made % _block.Length];
            for (var (digit, rest) = (District.Length - 1, _made / _block.Length); _made >= 0 && digit >= 0; digit--, rest /= 10)
                _row[digit] = (byte)('0' + rest % 10);
            (_start, _made) = (0, _made + 1);
            return true;
        }
    }
}
