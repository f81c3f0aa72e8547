using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Assessments;
using PLService.Api.Persistence.Instruments;

namespace PLService.Api.Features.Participants;

/// <summary>
/// Lets participants without an account join an open assessment by a code or a link. Once more makes a new code, and the old code and link lead
/// nowhere from then on; who has joined goes on. Closing the assessment ends joining.
/// </summary>
internal static class OpenJoining
{
    /// <param name="ExpiresAt">Until when one can join, at most 366 days from now; until the window closes unless given, without a window 30 days.</param>
    public sealed record Request(DateTimeOffset? ExpiresAt = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator(TimeProvider clock) => RuleFor(request => request.ExpiresAt)
            .Must(at => at is null || (at > clock.GetUtcNow() && at <= clock.GetUtcNow().AddDays(JoinCode.MaxDays)))
            .WithErrorCode("value.out_of_range").WithMessage($"A code is good until a moment within {JoinCode.MaxDays} days from now.");
    }

    public static void Map(RouteGroupBuilder assessment) =>
        assessment.MapPost("/join-code", Handle)
            .UseCase(nameof(OpenJoining), "Open joining, or change the code")
            .RequireScope(Scopes.AssessmentsWrite)
            .Validate<Request>()
            .NotRepeatable()
            .Refuses(AssessmentErrors.NotOpen, AssessmentErrors.TalliesOnly)
            .Example(new Request(), JoinCodeResponse.Sample);

    private static async Task<Results<Ok<JoinCodeResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, AssessmentGate gate, InstrumentVersions versions, PLServiceDbContext db, TenantReader reader, JoinCodes codes, AuditTrail audit, Caller caller,
        TimeProvider clock, CancellationToken ct)
    {
        // Alone: of two who make the first code one has to find the other's.
        if (await gate.LockAsync(id, ct) is not { } assessment)
            return Problems.NotFound("assessment");
        if (assessment.Status is not AssessmentStatus.Open)
            return AssessmentErrors.NotOpen.ToConflict();
        if (!(await versions.GetAsync(assessment.InstrumentTenantId, assessment.InstrumentVersionId, ct)).Layout.Document.TakesResponses)
            return AssessmentErrors.TalliesOnly.ToConflict();

        var now = clock.GetUtcNow();
        var closesOn = await db.Assessments.Where(a => a.Id == id).Select(a => a.WindowClosesOn).SingleAsync(ct);
        var expiresAt = (request.ExpiresAt ?? Lifetimes.EndOf(closesOn, now, JoinCode.DefaultDays)).ToUniversalTime();
        var joinCode = await db.JoinCodes.SingleOrDefaultAsync(j => j.AssessmentId == id, ct);
        var code = await Door.DrawCodeAsync(reader, JoinCode.Draw, ct);
        if (joinCode is null)
            db.Add(joinCode = JoinCode.Create(id, code, expiresAt));
        else
            joinCode.Rotate(code, expiresAt);

        audit.Record("assessment.joiningOpened", id, assessment.OrganizationId, new { expiresAt });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(codes.Show(caller.TenantId, joinCode));
    }
}
