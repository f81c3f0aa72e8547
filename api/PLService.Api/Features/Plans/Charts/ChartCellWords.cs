using PLService.Api.Domain.Plans;
using PLService.Api.Http.Pdf;

namespace PLService.Api.Features.Plans.Charts;

/// <summary>The cells of a chart in words.</summary>
internal sealed class ChartCellWords(ChartWords words)
{
    public static IReadOnlyList<PdfParagraph> Focus(ChartCells cells) => [.. cells.MajorFocus.Select(focus => new PdfParagraph(focus.Title, PdfStyle.Strong))];

    /// <summary>Steps, each with who sees to it, when it is due and how far it is.</summary>
    public IReadOnlyList<PdfParagraph> Actions(IEnumerable<ChartAction> actions) => Entries(actions, action =>
    [
        action.OwnerName,
        Whole(action is { Status: StepStatus.Done, DoneOn: { } done } ? words.DoneOn(done) : action.DueOn is { } due ? words.Due(due) : null),
        Whole(action is { Status: StepStatus.Done, DoneOn: not null } ? null : words.Status(action.Status)),
        Whole(action.CarriedOver > 0 ? words.Carried(action.CarriedOver) : null),
    ]);

    /// <summary>Steps with the day for which they were first planned.</summary>
    public IReadOnlyList<PdfParagraph> Guess(IEnumerable<ChartAction> actions) =>
    [
        .. actions.SelectMany(action => new PdfParagraph[]
        {
            new(action.Title, Sign: PdfSign.Bullet), new(words.Date(action.FirstDueOn!.Value), PdfStyle.Small) { GoesOn = true },
        }),
    ];

    public static IReadOnlyList<PdfParagraph> Elements(ChartCells cells) => Bullets(cells.Elements.Select(element =>
        element.Label is null ? $"{element.Framework} {element.Code}"
        // A standard without a code is named by its id, which nobody reads.
        : Guid.TryParse(element.Code, out _) ? element.Label : $"{element.Code}: {element.Label}"));

    public static IReadOnlyList<PdfParagraph> Tools(ChartCells cells) => Bullets(cells.ToolsAndMaterials);

    public IReadOnlyList<PdfParagraph> Challenges(ChartChallenges challenges) =>
    [
        .. Headed(words.Benefits, Bullets(challenges.Benefits.Select(benefit => benefit.Text))),
        .. Headed(words.Frustrations, Bullets(challenges.Frustrations.Select(frustration => frustration.Text))),
        .. Headed(words.Obstacles, Obstacles(challenges.Obstacles)),
    ];

    public static IReadOnlyList<PdfParagraph> Obstacles(IEnumerable<ChartObstacle> obstacles) => Bullets(obstacles.Select(obstacle => obstacle.Title));

    public IReadOnlyList<PdfParagraph> Happened(ChartHappened happened) =>
    [
        .. Headed(words.Done, [.. Entries(happened.Done, action => [action.DoneOn is { } done ? words.DoneOn(done) : null]), .. Said(happened.CheckIn?.Done)]),
        .. Headed(words.CarriedOver, [.. happened.CarriedOver.SelectMany(move => new PdfParagraph[]
        {
            new(move.Title, Sign: PdfSign.Onward), new(words.NowDue(move.To), PdfStyle.Small) { GoesOn = true },
        })]),
        .. Headed(words.Dropped, Entries(happened.Dropped, _ => [])),
        .. Headed(words.Benefits, Said(happened.CheckIn?.Benefits)),
        .. Headed(words.Frustrations, Said(happened.CheckIn?.Frustrations)),
        .. Headed(words.Notes, [.. Said(happened.CheckIn?.Notes), .. Said(happened.CheckIn?.EarlyReason is { } reason ? words.Early(reason) : null)]),
    ];

    // Lines end between what is said of a step, not within.
    private static string? Whole(string? said) => said?.Replace(' ', '\u00A0');

    private static IReadOnlyList<PdfParagraph> Headed(string heading, IReadOnlyList<PdfParagraph> below) => below.Count == 0 ? [] : [new(heading, PdfStyle.Strong), .. below];

    private static IReadOnlyList<PdfParagraph> Bullets(IEnumerable<string> texts) => [.. texts.Distinct().Select(text => new PdfParagraph(text, Sign: PdfSign.Bullet))];

    private static IReadOnlyList<PdfParagraph> Said(string? text) => string.IsNullOrWhiteSpace(text) ? [] : [new(text, Sign: PdfSign.Bullet)];

    private static IReadOnlyList<PdfParagraph> Entries(IEnumerable<ChartAction> actions, Func<ChartAction, string?[]> details) =>
    [
        .. actions.SelectMany(action => new[]
        {
            new PdfParagraph(action.Title, Sign: SignOf(action.Status)) { IsStruck = action.Status is StepStatus.Dropped },
            new PdfParagraph(string.Join(" · ", details(action).OfType<string>()), PdfStyle.Small) { GoesOn = true },
        }).Where(paragraph => paragraph.Text.Length > 0),
    ];

    private static PdfSign SignOf(StepStatus status) => status switch
    {
        StepStatus.Done => PdfSign.Done,
        StepStatus.Dropped => PdfSign.Dropped,
        StepStatus.InProgress => PdfSign.Begun,
        _ => PdfSign.Open,
    };
}
