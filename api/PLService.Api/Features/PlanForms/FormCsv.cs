using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.PlanForms;

/// <summary>A filled form as a table: a row per field, in the order of the form; a section that has fewer entries than it needs has a row of its own.</summary>
internal static class FormCsv
{
    public static FileContentHttpResult Of(FillPlanForm.Response filled) => Csv.File(
        $"plan-{filled.PlanId}-{filled.Form}.csv",
        Rows("", "/sections", filled.Sections, filled.Missing.ToLookup(gap => gap.Pointer)),
        [
            ("section", row => row.Section),
            ("entry", row => row.Entry),
            ("part", row => row.PartId),
            ("field", row => row.Field),
            ("title", row => row.Title),
            ("value", row => row.Value),
            ("required", row => row.Required),
            ("missing", row => row.Missing),
        ],
        tag: $"{filled.Tag}-csv");

    private sealed record Row(string Section, string? Entry, string? PartId, string? Field, string Title, string? Value, bool Required, bool Missing);

    // Entries are counted from 1, those within others after these: 2.1.
    private static IEnumerable<Row> Rows(string within, string place, IReadOnlyList<FilledSection> sections, ILookup<string, FormGap> missing)
    {
        foreach (var (i, section) in sections.Index())
        {
            if (missing[$"{place}/{i}/entries"].FirstOrDefault() is { } few)
                yield return new(section.Code, within.Length == 0 ? null : within, null, null, few.Detail, null, true, true);
            foreach (var (j, entry) in section.Entries.Index())
            {
                var (at, number) = ($"{place}/{i}/entries/{j}", within.Length == 0 ? $"{j + 1}" : $"{within}.{j + 1}");
                foreach (var (k, field) in entry.Fields.Index())
                    yield return new(section.Code, number, entry.PartId, field.Field, field.Title.ToString(), field.Words, field.Required, missing[$"{at}/fields/{k}"].Any());
                foreach (var row in Rows(number, $"{at}/within", entry.Within, missing))
                    yield return row;
            }
        }
    }
}
