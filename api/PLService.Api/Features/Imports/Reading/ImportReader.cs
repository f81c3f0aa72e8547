using System.Runtime.CompilerServices;
using PLService.Api.Features.Imports.Reading.Columns;
using PLService.Api.Features.Imports.Reading.Payload;
using PLService.Api.Features.Imports.Reading.Records;
using PLService.Api.Features.Imports.Reading.Rosters;
using PLService.Api.Features.Imports.Reading.Rows;

namespace PLService.Api.Features.Imports.Reading;

/// <summary>Reads a bulk file as a stream of checked batches, in memory that does not grow with the file.</summary>
/// <remarks>
/// What is wrong with a record comes along in its batch, and reading goes on. What is wrong with the file ends the reading with an
/// <see cref="ImportFileException"/>: while opening, or later (encoding, damage); the caller then discards what it has received.
/// </remarks>
internal sealed class ImportReader : IAsyncDisposable
{
    private readonly ImportReadOptions _options;
    private readonly RecordSource _source;

    // The current record was read but belongs to what is read next.
    private bool _isAhead;

    private ImportReader(ImportReadOptions options, RecordSource source) => (_options, _source) = (options, source);

    /// <summary>The columns found and what they were taken for. Of an NDJSON file they are known only as records have been read.</summary>
    public IReadOnlyList<Column> Columns => _source.Columns.All;

    /// <summary>The name of the column that tells this, as the file writes it, else as the documentation does.</summary>
    public string NameOf(Field field) => _source.Columns.NameOf(field);

    /// <summary>The name of the column that rates an item: its own in a wide file, else the column of levels.</summary>
    public string NameOf(Question question) => _source.Columns.Cells.Find(c => IsAbout(c, question))?.Header ?? NameOf(Field.Level);

    /// <summary>Bytes of the upload consumed so far.</summary>
    public long BytesRead => _source.BytesRead;

    /// <summary>Recognizes the file and, for CSV, its header.</summary>
    /// <param name="body">The upload; the reader disposes it.</param>
    /// <param name="options">What the sender declared.</param>
    /// <param name="ct">Ends the reading.</param>
    /// <exception cref="ImportFileException">The file as a whole cannot be taken.</exception>
    public static async Task<ImportReader> OpenAsync(Stream body, ImportReadOptions options, CancellationToken ct) =>
        new(options, await OpenSourceAsync(body, options, ct));

    internal static async Task<RecordSource> OpenSourceAsync(Stream body, ImportReadOptions options, CancellationToken ct)
    {
        try
        {
            var payload = await PayloadStream.OpenAsync(body, options.ContentEncoding, ct);
            return options.Format is ImportFormat.Csv
                ? await CsvRecordSource.OpenAsync(payload, options, ct)
                : await NdjsonRecordSource.OpenAsync(payload, options, ct);
        }
        catch
        {
            await body.DisposeAsync();
            throw;
        }
    }

    /// <summary>The ratings of a long or wide file, or the counts of a tally. The caller releases each batch when it has used it.</summary>
    public IAsyncEnumerable<RatingBatch> ReadRatingsAsync(CancellationToken ct) =>
        ReadAsync(new RatingRows(_source, _options), _options.Kind is not (ImportKind.Organizations or ImportKind.People or ImportKind.Memberships or ImportKind.OneRoster or ImportKind.Plans), ct);

    /// <summary>The organizations; of a roster they come first, and its people are read after them.</summary>
    public IAsyncEnumerable<OrganizationBatch> ReadOrganizationsAsync(CancellationToken ct) =>
        ReadAsync(new OrganizationRows(_source, _options), _options.Kind is ImportKind.Organizations or ImportKind.OneRoster, ct);

    public IAsyncEnumerable<PersonBatch> ReadPeopleAsync(CancellationToken ct) =>
        ReadAsync(new PersonRows(_source, _options), _options.Kind is ImportKind.People or ImportKind.OneRoster, ct);

    public IAsyncEnumerable<MembershipBatch> ReadMembershipsAsync(CancellationToken ct) =>
        ReadAsync(new MembershipRows(_source, _options), _options.Kind is ImportKind.Memberships, ct);

    public IAsyncEnumerable<PlanBatch> ReadPlansAsync(CancellationToken ct) =>
        ReadAsync(new PlanRows(_source, _options), _options.Kind is ImportKind.Plans, ct);

    private async IAsyncEnumerable<TBatch> ReadAsync<TBatch>(IRows<TBatch> rows, bool isOfKind, [EnumeratorCancellation] CancellationToken ct)
    {
        if (!isOfKind)
            throw new InvalidOperationException($"A file of the kind {_options.Kind} holds no such rows.");
        var ofOrganizations = rows is OrganizationRows;
        while (_isAhead || await _source.ReadAsync(ct))
        {
            _isAhead = false;
            if (_options.Kind is ImportKind.OneRoster)
            {
                _source.TakeOrigin();
                _isAhead = ofOrganizations && !_source.Cell(Field.RosterFile).SequenceEqual(RosterColumns.OrganizationsFile);
                if (_isAhead)
                    break;
            }

            if (rows.IsFull)
                yield return rows.Complete();
            rows.Take();
        }

        RefuseEmpty();
        if (!rows.IsEmpty)
            yield return rows.Complete();
    }

    private static bool IsAbout(Column column, Question question) =>
        string.Equals(column.Code, question.ItemCode, StringComparison.OrdinalIgnoreCase)
        && string.Equals(column.Axis, question.Axis, StringComparison.OrdinalIgnoreCase);

    private void RefuseEmpty()
    {
        // A roster of what has changed may have nothing to say.
        if (_source.Record == 0 && _options.Kind is not ImportKind.OneRoster)
            throw new ImportFileException(ImportCodes.Empty, "The file has a header but no record. Send at least one.");
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
