using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ToolkitRuns.Worksheets;

/// <summary>How answers are gathered.</summary>
internal enum GatherMode
{
    /// <summary>Behind what the team has written, a paragraph each.</summary>
    Append,

    /// <summary>In place of what the team has written.</summary>
    Replace,
}

/// <summary>
/// Takes what members answered and share into the team's answers, and keeps whose they are in <c>gatheredFrom</c>. Nobody's words are taken twice:
/// gathered again, only who wrote something new is added. The team's own text stays unless you ask to replace it, which needs If-Match. Images
/// stay with their members.
/// </summary>
internal static class GatherWorksheets
{
    /// <param name="Fields">Keys of the fields to gather; all of them unless given.</param>
    /// <param name="PersonIds">Members whose answers to take; those of all who share unless given.</param>
    /// <param name="Mode">Whether they are added to the team's text or take its place.</param>
    public sealed record Request(IReadOnlyList<string>? Fields = null, IReadOnlyList<Guid>? PersonIds = null, GatherMode Mode = GatherMode.Append);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Fields).Must(fields => fields is null || fields.Count is > 0 and <= WorksheetChangeRequest.MaxFields)
                .WithErrorCode("value.length").WithMessage($"Name 1 to {WorksheetChangeRequest.MaxFields} fields, or leave it out.");
            RuleForEach(request => request.Fields).NotNull();
            RuleFor(request => request.PersonIds).Must(people => people is null || people.Count is > 0 and <= ToolkitRun.MaxMembers)
                .WithErrorCode("value.length").WithMessage($"Name 1 to {ToolkitRun.MaxMembers} people, or leave it out.");
            RuleFor(request => request.Mode).IsInEnum();
        }
    }

    public static void Map(RouteGroupBuilder worksheet) =>
        worksheet.MapPost("/gather", Handle)
            .UseCase(nameof(GatherWorksheets), "Gather members' answers into the team's")
            .RequireScope(Scopes.ToolkitsWrite)
            .Validate<Request>()
            .Refuses(ToolkitRunErrors.NotMember, WorksheetErrors.UnknownPeople, WorksheetErrors.TooLongToGather)
            .Fails(428, "concurrency.if_match_required", "Replacing needs If-Match.")
            .Example(new Request(["coreIdeas/LCO"]), WorksheetResponse.Sample);

    private static async Task<Results<Ok<WorksheetResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string toolCode, Request request, IfMatch? ifMatch, WorksheetDesk desk, WorksheetWriter writer, WorksheetReader reader, PLServiceDbContext db, TimeProvider clock,
        CancellationToken ct)
    {
        var (sheet, refused) = await desk.FindForWorkAsync(id, toolCode, ct);
        if (sheet is null)
            return refused!;
        if (request.Mode is GatherMode.Replace && ifMatch!.RefusesBlindness() is { } blind)
            return blind;
        if (WorksheetDesk.UnknownFields(sheet, request.Fields ?? [], "/fields") is { Count: > 0 } unknown)
            return Problems.Invalid(unknown);
        if (request.PersonIds is { } chosen && await db.ToolkitRunMembers.CountAsync(m => m.RunId == id && chosen.Contains(m.PersonId), ct) < chosen.Distinct().Count())
            return WorksheetErrors.UnknownPeople.ToConflict();
        var worksheet = await desk.LockAsync(sheet, ct);
        if (ifMatch!.IsGiven && ifMatch.Refuses(worksheet.Version) is { } stale)
            return stale;

        var fields = request.Fields is { } named ? named.Distinct().ToArray() : [.. sheet.Fields.Select(field => field.Key)];
        var answers = await AnswersAsync(db, id, toolCode, fields, request.PersonIds, ct);
        var current = await writer.ReadAsync(worksheet, fields, ct);
        var (changes, now) = (new List<(string, string?, IReadOnlyList<Contribution>?)>(), clock.GetUtcNow());
        foreach (var field in fields)
        {
            var (text, held) = request.Mode is GatherMode.Append && current.GetValueOrDefault(field) is { Text: not null } value ? (value.Text, Contribution.Read(value.GatheredFrom)) : (null, []);
            if (Contribution.Gather(text, held, answers[field], now) is not { } gathered)
                continue;
            if (gathered.Text.Length > Worksheet.TextMaxLength)
                return WorksheetErrors.TooLongToGather.ToConflict([new($"/fields/{field}", "value.too_long", $"{gathered.Text.Length} characters; at most {Worksheet.TextMaxLength} allowed.")]);
            changes.Add((field, gathered.Text, gathered.From));
        }

        await writer.StoreAsync(sheet, worksheet, current, changes, ct);
        return TypedResults.Ok(await reader.ReadAsync(sheet, ct));
    }

    /// <summary>What members share, by field, in the order in which they began.</summary>
    private static async Task<ILookup<string, (Guid PersonId, string Text, long Version)>> AnswersAsync(
        PLServiceDbContext db, Guid runId, string toolCode, string[] fields, IReadOnlyList<Guid>? people, CancellationToken ct)
    {
        var shared = db.Worksheets.Where(w => w.RunId == runId && w.ToolCode == toolCode && w.PersonId != null && w.SharedAt != null
            && db.ToolkitRunMembers.Any(m => m.RunId == runId && m.PersonId == w.PersonId));
        if (people is not null)
            shared = shared.Where(w => people.Contains(w.PersonId!.Value));
        var found = await shared.Join(
                db.WorksheetValues.Where(v => v.Text != null && fields.Contains(v.Field)), w => w.Id, v => v.WorksheetId,
                (w, v) => new { w.Id, PersonId = w.PersonId!.Value, v.Field, Text = v.Text!, v.Version })
            .OrderBy(answer => answer.Id).ToListAsync(ct);
        return found.ToLookup(answer => answer.Field, answer => (answer.PersonId, answer.Text, answer.Version));
    }
}
