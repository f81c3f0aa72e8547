using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Participants;

/// <summary>
/// Joins an assessment without an account: gives the token for a response of one's own. It is told here and never again, so keep it; by a name
/// that was given, nobody gets to what was answered under it.
/// </summary>
internal static class JoinAssessment
{
    /// <param name="Code">The code, in any case, with blanks and hyphens as one likes.</param>
    /// <param name="Link">Or the part of the link behind <c>#</c>.</param>
    /// <param name="Role">One of the assessment's roles; null for none.</param>
    /// <param name="ParticipantKey">Who you are, as far as the assessment asks: a name or a key that you were given, 60 characters at most.</param>
    public sealed record Request(string? Code = null, string? Link = null, string? Role = null, string? ParticipantKey = null);

    private const int KeyMaxLength = 60;

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            this.CodeOrLink(request => request.Code, request => request.Link);
            RuleFor(request => request.Role).Length(1, Assessment.RoleMaxLength);
            RuleFor(request => request.ParticipantKey).Length(1, KeyMaxLength)
                .Must(key => key is null || (key.Trim().Length > 0 && !key.Trim().StartsWith(Participation.PersonKeyPrefix, StringComparison.OrdinalIgnoreCase)))
                .WithErrorCode("value.pattern").WithMessage($"A name or key is not blank and does not begin with {Participation.PersonKeyPrefix}");
        }
    }

    public static void Map(RouteGroupBuilder join) =>
        join.MapPost("/start", Handle)
            .AllowAnonymous()
            .UseCase(nameof(JoinAssessment), "Join an assessment")
            .Validate<Request>()
            // Who joins is nobody of a tenant, whatever token comes along.
            .Transaction(TransactionKind.OwnAlways)
            .MayNotExist()
            .Refuses(AssessmentErrors.NotOpen, AssessmentErrors.TalliesOnly, AssessmentErrors.UnknownRole, AssessmentErrors.KeyNotTaken, ParticipationErrors.KeyNeeded,
                ParticipationErrors.AlreadyStarted)
            .Example(new Request("K7M4QX", null, "teacher"), ParticipationToken.Sample);

    private static async Task<Results<Ok<ParticipationToken>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, HttpContext context, JoinDesk desk, StartDesk start, PLServiceDbContext db, CancellationToken ct)
    {
        var (entry, unknown) = await desk.EnterAsync(context, request.Code, request.Link, ct);
        if (entry is null)
            return unknown!;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var who = request.ParticipantKey is { } key ? new Participant(null, key.Trim()) : Participant.Unknown;
        var (token, refused) = await start.StartAsync(entry.Assessment.Id, who, request.Role, ct);
        if (token is null)
            return refused is null ? Problems.NotFound("assessment") : refused.ToConflict();
        await transaction.CommitAsync(CancellationToken.None);
        return TypedResults.Ok(token);
    }
}
