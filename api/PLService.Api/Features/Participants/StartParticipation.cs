using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Assessments;

namespace PLService.Api.Features.Participants;

/// <summary>
/// Takes part as a person who is signed in: gives the token for a response of one's own, the same response each time. In an anonymous assessment
/// it is given once, for nobody knows afterwards which one it was. For who is on the roster or has a role that holds for the assessment's organization.
/// </summary>
internal static class StartParticipation
{
    /// <param name="Role">One of the assessment's roles, when starting; null for none.</param>
    public sealed record Request(string? Role = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.Role).Length(1, Assessment.RoleMaxLength);
    }

    public static void Map(RouteGroupBuilder assessment) =>
        assessment.MapPost("/participation", Handle)
            .UseCase(nameof(StartParticipation), "Take part")
            .RequirePerson()
            .Validate<Request>()
            .NotRepeatable()
            .Refuses(AssessmentErrors.NotOpen, AssessmentErrors.TalliesOnly, AssessmentErrors.UnknownRole, ParticipationErrors.CannotComeBack)
            .Example(new Request("teacher"), ParticipationToken.Sample);

    private static async Task<Results<Ok<ParticipationToken>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, AssessmentGate gate, StartDesk start, PLServiceDbContext db, Caller caller, CancellationToken ct)
    {
        var person = caller.PersonId!.Value;
        if (await gate.FindAsync(id, ct) is null && !await db.Participations.AnyAsync(p => p.AssessmentId == id && p.PersonId == person, ct))
            return Problems.NotFound("assessment");
        var (token, refused) = await start.StartAsync(id, new Participant(person, null), request.Role, ct);
        if (token is null)
            return refused is null ? Problems.NotFound("assessment") : refused.ToConflict();
        return TypedResults.Ok(token);
    }
}
