using System.Text.Json.Serialization;
using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.Instruments;
using PLService.Api.Http;

namespace PLService.Api.Features.Responses.Own;

/// <summary>What a participant answers, all of it, with what it is an answer to.</summary>
/// <param name="Title">What the assessment is called.</param>
/// <param name="OrganizationName">Who is assessed.</param>
/// <param name="Mode">Who may know which participant said what.</param>
/// <param name="AssessmentStatus">Answers are taken while it is open.</param>
/// <param name="Roles">The roles to choose from; empty: any.</param>
/// <param name="WindowOpensOn">First day on which answers are wanted.</param>
/// <param name="WindowClosesOn">Last such day.</param>
/// <param name="ShowsLiveTally">Whether <c>/v1/participation/tally</c> tells what everybody answers.</param>
/// <param name="Instrument">Sections, items and scales.</param>
/// <param name="Role">The role that you named.</param>
/// <param name="Status">Whether you have handed in.</param>
/// <param name="Ratings">Your ratings by item code: a level, or one per axis where the instrument has several.</param>
/// <param name="Comments">Your comments by item code.</param>
/// <param name="Version">+1 per change; the ETag begins with it.</param>
/// <param name="EntityTag">What stands between the quotes of the ETag.</param>
internal sealed record OwnResponse(
    string Title,
    string OrganizationName,
    AssessmentMode Mode,
    AssessmentStatus AssessmentStatus,
    IReadOnlyList<string> Roles,
    DateOnly? WindowOpensOn,
    DateOnly? WindowClosesOn,
    bool ShowsLiveTally,
    [property: JsonConverter(typeof(AsPublished))] InstrumentDocument Instrument,
    string? Role,
    ResponseStatus Status,
    IReadOnlyDictionary<string, ItemRating> Ratings,
    IReadOnlyDictionary<string, string> Comments,
    long Version,
    [property: JsonIgnore] string EntityTag) : IEntityTagged
{
    internal static readonly OwnResponse Sample = MakeSample();

    /// <summary>The tag changes with the assessment too, so that who reads again sees that it closed.</summary>
    public static string TagOf(long version, long assessmentVersion) => $"{version}.{assessmentVersion}";

    /// <summary>If-Match as versions of the response: what the assessment became meanwhile does not stand in the way of a change.</summary>
    public static IfMatch OfResponse(IfMatch given) => given with { Tag = given.Tag?.Split('.')[0] };

    private static OwnResponse MakeSample()
    {
        var scale = new Scale
        {
            Code = "dots",
            Title = Text.En("Dots"),
            Direction = ScaleDirection.BestFirst,
            Levels = [new Level { Code = "green", Label = Text.En("In place"), Score = 1, Favorable = true }, new Level { Code = "red", Label = Text.En("Not yet"), Score = 0 }],
        };
        var instrument = new InstrumentDocument
        {
            Code = "pulse",
            Version = "1.0",
            Title = Text.En("Pulse"),
            MarksPerParticipant = 1,
            Scales = [scale],
            Axes = [new Axis { Code = "status", Title = Text.En("Status"), Scale = scale.Code }],
            Sections = [new Section { Code = "VIS", Title = Text.En("Vision"), Items = [new Item { Code = "VIS.1", Text = Text.En("We have a vision.") }] }],
        };
        return new(
            "Readiness, fall 2026", "Cedar Valley School District", AssessmentMode.Confidential, AssessmentStatus.Open, ["teacher", "administrator"], new DateOnly(2026, 9, 7),
            new DateOnly(2026, 9, 18), false, instrument, "teacher", ResponseStatus.InProgress, new Dictionary<string, ItemRating> { ["VIS.1"] = new("green") },
            new Dictionary<string, string>(), 3, "3.2");
    }
}
