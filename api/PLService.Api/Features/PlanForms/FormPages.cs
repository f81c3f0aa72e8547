using System.Globalization;
using PLService.Api.Domain.Plans;
using PLService.Api.Http.Pdf;

namespace PLService.Api.Features.PlanForms;

/// <summary>A filled form as pages to print: a heading per section, a table per entry, and what is missing where it is missing.</summary>
internal sealed class FormPages
{
    private const double LabelShare = 0.28;

    private readonly string _language;
    private readonly bool _isSpanish;
    private readonly ChartWords _words;

    private FormPages(string language) => (_language, _isSpanish, _words) = (language, language == "es", ChartWords.In(language));

    public static PdfReport Of(FilledPlanForm form, string language, PaperSize paper, DateOnly today)
    {
        var (pages, plan) = (new FormPages(language), form.Plan);
        var words = pages._words;
        var title = form.Filled.Title.In(language);
        var facts = new[] { form.Organization, plan.Title, words.Through(plan.StartsOn, plan.EndsOn), pages.Standing(form.Filled.Missing.Count) };
        return new(
            $"{title}: {plan.Title}", form.Organization, language, paper, $"{form.Organization} · {title} · {words.Printed(today)}", words.PageOf, words.GoesOn,
            [
                new PdfText([new(title, PdfStyle.Title), new(string.Join("  ·  ", facts), PdfStyle.Subtitle)]),
                .. pages.Blocks(form.Filled.Sections, "/sections", within: "", [.. form.Filled.Missing.Select(gap => gap.Pointer)]),
            ]);
    }

    // Entries are counted from 1, those within others after these: 2.1.
    private IEnumerable<PdfBlock> Blocks(IReadOnlyList<FilledSection> sections, string place, string within, HashSet<string> missing)
    {
        foreach (var (i, section) in sections.Index())
        {
            var title = section.Title.In(_language);
            var heading = new List<PdfParagraph> { new(within.Length == 0 ? title : $"{within} {title}", PdfStyle.Heading) };
            if (section.Help?.In(_language) is { } help)
                heading.Add(new(help, PdfStyle.Small));
            if (missing.Contains($"{place}/{i}/entries"))
                heading.Add(new(TooFew(section.Entries.Count, section.Minimum), PdfStyle.Strong));
            yield return new PdfText(heading);

            foreach (var (j, entry) in section.Entries.Index())
            {
                var (at, number) = ($"{place}/{i}/entries/{j}", within.Length == 0 ? $"{j + 1}" : $"{within}.{j + 1}");
                yield return new PdfTable(
                    [LabelShare, 1 - LabelShare],
                    [new([new(title, PdfStyle.Head)], PdfTint.Head), new([new(entry.PartId is null ? "" : number, PdfStyle.Head)], PdfTint.Head)],
                    [.. entry.Fields.Index().Select(field => Row(field.Item, missing.Contains($"{at}/fields/{field.Index}")))]);
                foreach (var block in Blocks(entry.Within, $"{at}/within", number, missing))
                    yield return block;
            }
        }
    }

    private List<PdfCell> Row(FilledField field, bool isMissing) =>
    [
        new([new(field.Title.In(_language), PdfStyle.Strong)], PdfTint.Label),
        new([isMissing ? new(_isSpanish ? "Falta" : "Missing", PdfStyle.Strong) : new(Said(field))]),
    ];

    // Days and states as the chart of the plan says them; all else as it was written.
    private string Said(FilledField field) =>
        field.Words is null ? _words.Nothing
        : DateOnly.TryParseExact(field.Words, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? _words.Date(day)
        : field.Field == "status" && Enum.TryParse<StepStatus>(field.Words, ignoreCase: true, out var status) ? _words.Status(status)
        : field.Words;

    private string Standing(int missing) => (missing, _isSpanish) switch
    {
        (0, false) => "Complete",
        (0, true) => "Completo",
        (_, false) => string.Create(CultureInfo.InvariantCulture, $"Missing: {missing}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"Faltan: {missing}"),
    };

    private string TooFew(int found, int minimum) => _isSpanish
        ? string.Create(CultureInfo.InvariantCulture, $"Hay {found} de al menos {minimum}.")
        : string.Create(CultureInfo.InvariantCulture, $"{found} of at least {minimum}.");
}
