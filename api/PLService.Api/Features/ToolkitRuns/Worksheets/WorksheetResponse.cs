using PLService.Api.Domain;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;

namespace PLService.Api.Features.ToolkitRuns.Worksheets;

/// <summary>The answers of one tool: the team's, or those of one person.</summary>
/// <param name="RunId">The run.</param>
/// <param name="ToolCode">The tool.</param>
/// <param name="Person">Whose answers they are; null is the team.</param>
/// <param name="SharedAt">Since when the team sees what one person answered; null where it does not.</param>
/// <param name="Values">Field key to answer, for the fields that have one in words.</param>
/// <param name="Fields">Every field of the tool in order, with who answered it when.</param>
/// <param name="UpdatedAt">When it was last changed; null while there is nothing in it.</param>
/// <param name="Version">0 while there is nothing in it, +1 per change; the ETag.</param>
internal sealed record WorksheetResponse(
    Guid RunId,
    string ToolCode,
    TeamPerson? Person,
    DateTimeOffset? SharedAt,
    FieldValues Values,
    IReadOnlyList<WorksheetFieldResponse> Fields,
    DateTimeOffset? UpdatedAt,
    long Version) : IVersioned
{
    internal static readonly WorksheetResponse Sample = new(
        ToolkitRunResponse.Sample.Id, "1.4", null, null,
        new() { ["keyIdeas/LCO"] = "Continuous growth, shared responsibility." },
        [
            new(
                "keyIdeas/LCO", Text.En("Key Ideas: What information is important to know about this standard?"), AnswerKind.Text, null,
                new StandardOfRun(Guid.Parse("5d0b3f3c-4c5e-8c0a-9d53-0d6f1a2b3c4d"), "LCO", "Learning Communities", "LCO"), 2, TeamPerson.Sample, ToolkitRunResponse.SampleTime, [], null),
        ],
        ToolkitRunResponse.SampleTime, 2);

    internal static readonly WorksheetResponse OwnSample = Sample with { Person = TeamPerson.Sample };
}

/// <summary>A field of a worksheet as it is now.</summary>
/// <param name="Key">What answers are given under: the field's code, and after a slash the standard's where there is one for each.</param>
/// <param name="Prompt">What is asked, by language.</param>
/// <param name="Answer">How it may be answered.</param>
/// <param name="Collects">What the answers are gathered as.</param>
/// <param name="Standard">The standard that it is about.</param>
/// <param name="Version">The version of the worksheet since which it says what it says; 0 when it was never answered.</param>
/// <param name="ChangedBy">Who changed it last; null when nobody or a machine did.</param>
/// <param name="ChangedAt">When it was last changed.</param>
/// <param name="GatheredFrom">Whose own answers went into it.</param>
/// <param name="Image">The image that answers it.</param>
internal sealed record WorksheetFieldResponse(
    string Key,
    Text Prompt,
    AnswerKind Answer,
    FieldCollection? Collects,
    StandardOfRun? Standard,
    long Version,
    TeamPerson? ChangedBy,
    DateTimeOffset? ChangedAt,
    IReadOnlyList<GatheredAnswer> GatheredFrom,
    ImageResponse? Image);

/// <summary>A person's answer that went into the team's.</summary>
/// <param name="PersonId">Who answered.</param>
/// <param name="Name">The person's name.</param>
/// <param name="At">When it was gathered.</param>
/// <param name="Version">The version of the person's worksheet since which the answer says this.</param>
internal sealed record GatheredAnswer(Guid PersonId, string Name, DateTimeOffset At, long Version);

/// <summary>An image that answers a field; its address is that of the worksheet with <c>/images/</c> and the field's key.</summary>
/// <param name="MediaType">What it is, told by its bytes.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">SHA-256, lower-case hexadecimal; also its ETag.</param>
/// <param name="AlternativeText">What it shows, for who cannot see it.</param>
/// <param name="ChangedBy">Who put it there; null for a machine.</param>
/// <param name="ChangedAt">When.</param>
internal sealed record ImageResponse(string MediaType, int Size, string Sha256, string AlternativeText, TeamPerson? ChangedBy, DateTimeOffset ChangedAt) : IEntityTagged
{
    internal static readonly ImageResponse Sample = new(
        "image/png", 48_211, "7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730", "A tree whose roots are questions.", TeamPerson.Sample, ToolkitRunResponse.SampleTime);

    string IEntityTagged.EntityTag => Sha256;
}
