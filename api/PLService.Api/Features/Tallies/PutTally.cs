using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Assessments;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Assessments;
using PLService.Api.Persistence.Instruments;

namespace PLService.Api.Features.Tallies;

/// <summary>
/// Enters what a group marked on its paper poster, under a key of your choice, or replaces it: then If-Match is needed. An item never has
/// more marks than its participants can have given, unless the instrument lets them give as many as they like.
/// </summary>
internal static class PutTally
{
    /// <param name="Participants">People in the group, 0 to 1,000,000.</param>
    /// <param name="Counts">Marks by item and level code, or by item, axis and level code.</param>
    /// <param name="Role">The role of everybody in the group, when all have one.</param>
    public sealed record Request(int Participants, IReadOnlyDictionary<string, ItemCounts> Counts, string? Role = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        /// <summary>More entries than an instrument has items; what they name is checked against the instrument.</summary>
        private const int MaxItems = 2_000;

        public Validator()
        {
            RuleFor(request => request.Participants).InclusiveBetween(0, Tally.MaxParticipants);
            RuleFor(request => request.Role).Length(1, Assessment.RoleMaxLength);
            RuleFor(request => request.Counts).Must(counts => counts.Count <= MaxItems)
                .WithErrorCode("value.too_many").WithMessage($"At most {MaxItems} entries.");
        }
    }

    public static void Map(RouteGroupBuilder tallies) =>
        tallies.MapPut("/{groupKey}", Handle)
            .UseCase(nameof(PutTally), "Enter a tally")
            .RequireScope(Scopes.AssessmentsWrite)
            .Validate<Request>()
            .Refuses(AssessmentErrors.NotOpen, AssessmentErrors.UnknownRole)
            .Example(new Request(8, TallyResponse.Sample.Counts, "teacher"), TallyResponse.Sample);

    private static async Task<Results<Ok<TallyResponse>, Created<TallyResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string groupKey, Request request, IfMatch? ifMatch, AssessmentGate gate, InstrumentVersions versions, PLServiceDbContext db, AuditTrail audit,
        CancellationToken ct)
    {
        if (await gate.HoldAsync(id, ct) is not { } assessment)
            return Problems.NotFound("assessment");
        if (groupKey.Length > Tally.GroupKeyMaxLength)
            return Problems.Invalid("{groupKey}", "value.too_long", $"A group key has at most {Tally.GroupKeyMaxLength} characters.");
        var tally = await db.Tallies.SingleOrDefaultAsync(t => t.AssessmentId == id && t.GroupKey == groupKey, ct);
        if ((tally is null ? ifMatch!.RefusesAbsence() : ifMatch!.RefusesBlindness() ?? ifMatch.Refuses(tally.Version)) is { } stale)
            return stale;
        if (assessment.Status is not AssessmentStatus.Open)
            return AssessmentErrors.NotOpen.ToConflict();
        if (!assessment.Takes(request.Role))
            return AssessmentErrors.UnknownRole.ToConflict();
        var layout = (await versions.GetAsync(assessment.InstrumentTenantId, assessment.InstrumentVersionId, ct)).Layout;
        var (counts, faults) = TallySheet.Pack(layout, request.Participants, request.Counts);
        if (faults.Count > 0)
            return Problems.Invalid(Problems.Listed(faults));

        var isNew = tally is null;
        if (tally is null)
            db.Add(tally = Tally.Create(id, groupKey));
        tally.Fill(request.Role, request.Participants, counts);
        audit.Record(isNew ? "tally.created" : "tally.changed", tally.Id, assessment.OrganizationId, new { groupKey, request.Participants });
        // Two who enter the same group at once: the second has not read what the first entered.
        if (await db.TrySaveAsync(AssessmentErrors.NotOpen, ct) is not null)
            return Problems.Result(412, "concurrency.stale_version", "Somebody else entered this group at the same time. Read it, and decide which is right.");

        return isNew
            ? TypedResults.Created($"/v1/assessments/{id}/tallies/{Uri.EscapeDataString(groupKey)}", TallyResponse.Of(tally, layout))
            : TypedResults.Ok(TallyResponse.Of(tally, layout));
    }
}
