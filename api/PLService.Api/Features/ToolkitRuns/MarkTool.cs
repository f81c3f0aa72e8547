using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ToolkitRuns;

/// <summary>
/// Says how far the team is with a tool. Tools are meant to be used in order; one may be skipped, with a reason, and a later one begun before:
/// both are shown. <c>notStarted</c> takes back what was said: then the work that there is decides. If-Match takes the ETag of the run.
/// </summary>
internal static class MarkTool
{
    /// <param name="State">How far the team is.</param>
    /// <param name="Reason">Why it is skipped, 500 characters at most; only for that.</param>
    public sealed record Request(ToolState State, string? Reason = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.State).IsInEnum();
            RuleFor(request => request.Reason).Length(1, ToolMark.ReasonMaxLength);
            RuleFor(request => request.Reason).Must((request, reason) => reason is null || request.State is ToolState.Skipped)
                .WithErrorCode("value.invalid").WithMessage("Only what is skipped has a reason.");
        }
    }

    public static void Map(RouteGroupBuilder runs) =>
        runs.MapPut("/{id:guid}/tools/{toolCode}", Handle)
            .UseCase(nameof(MarkTool), "Say how far the team is with a tool")
            .RequireScope(Scopes.ToolkitsWrite)
            .Validate<Request>()
            .Refuses(ToolkitRunErrors.NotMember)
            .Example(new Request(ToolState.Skipped, "Done last year."), ToolkitRunResponse.Sample);

    private static async Task<Results<Ok<ToolkitRunResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string toolCode, Request request, IfMatch ifMatch, PLServiceDbContext db, RunDesk desk, RunReader reader, Caller caller, AuditTrail audit, TimeProvider clock,
        CancellationToken ct)
    {
        await desk.LockAsync(id, ct);
        var (found, refused) = await desk.FindForWorkAsync(id, ct);
        if (found is null)
            return refused!;
        if (found.Layout.FindTool(toolCode) is null)
            return Problems.NotFound("tool");
        if (ifMatch.Refuses(found.Run.Version) is { } stale)
            return stale;

        var mark = await db.ToolMarks.SingleOrDefaultAsync(m => m.RunId == id && m.ToolCode == toolCode, ct);
        if (request.State is ToolState.NotStarted)
        {
            if (mark is not null)
                db.Remove(mark);
        }
        else
        {
            if (mark is null)
                db.Add(mark = new ToolMark { RunId = id, ToolCode = toolCode });
            (mark.State, mark.Reason, mark.PersonId, mark.ApiClientId, mark.At) = (request.State, request.Reason, caller.PersonId, caller.ApiClientId, clock.GetUtcNow());
        }

        db.Touch(found.Run);
        audit.Record("toolkitRun.marked", id, found.Run.OrganizationId, new { tool = toolCode, state = EnumText.Of(request.State) });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await reader.ReadAsync(found.Run, ct));
    }
}
