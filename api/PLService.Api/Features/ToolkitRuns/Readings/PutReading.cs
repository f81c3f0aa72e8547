using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Instruments;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ToolkitRuns.Readings;

/// <summary>
/// Brings in the text that the team reads, or replaces it with an edited one: then If-Match is needed. What was marked follows its passage: by its
/// very words, by what stands around them, or by words very like them near the old place; what is not found again is kept as orphaned, and found
/// again when a later text has it. Every revision is kept.
/// </summary>
internal static class PutReading
{
    /// <param name="Text">The text, 500,000 characters at most.</param>
    public sealed record Request(string Text);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.Text).NotEmpty().MaximumLength(Reading.TextMaxLength)
            .Must(text =>
            {
                var faults = new FaultList();
                faults.CheckWords("/text", text, Reading.TextMaxLength);
                return faults.Faults.Count == 0;
            }).WithErrorCode("value.invalid").WithMessage("The text has control or broken characters; remove them.");
    }

    public static void Map(RouteGroupBuilder reading) =>
        reading.MapPut("/", Handle)
            .UseCase(nameof(PutReading), "Bring in the text to read")
            .RequireScope(Scopes.ToolkitsWrite)
            .Validate<Request>()
            .Refuses(ToolkitRunErrors.NotMember, ReadingErrors.NoReading, ReadingErrors.TooManyRevisions)
            .Example(new Request(ReadingResponse.Sample.Text), ReadingResponse.Sample);

    private static async Task<Results<Ok<ReadingResponse>, Created<ReadingResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string toolCode, Request request, IfMatch? ifMatch, ReadingDesk desk, RunDesk runs, PLServiceDbContext db, Caller caller, AuditTrail audit, TimeProvider clock,
        CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select 1 from pls.reading where tenant_id = {db.TenantId} and run_id = {id} and tool_code = {toolCode} for update", ct);
        var (reading, refused) = await desk.FindForWorkAsync(id, toolCode, ct);
        if (reading is null)
            return refused!;
        var stored = reading.Stored;
        if ((stored is null ? ifMatch!.RefusesAbsence() : ifMatch!.RefusesBlindness() ?? ifMatch.Refuses(stored.Version)) is { } stale)
            return stale;
        if (stored?.Version >= Reading.MaxRevisions)
            return ReadingErrors.TooManyRevisions.ToConflict();

        var before = stored is null ? null : await desk.TextAsync(stored, ct);
        if (before?.Text == request.Text)
            return TypedResults.Ok(await desk.AnswerAsync(reading, before, ct));
        var now = clock.GetUtcNow();
        var after = new AnchoredText(request.Text);
        var revision = (before?.Revision ?? 0) + 1;
        if (stored is null)
            db.Add(stored = Reading.Create(id, toolCode));
        else
            db.Touch(stored);
        var text = new ReadingRevision
        {
            ReadingId = stored.Id,
            Revision = revision,
            Text = request.Text,
            Length = after.Length,
            PersonId = caller.PersonId,
            ApiClientId = caller.ApiClientId,
            At = now,
        };
        db.Add(text);
        var orphaned = before is null ? 0 : await FollowAsync(db, new Reanchoring(new AnchoredText(before.Text), after), stored.Id, revision, ct);
        audit.Record(before is null ? "reading.created" : "reading.replaced", stored.Id, reading.Run.OrganizationId, new { run = id, tool = toolCode, revision, text.Length, orphaned });
        // Two who bring it in at once: the second has not seen what the first brought.
        if (await db.TrySaveAsync(ReadingErrors.NoReading, ct) is not null)
            return Problems.Result(412, "concurrency.stale_version", "Somebody else brought the text in at the same time. Read it, and decide which is right.");
        if (before is null)
            await runs.NoteFirstWorkAsync(id, toolCode, worksheetId: null, stored.Id, now, ct);

        var answer = await desk.AnswerAsync(reading, text, ct);
        return before is null ? TypedResults.Created(reading.Address, answer) : TypedResults.Ok(answer);
    }

    private static async Task<int> FollowAsync(PLServiceDbContext db, Reanchoring texts, Guid readingId, long revision, CancellationToken ct)
    {
        var annotations = await db.Annotations.Where(a => a.ReadingId == readingId).ToListAsync(ct);
        foreach (var annotation in annotations)
            annotation.Follow(texts.Find(annotation.AnchorNow(), annotation.IsOrphaned), revision);
        return annotations.Count(annotation => annotation.IsOrphaned);
    }
}
