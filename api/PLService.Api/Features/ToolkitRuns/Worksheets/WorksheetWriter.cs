using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ToolkitRuns.Worksheets;

/// <summary>
/// Changes fields of a worksheet. Each field has a version of its own, so that two who change different fields at once never meet; two who change
/// one field both learn what the other wrote.
/// </summary>
internal sealed class WorksheetWriter(PLServiceDbContext db, WorksheetDesk desk, Caller caller, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Brings the values in, or says why not; nothing of them is stored then.</summary>
    /// <param name="sheet">The worksheet.</param>
    /// <param name="values">Field to text.</param>
    /// <param name="ifMatch">The version that the caller read.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<JsonHttpResult<ApiProblem>?> ChangeAsync(Sheet sheet, FieldValues values, IfMatch ifMatch, CancellationToken ct)
    {
        if (WorksheetDesk.UnknownFields(sheet, values.Keys, "/values") is { Count: > 0 } unknown)
            return Problems.Invalid(unknown);
        var worksheet = await desk.LockAsync(sheet, ct);
        if (BaseOf(ifMatch, worksheet.Version) is not { } seen)
            return ifMatch.Refuses(worksheet.Version);

        var current = await ReadAsync(worksheet, values.Keys, ct);
        var (changed, clashes) = WorksheetMerge.Merge(current, values, ifMatch.Tag is null ? null : seen);
        if (clashes.Count > 0)
            return await ClashAsync(worksheet, clashes.Select(field => (current[field], values[field])), seen, ct);

        await StoreAsync(sheet, worksheet, current, [.. changed.Select(change => (change.Field, change.Text, (IReadOnlyList<Contribution>?)null))], ct);
        return null;
    }

    /// <summary>The fields as they are, of those that were ever answered.</summary>
    public async Task<Dictionary<string, WorksheetValue>> ReadAsync(Worksheet worksheet, IEnumerable<string> fields, CancellationToken ct)
    {
        var keys = fields.ToArray();
        return await db.WorksheetValues.Where(v => v.WorksheetId == worksheet.Id && keys.Contains(v.Field)).ToDictionaryAsync(v => v.Field, ct);
    }

    /// <summary>Stores what the fields say from now on; nothing when there is nothing to store. <c>From</c> null keeps whose answers went in.</summary>
    public async Task StoreAsync(
        Sheet sheet, Worksheet worksheet, IReadOnlyDictionary<string, WorksheetValue> current,
        IReadOnlyList<(string Field, string? Text, IReadOnlyList<Contribution>? From)> changes, CancellationToken ct)
    {
        if (changes.Count == 0)
        {
            // Nothing was ever written, so that there is no worksheet.
            if (worksheet.Version == 0)
            {
                db.Remove(worksheet);
                await db.SaveChangesAsync(ct);
            }

            return;
        }

        var now = clock.GetUtcNow();
        foreach (var (field, text, from) in changes)
        {
            var value = current.GetValueOrDefault(field);
            var change = new WorksheetChange
            {
                WorksheetId = worksheet.Id,
                Version = worksheet.Version + 1,
                Field = field,
                Text = text,
                PersonId = caller.PersonId,
                ApiClientId = caller.ApiClientId,
                At = now,
                GatheredFrom = text is null ? "[]" : from is null ? value?.GatheredFrom ?? "[]" : Contribution.Write(from),
            };
            db.Add(change);
            if (value is null)
            {
                var standard = sheet.FieldOf(field)!.Standard;
                db.Add(value = new WorksheetValue { WorksheetId = worksheet.Id, Field = field, StandardId = standard?.Id, StandardCode = standard?.Code, StandardLabel = standard?.Label });
                Refer(sheet, worksheet, sheet.FieldOf(field)!);
            }

            value.Become(change);
        }

        db.Touch(worksheet);
        audit.Record("worksheet.changed", worksheet.Id, sheet.Run.OrganizationId, new { run = sheet.Run.Id, tool = sheet.Tool.Code, fields = changes.Select(change => change.Field) });
        await db.SaveChangesAsync(ct);
    }

    // The page of a standard shows what teams have written of it; what single people write for themselves it does not.
    private void Refer(Sheet sheet, Worksheet worksheet, WorksheetField field)
    {
        if (field is not { Standard: { } standard, Framework: { } framework } || sheet.PersonId is not null)
            return;
        db.Add(new StandardReference
        {
            FrameworkCode = framework,
            StandardCode = standard.Code,
            ResourceType = "worksheet",
            ResourceId = worksheet.Id,
            Part = field.Key,
            Relation = AssociationTypes.IsRelatedTo,
            Title = sheet.Run.TeamName,
            Address = sheet.Address,
            OrganizationId = sheet.Run.OrganizationId,
        });
    }

    /// <summary>The version that a change is based on; null when it is none that the worksheet ever had.</summary>
    private static long? BaseOf(IfMatch ifMatch, long current) => ifMatch.Tag is not { } tag ? current
        : long.TryParse(tag, NumberStyles.None, CultureInfo.InvariantCulture, out var seen) && seen <= current ? seen : null;

    private async Task<JsonHttpResult<ApiProblem>> ClashAsync(Worksheet worksheet, IEnumerable<(WorksheetValue Theirs, string? Mine)> clashing, long seen, CancellationToken ct)
    {
        var both = clashing.ToList();
        var fields = both.ConvertAll(clash => clash.Theirs.Field);
        var bases = await db.WorksheetChanges.Where(c => c.WorksheetId == worksheet.Id && fields.Contains(c.Field) && c.Version <= seen)
            .GroupBy(c => c.Field).Select(of => of.OrderByDescending(c => c.Version).Select(c => new { c.Field, c.Text }).First()).ToDictionaryAsync(c => c.Field, c => c.Text, ct);
        var names = await db.NamesOfAsync(both.Select(clash => clash.Theirs.PersonId), ct);
        return Problems.Clash(
            "worksheet.fields_changed",
            $"Of what you send, {both.Count} fields were changed by somebody else after version {seen}, which you read. Nothing was stored; each field stands in clashes with both texts.",
            worksheet.Version,
            [.. both.Select(clash => new ApiClash(
                clash.Theirs.Field, seen, bases.GetValueOrDefault(clash.Theirs.Field), clash.Theirs.Text, clash.Theirs.Version, string.IsNullOrEmpty(clash.Mine) ? null : clash.Mine,
                clash.Theirs.PersonId, TeamPerson.Of(clash.Theirs.PersonId, names)?.Name, clash.Theirs.At))]);
    }
}
