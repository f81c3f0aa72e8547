using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Assessments;
using PLService.Api.Persistence.Participants;

namespace PLService.Api.Features.Participants;

/// <summary>
/// Puts people onto the roster of an assessment: those named, and everybody who is a participant in its organization or below. Who is on it already
/// stays as it is. The roster is what the response rate is a share of, and who is reminded.
/// </summary>
internal static class InviteParticipants
{
    private const int MaxIds = 5_000;

    /// <param name="PersonIds">People, 5,000 at most.</param>
    /// <param name="AllParticipants">True adds everybody whose role as participant holds in the assessment's organization or below it.</param>
    public sealed record Request(IReadOnlyList<Guid>? PersonIds = null, bool AllParticipants = false);

    /// <param name="Added">How many were added.</param>
    /// <param name="AlreadyOn">How many were on the roster already.</param>
    /// <param name="Invited">How many are on it now.</param>
    public sealed record Response(int Added, int AlreadyOn, int Invited);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.PersonIds).Must((request, ids) => ids is { Count: > 0 } || request.AllParticipants)
                .WithErrorCode("value.required").WithMessage("Name people, or set allParticipants.");
            RuleFor(request => request.PersonIds).Must(ids => ids is null || ids.Count <= MaxIds)
                .WithErrorCode("value.too_many").WithMessage($"At most {MaxIds} people at a time.");
        }
    }

    public static void Map(RouteGroupBuilder assessment) =>
        assessment.MapPost("/participants", Handle)
            .UseCase(nameof(InviteParticipants), "Put people onto the roster")
            .RequireScope(Scopes.AssessmentsWrite)
            .Validate<Request>()
            .Refuses(AssessmentErrors.IsArchived, ParticipationErrors.UnknownPerson, ParticipationErrors.RosterIsFull)
            .Example(new Request([Guid.Parse("01a2b3c4-0000-7000-8000-000000000300")]), new Response(1, 0, 40));

    private static async Task<Results<Ok<Response>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, AssessmentGate gate, ParticipationStore participations, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        if (await gate.FindAsync(id, ct) is null || await participations.HoldAsync(id, ct) is not { } held)
            return Problems.NotFound("assessment");
        if (held.State.Status is AssessmentStatus.Archived)
            return AssessmentErrors.IsArchived.ToConflict();
        var named = (request.PersonIds ?? []).Distinct().ToList();
        var found = await db.ReachablePeople().Where(p => named.Contains(p.Id) && p.Status == PersonStatus.Active).Select(p => p.Id).ToListAsync(ct);
        if (found.Count < named.Count)
            return ParticipationErrors.UnknownPerson.ToConflict();
        if (request.AllParticipants)
            found = [.. found.Union(await db.ParticipantsWithin(held.State.OrganizationId).Select(p => p.Id).Take(Participation.MaxRoster + 1).ToListAsync(ct))];

        var rows = await db.Participations.Where(p => p.AssessmentId == id && p.PersonId != null).Select(p => new { Person = p.PersonId!.Value, p.InvitedOn }).AsNoTracking().ToListAsync(ct);
        var invited = rows.Where(row => row.InvitedOn is not null).Select(row => row.Person).ToHashSet();
        var added = found.Where(person => !invited.Contains(person)).ToList();
        if (invited.Count + added.Count > Participation.MaxRoster)
            return ParticipationErrors.RosterIsFull.ToConflict();

        await participations.InviteAsync(held, added, ct);
        audit.Record("assessment.participantsInvited", id, held.State.OrganizationId, new { added = added.Count, request.AllParticipants });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(new Response(added.Count, found.Count - added.Count, invited.Count + added.Count));
    }
}
