using System.Globalization;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ToolkitRuns.Worksheets;

/// <summary>What a field said from one version of the worksheet on.</summary>
/// <param name="Version">The version.</param>
/// <param name="Field">The field's key.</param>
/// <param name="Text">The answer; null when it was emptied.</param>
/// <param name="ChangedBy">Who wrote it; null for a machine.</param>
/// <param name="ChangedAt">When.</param>
internal sealed record WorksheetChangeResponse(long Version, string Field, string? Text, TeamPerson? ChangedBy, DateTimeOffset ChangedAt)
{
    internal static readonly WorksheetChangeResponse Sample = new(2, "keyIdeas/LCO", "Continuous growth, shared responsibility.", TeamPerson.Sample, ToolkitRunResponse.SampleTime);
}

internal sealed class HistoryRequest : PageRequest
{
    /// <summary>Only of the field with this key.</summary>
    public string? Field { get; init; }
}

internal sealed class HistoryRequestValidator : PageRequestValidator<HistoryRequest>
{
    public HistoryRequestValidator()
    {
        RuleFor(request => request.Field).MaximumLength(100);
        RuleFor(request => request.Cursor)
            .Must(cursor => cursor is null || (Cursor.TryDecode(cursor, out var keys) && keys is [var version, _] && long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
            .WithErrorCode("cursor.unknown").WithMessage("This is not a cursor of this list; take nextCursor of the page before.");
    }
}

/// <summary>Every value that the fields of a worksheet ever had, the newest first.</summary>
internal sealed class ChangeHistory(PLServiceDbContext db, WorksheetDesk desk)
{
    public async Task<Page<WorksheetChangeResponse>> ReadAsync(Sheet sheet, HistoryRequest request, CancellationToken ct)
    {
        var found = db.WorksheetChanges.Where(c => desk.Stored(sheet).Any(w => w.Id == c.WorksheetId));
        if (request.Field is { } field)
            found = found.Where(c => c.Field == field);
        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.TryDecode(request.Cursor, out var keys))
        {
            var (version, last) = (long.Parse(keys[0], CultureInfo.InvariantCulture), keys[1]);
            found = found.Where(c => EF.Functions.LessThan(ValueTuple.Create(c.Version, c.Field), ValueTuple.Create(version, last)));
        }

        var rows = await found.OrderByDescending(c => c.Version).ThenByDescending(c => c.Field).Take(request.Take + 1)
            .Select(c => new { c.Version, c.Field, c.Text, c.PersonId, c.At }).ToListAsync(ct);
        var names = await db.NamesOfAsync(rows.Select(row => row.PersonId), ct);
        return Page.Of(
            rows.ConvertAll(row => new WorksheetChangeResponse(row.Version, row.Field, row.Text, TeamPerson.Of(row.PersonId, names), row.At)),
            request.Take, row => [row.Version.ToString(CultureInfo.InvariantCulture), row.Field], count);
    }
}
