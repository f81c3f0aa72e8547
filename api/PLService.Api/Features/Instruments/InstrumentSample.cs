using PLService.Api.Domain.Instruments;

namespace PLService.Api.Features.Instruments;

/// <summary>A small, sound document: the example that the contract shows.</summary>
internal static class InstrumentSample
{
    public static readonly InstrumentDocument Document = new()
    {
        Code = "district-pulse",
        Version = "1.0",
        Title = Text.En("District pulse"),
        MarksPerParticipant = 1,
        Scales =
        [
            new Scale
            {
                Code = "agreement",
                Title = Text.En("Agreement"),
                Direction = ScaleDirection.BestFirst,
                Levels =
                [
                    new Level { Code = "yes", Label = Text.En("Yes"), Colour = "#128060", Shape = "circle", Score = 1, Favorable = true },
                    new Level { Code = "no", Label = Text.En("Not yet"), Colour = "#D0342C", Shape = "square", Score = 0 },
                ],
            },
        ],
        Axes = [new Axis { Code = "status", Title = Text.En("Where we stand"), Scale = "agreement" }],
        Sections =
        [
            new Section
            {
                Code = "TIME",
                Title = Text.En("Time"),
                Items = [new Item { Code = "TIME.1", Text = Text.En("Our teams have time to learn together every week.") }],
            },
        ],
    };
}
