using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Assessments;
using PLService.Api.Persistence.Participants;

namespace PLService.Api.Features.Participants;

/// <summary>
/// Who takes part in an assessment and how far everybody has come, in no order that means anything; what somebody answered is not here. Days are
/// told in named assessments alone. An anonymous assessment shows nobody. Reading is put on record.
/// </summary>
internal static class ListParticipants
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only who has come this far and no further.</summary>
        public ParticipationStatus? Status { get; init; }

        /// <summary>True: only people of the roster who have not handed in, those to be reminded.</summary>
        public bool? Unanswered { get; init; }
    }

    /// <param name="Id">The entry; not the response.</param>
    /// <param name="PersonId">The person; null for who joined without an account.</param>
    /// <param name="Name">The person's name.</param>
    /// <param name="ParticipantKey">The name or key that was given with joining.</param>
    /// <param name="Status">How far.</param>
    /// <param name="InvitedOn">Since when on the roster; null for who was not invited.</param>
    /// <param name="StartedOn">When started, in a named assessment.</param>
    /// <param name="SubmittedOn">When handed in, in a named assessment.</param>
    public sealed record Item(
        Guid Id, Guid? PersonId, string? Name, string? ParticipantKey, ParticipationStatus Status, DateOnly? InvitedOn, DateOnly? StartedOn, DateOnly? SubmittedOn);

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 1)
        {
        }
    }

    public static void Map(RouteGroupBuilder assessment) =>
        assessment.MapQuery("/participants", Handle)
            .UseCase(nameof(ListParticipants), "List who takes part")
            .RequireScope(Scopes.ResponsesRead)
            .Validate<Request>()
            .Refuses(ParticipationErrors.NamesAreWithheld)
            .Example(response: new Page<Item>(
                [
                    new(Guid.Parse("7a2b3c4d-0000-4000-8000-000000000400"), Guid.Parse("01a2b3c4-0000-7000-8000-000000000300"), "Ada Moreno", null, ParticipationStatus.Submitted,
                        new DateOnly(2026, 9, 1), null, null),
                ],
                null, null));

    private static async Task<Results<Ok<Page<Item>>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, [AsParameters] Request request, AssessmentGate gate, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await gate.FindAsync(id, ct) is not { } assessment)
            return Problems.NotFound("assessment");
        if (assessment.Mode is AssessmentMode.Anonymous)
            return ParticipationErrors.NamesAreWithheld.ToConflict();

        var found = request.Unanswered is true ? db.Unanswered(id) : db.Participations.Where(p => p.AssessmentId == id);
        if (request.Status is { } status)
            found = found.Where(p => p.Status == status);
        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.Id(request.Cursor) is { } last)
            found = found.Where(p => p.Id > last);
        var items = await (
            from p in found
            join person in db.People on p.PersonId equals person.Id into people
            from person in people.DefaultIfEmpty()
            orderby p.Id
            select new Item(p.Id, p.PersonId, person!.Name, p.ParticipantKey, p.Status, p.InvitedOn, p.StartedOn, p.SubmittedOn)).AsNoTracking().Take(request.Take + 1).ToListAsync(ct);

        audit.Record("participation.listed", id, assessment.OrganizationId);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(Page.Of(items, request.Take, item => [item.Id.ToString()], count));
    }
}
