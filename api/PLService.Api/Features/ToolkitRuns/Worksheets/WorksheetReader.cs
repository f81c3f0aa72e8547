using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ToolkitRuns.Worksheets;

/// <summary>Makes what is answered of worksheets.</summary>
internal sealed class WorksheetReader(PLServiceDbContext db, WorksheetDesk desk)
{
    public async Task<WorksheetResponse> ReadAsync(Sheet sheet, CancellationToken ct) =>
        (await ReadAsync(sheet, await desk.Stored(sheet).AsNoTracking().ToListAsync(ct) is [var stored] ? [stored] : [Worksheet.Create(Guid.Empty, sheet.Run.Id, sheet.Tool.Code, sheet.PersonId)], ct))[0];

    /// <summary>Several worksheets of one tool, with the same few queries as one. A row without an id stands for one in which there is nothing yet.</summary>
    public async Task<List<WorksheetResponse>> ReadAsync(Sheet sheet, IReadOnlyList<Worksheet> stored, CancellationToken ct)
    {
        var ids = stored.Select(worksheet => worksheet.Id).ToArray();
        var values = (await db.WorksheetValues.AsNoTracking().Where(v => ids.Contains(v.WorksheetId)).ToListAsync(ct)).ToLookup(value => value.WorksheetId);
        // Without their bytes.
        var images = (await db.WorksheetImages.Where(i => ids.Contains(i.WorksheetId))
            .Select(i => new { i.WorksheetId, i.Field, i.MediaType, Size = i.Bytes.Length, i.Sha256, i.AlternativeText, i.PersonId, i.At }).ToListAsync(ct)).ToLookup(image => image.WorksheetId);
        var gathered = values.SelectMany(of => of).ToDictionary(value => (value.WorksheetId, value.Field), value => Contribution.Read(value.GatheredFrom));
        var names = await db.NamesOfAsync(
            [
                .. stored.Select(worksheet => worksheet.PersonId),
                .. values.SelectMany(of => of).Select(value => value.PersonId),
                .. images.SelectMany(of => of).Select(image => image.PersonId),
                .. gathered.Values.SelectMany(of => of).Select(contribution => (Guid?)contribution.PersonId),
            ],
            ct);

        return [.. stored.Select(worksheet =>
        {
            var answers = values[worksheet.Id].ToDictionary(value => value.Field);
            var pictures = images[worksheet.Id].ToDictionary(image => image.Field);
            var texts = new FieldValues();
            foreach (var field in sheet.Fields)
            {
                if (answers.GetValueOrDefault(field.Key)?.Text is { } text)
                    texts[field.Key] = text;
            }

            var fields = sheet.Fields.Select(field =>
            {
                var answer = answers.GetValueOrDefault(field.Key);
                return new WorksheetFieldResponse(
                    field.Key, field.Prompt, field.Answer, field.Collects, field.Standard, answer?.Version ?? 0, TeamPerson.Of(answer?.PersonId, names), answer?.At,
                    [.. (answer is null ? [] : gathered[(worksheet.Id, field.Key)]).Where(c => names.ContainsKey(c.PersonId)).Select(c => new GatheredAnswer(c.PersonId, names[c.PersonId], c.At, c.Version))],
                    pictures.GetValueOrDefault(field.Key) is { } image
                        ? new(image.MediaType, image.Size, Convert.ToHexStringLower(image.Sha256), image.AlternativeText, TeamPerson.Of(image.PersonId, names), image.At)
                        : null);
            });
            var isThere = worksheet.Id != Guid.Empty;
            return new WorksheetResponse(
                sheet.Run.Id, sheet.Tool.Code, TeamPerson.Of(worksheet.PersonId, names), worksheet.SharedAt, texts, [.. fields],
                isThere ? worksheet.UpdatedAt : null, isThere ? worksheet.Version : 0);
        })];
    }
}
