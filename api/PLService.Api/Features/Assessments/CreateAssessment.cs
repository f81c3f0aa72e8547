using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Organizations;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Assessments;

/// <summary>
/// Plans an assessment of an organization with a published instrument version, and opens it at once if asked to. Mode and roles are a
/// promise to the participants: once it is open they stay.
/// </summary>
internal static class CreateAssessment
{
    /// <param name="Instrument">Which instrument, and which version of it; the latest published one unless named.</param>
    /// <param name="Round">The label by which assessments of one time are compared, 60 characters at most.</param>
    /// <param name="OrganizationId">Who is assessed; or give <c>organization</c>.</param>
    /// <param name="Organization">Who is assessed, by an outside id.</param>
    /// <param name="Title">What people call it, 200 characters at most; made from instrument and round unless given.</param>
    /// <param name="ExternalId">Its id outside the service, unique within the organization.</param>
    /// <param name="Mode">Who may know which participant said what; confidential unless given.</param>
    /// <param name="Roles">The roles that participants may name, 20 at most; any unless given.</param>
    /// <param name="WindowOpensOn">First day on which answers are wanted.</param>
    /// <param name="WindowClosesOn">Last such day.</param>
    /// <param name="Open">True opens it at once.</param>
    /// <param name="ShowsLiveTally">True shows participants what is answered while it is open, small groups withheld.</param>
    /// <param name="Reminders">When those of the roster who have not answered are reminded; 3 days and 1 day before the window closes unless given.</param>
    public sealed record Request(
        InstrumentChoice Instrument, string Round, Guid? OrganizationId = null, OrganizationReference? Organization = null, string? Title = null,
        string? ExternalId = null, AssessmentMode Mode = AssessmentMode.Confidential, IReadOnlyList<string>? Roles = null,
        DateOnly? WindowOpensOn = null, DateOnly? WindowClosesOn = null, bool Open = false, bool ShowsLiveTally = false, ReminderSettings? Reminders = null);

    /// <param name="Code">Code of the instrument: the tenant's own or one of the catalog.</param>
    /// <param name="Version">Label of a published version; the latest published one unless given.</param>
    public sealed record InstrumentChoice(string Code, string? Version = null);

    /// <param name="System">Who gave the id: <c>nces</c>, <c>state</c>, ...</param>
    /// <param name="Value">The id as text.</param>
    public sealed record OrganizationReference(string System, string Value);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.OrganizationId).Must((request, id) => id is null != request.Organization is null)
                .WithErrorCode("assessment.one_organization").WithMessage("Give either organizationId or organization.");
            RuleFor(request => request.Instrument.Code).NotEmpty().MaximumLength(40);
            RuleFor(request => request.Instrument.Version).MaximumLength(40);
            RuleFor(request => request.Round).Round();
            RuleFor(request => request.Title).Length(1, Assessment.TitleMaxLength);
            RuleFor(request => request.ExternalId).ExternalId();
            RuleFor(request => request.Mode).IsInEnum();
            RuleFor(request => request.Roles).Roles();
            RuleFor(request => request.WindowClosesOn).Window(request => request.WindowOpensOn);
            RuleFor(request => request.Reminders).Reminders();
        }
    }

    public static void Map(RouteGroupBuilder assessments) =>
        assessments.MapPost("/", Handle)
            .UseCase(nameof(CreateAssessment), "Plan an assessment")
            .RequireScope(Scopes.AssessmentsWrite)
            .Validate<Request>()
            .Refuses(AssessmentErrors.UnknownOrganization, AssessmentErrors.OrganizationIsClosed, AssessmentErrors.UnknownInstrument, AssessmentErrors.ExternalIdTaken)
            .Example(
                new Request(new("plsr"), "2026-fall", AssessmentResponse.Sample.OrganizationId, null, null, "CV-2026F", AssessmentMode.Confidential,
                    ["teacher", "administrator"], new DateOnly(2026, 9, 7), new DateOnly(2026, 9, 18), true),
                AssessmentResponse.Sample);

    private static async Task<Results<Created<AssessmentResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, PLServiceDbContext db, AssessmentRows rows, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        if (await Organizations(db, request).Select(o => new { o.Id, o.Status }).SingleOrDefaultAsync(ct) is not { } organization)
            return AssessmentErrors.UnknownOrganization.ToConflict();
        if (organization.Status is OrganizationStatus.Closed)
            return AssessmentErrors.OrganizationIsClosed.ToConflict();
        if (await Versions(db, request.Instrument).FirstOrDefaultAsync(ct) is not { } version)
            return AssessmentErrors.UnknownInstrument.ToConflict();

        var assessment = Assessment.Create(organization.Id, version.TenantId, version.Id);
        assessment.Arrange(request.Mode, [.. request.Roles ?? []]);
        assessment.Describe(request.Title ?? TitleOf(version.Title, request.Round), request.Round, request.ExternalId, request.WindowOpensOn, request.WindowClosesOn);
        assessment.ShowLiveTally(request.ShowsLiveTally);
        request.Reminders?.ApplyTo(assessment);
        if (request.Open)
            assessment.Open(clock.GetUtcNow());
        db.Add(assessment);
        audit.Record("assessment.created", assessment.Id, organization.Id, new { request.Instrument.Code, request.Round, request.ExternalId, request.Open });
        if (await db.TrySaveAsync(AssessmentErrors.ExternalIdTaken, ct) is { } taken)
            return taken.ToConflict();
        return TypedResults.Created($"/v1/assessments/{assessment.Id}", await rows.OfAsync(assessment, ct));
    }

    private static IQueryable<Organization> Organizations(PLServiceDbContext db, Request request) => request.Organization is { } outside
        ? db.ReachableOrganizations().Where(o =>
            db.OrganizationIdentifiers.Any(i => i.OrganizationId == o.Id && i.System == outside.System && i.Value == outside.Value && i.ValidTo == null))
        : db.ReachableOrganizations().Where(o => o.Id == request.OrganizationId);

    private static IQueryable<Candidate> Versions(PLServiceDbContext db, InstrumentChoice choice) =>
        from instrument in db.Instruments
        join version in db.InstrumentVersions on new { instrument.TenantId, InstrumentId = instrument.Id } equals new { version.TenantId, version.InstrumentId }
        where instrument.Code == choice.Code && version.Status == InstrumentVersionStatus.Published && (choice.Version == null || version.Label == choice.Version)
        // The tenant's own before the catalog's.
        orderby instrument.TenantId descending, version.PublishedAt descending, version.Id descending
        select new Candidate { TenantId = version.TenantId, Id = version.Id, Title = instrument.Title };

    private static string TitleOf(string instrumentTitle, string round) =>
        Assessment.TitleOf(System.Text.Json.JsonSerializer.Deserialize<Text>(instrumentTitle, InstrumentJson.Options)!.ToString(), round);

    private sealed class Candidate
    {
        public Guid TenantId { get; init; }
        public Guid Id { get; init; }
        public string Title { get; init; } = "";
    }
}
