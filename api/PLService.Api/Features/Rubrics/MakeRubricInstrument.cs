using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Domain.Frameworks.Rubrics;
using PLService.Api.Domain.Instruments;
using PLService.Api.Http;
using PLService.Api.Persistence.Frameworks;
using PLService.Api.Persistence.Instruments;

namespace PLService.Api.Features.Rubrics;

/// <summary>
/// Makes a draft of an instrument of a rubric, to be published and used in assessments: an item per criterion, which is rated on the criterion's own
/// levels with their descriptions, speaks to its standard and names its role. Empty cells are not offered. Levels without scores score by
/// their place, and those in the upper half of the range count as favorable; weights are left out. The draft can be changed like any other,
/// and does not follow the rubric.
/// </summary>
internal static class MakeRubricInstrument
{
    /// <param name="Code">Code of the instrument: 2 to 40 lower-case letters, digits or hyphens, a letter first. One that is there gets a new version.</param>
    /// <param name="Version">Label of the version, such as <c>1.0</c>.</param>
    /// <param name="Title">Its title, 500 characters at most; the rubric's when absent.</param>
    /// <param name="Sections">What makes a section: <c>standard</c> unless given.</param>
    public sealed record Request(string Code, string Version, string? Title = null, RubricSections? Sections = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Code).NotEmpty().MaximumLength(40);
            RuleFor(request => request.Version).NotEmpty().MaximumLength(40);
            RuleFor(request => request.Title).MaximumLength(RubricLimits.TitleLength);
        }
    }

    /// <param name="Code">Code of the instrument.</param>
    /// <param name="Label">Label of the version.</param>
    /// <param name="Status">Always a draft.</param>
    /// <param name="RubricId">The rubric that it was made of.</param>
    /// <param name="Sections">How many sections it has.</param>
    /// <param name="Items">How many items it has.</param>
    /// <param name="Scales">How many scales it has.</param>
    /// <param name="Version">+1 per change of the draft; the ETag.</param>
    public sealed record Response(string Code, string Label, InstrumentVersionStatus Status, Guid RubricId, int Sections, int Items, int Scales, long Version) : IVersioned;

    public static void Map(RouteGroupBuilder rubrics) =>
        rubrics.MapPost("/{id:guid}/instrument", Handle)
            .UseCase(nameof(MakeRubricInstrument), "Make an instrument of a rubric")
            .RequireScope(Scopes.InstrumentsWrite)
            .RequireWholeTenant()
            .Validate<Request>()
            .Refuses(InstrumentErrors.IsCatalog, InstrumentErrors.LabelTaken, RubricErrors.NotUsable)
            .Example(
                new Request("cedar-map", "1.0", null, RubricSections.Standard),
                new Response("cedar-map", "1.0", InstrumentVersionStatus.Draft, RubricSample.Id, 1, 1, 1, 1));

    private static async Task<Results<Created<Response>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, RubricDesk desk, InstrumentDrafts drafts, StandardReferences references, CancellationToken ct)
    {
        if (await desk.Named(id).AsNoTracking().SingleOrDefaultAsync(ct) is not { } rubric)
            return Problems.NotFound("rubric");
        var (document, anchors) = await desk.ReadAsync(rubric, ct);
        var head = Head(request, document, CaseObject.Read((await desk.FrameworkOfAsync(rubric, ct)).Body));
        var instrument = RubricInstrument.Of(head, document, request.Sections ?? RubricSections.Standard, anchors);
        var faults = InstrumentCheck.Check(instrument);
        // What the caller said, beside what the rubric says.
        if (faults.Where(fault => fault.Pointer is "/code" or "/version" || (request.Title is not null && fault.Pointer.StartsWith("/title", StringComparison.Ordinal))).ToList() is { Count: > 0 } said)
            return Problems.Invalid([.. said.Select(fault => new ApiFault(fault.Pointer.StartsWith("/title", StringComparison.Ordinal) ? "/title" : fault.Pointer, "instrument." + fault.Code, fault.Detail))]);
        if (faults.Count > 0)
            return RubricErrors.NotUsable.ToConflict([.. faults.Select(fault => new ApiFault(fault.Pointer, "instrument." + fault.Code, fault.Detail))]);

        var (version, refused) = await drafts.AddAsync(instrument, new { instrument.Code, label = instrument.Version, rubricId = id }, ct);
        if (version is null)
            return refused!.ToConflict();
        await references.ReplaceAsync(InstrumentReferences.ResourceType, version.Id, InstrumentReferences.Of(version.Id, instrument), ct);
        return TypedResults.Created(
            $"/v1/instruments/{instrument.Code}/versions/{version.Label}",
            new Response(
                instrument.Code, version.Label, version.Status, id, instrument.Sections.Count, instrument.Sections.Sum(section => section.Items.Count), instrument.Scales.Count, version.Version));
    }

    private static InstrumentDocument Head(Request request, RubricDocument rubric, CaseObject framework) => new()
    {
        Code = request.Code,
        Version = request.Version,
        Title = Text.En(request.Title ?? (rubric.Title.Length > 0 ? rubric.Title : request.Code)),
        Description = rubric.Description is { } description ? Text.En(description) : null,
        Source = Short(framework.Text("creator")),
        Licence = Short(framework.Link("licenseURI")?.Title),
        MarksPerParticipant = 1,
        Scales = [],
        Axes = [],
        Sections = [],
    };

    private static string? Short(string? note) => note is { Length: > InstrumentLimits.NoteLength } ? note[..InstrumentLimits.NoteLength] : note;
}
