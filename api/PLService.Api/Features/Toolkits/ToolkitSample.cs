using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Toolkits;

namespace PLService.Api.Features.Toolkits;

/// <summary>A small, sound document: the example that the contract shows.</summary>
internal static class ToolkitSample
{
    public static readonly ToolkitDocument Document = new()
    {
        Code = "book-study",
        Version = "1.0",
        Title = Text.En("Book study"),
        Tools =
        [
            new Tool
            {
                Code = "1",
                Title = Text.En("Before we read"),
                Parts =
                [
                    new ToolPart { Kind = ToolPartKind.Text, Text = Text.En("Write for five minutes, then share.") },
                    new ToolPart
                    {
                        Kind = ToolPartKind.Fields,
                        Fields =
                        [
                            new ToolField { Code = "expect", Prompt = Text.En("What do we expect?"), Answer = AnswerKind.ImageOrText },
                            new ToolField { Code = "next", Prompt = Text.En("What will we try?"), Collects = FieldCollection.NextSteps },
                        ],
                    },
                ],
            },
            new Tool
            {
                Code = "2",
                Title = Text.En("Reading together"),
                Parts =
                [
                    new ToolPart
                    {
                        Kind = ToolPartKind.Reading,
                        Reading = new ToolReading
                        {
                            Title = Text.En("Chapter 1"),
                            Link = "https://books.example.org/chapter-1",
                            Codes =
                            [
                                new ReadingCode { Sign = "+", Label = Text.En("Agreement"), Motivation = "assessing" },
                                new ReadingCode { Sign = "#", Label = Text.En("Difference"), Collects = ReadingCollection.Differences },
                            ],
                        },
                    },
                    new ToolPart { Kind = ToolPartKind.Discussion, Questions = [new ToolQuestion { Code = "q1", Prompt = Text.En("What surprised us?") }] },
                ],
            },
        ],
    };
}
