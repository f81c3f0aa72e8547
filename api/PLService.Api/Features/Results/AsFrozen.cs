using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Results;

namespace PLService.Api.Features.Results;

/// <summary>Writes a result as its canonical JSON, so that whoever hashes the bytes gets the hash that it was frozen with.</summary>
internal sealed class AsFrozen : JsonConverter<ResultDocument>
{
    // A live tally is sent to many viewers; it is written once.
    private static readonly ConditionalWeakTable<ResultDocument, byte[]> Written = [];

    public override ResultDocument Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Results are only sent, never taken.");

    // The bytes come from the serializer: checking them again would cost more than writing them.
    public override void Write(Utf8JsonWriter writer, ResultDocument value, JsonSerializerOptions options) =>
        writer.WriteRawValue(Written.GetValue(value, document => document.ToCanonicalJson()), skipInputValidation: true);
}

/// <summary>An example for the contract, computed like every other result.</summary>
internal static class ResultSample
{
    public static readonly ResultDocument Document = MakeSample();

    private static ResultDocument MakeSample()
    {
        var scale = new Scale
        {
            Code = "dots",
            Title = Text.En("Dots"),
            Direction = ScaleDirection.BestFirst,
            Levels =
            [
                new Level { Code = "green", Label = Text.En("In place"), Score = 2, Favorable = true },
                new Level { Code = "yellow", Label = Text.En("Under way"), Score = 1 },
                new Level { Code = "red", Label = Text.En("Not yet"), Score = 0 },
            ],
        };
        var layout = InstrumentLayout.Of(new InstrumentDocument
        {
            Code = "pulse",
            Version = "1.0",
            Title = Text.En("Pulse"),
            MarksPerParticipant = 1,
            Scales = [scale],
            Axes = [new Axis { Code = "status", Title = Text.En("Status"), Scale = scale.Code }],
            Sections = [new Section { Code = "VIS", Title = Text.En("Vision"), Items = [new Item { Code = "VIS.1", Text = Text.En("We have a vision.") }] }],
        });
        var people = new GroupTally([14, 8, 3], 25, 25);
        return AssessmentResults.Compute(layout, people, new Dictionary<string, GroupTally>(), 5) with { Submitted = 21 };
    }
}
