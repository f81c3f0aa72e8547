using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Plans.Reviews;

/// <summary>
/// Opens a thread about a plan or about one part of it; a plan has 1,000 threads at most. The other side is written to: both sides of the last submission, or
/// those who lead where the plan is.
/// </summary>
internal static class CreatePlanComment
{
    /// <param name="Text">What is to be said, 5,000 characters at most.</param>
    /// <param name="PartId">The part that it is about; the whole plan unless given.</param>
    public sealed record Request(string Text, Guid? PartId = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.Text).NotEmpty().MaximumLength(PlanComment.TextMaxLength);
    }

    public static void Map(RouteGroupBuilder comments) =>
        comments.MapPost("/", Handle)
            .UseCase(nameof(CreatePlanComment), "Comment on a plan")
            .RequireScope(Scopes.PlansComment)
            .Validate<Request>()
            .Refuses(PlanCommentErrors.UnknownPart, PlanCommentErrors.TooMany)
            .Example(new Request(PlanCommentResponse.Sample.Text, PlanCommentResponse.Sample.PartId), PlanCommentResponse.Sample);

    private static async Task<Results<Created<PlanCommentResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, PLServiceDbContext db, CommentDesk desk, Caller caller, CancellationToken ct)
    {
        if (await desk.PlanAsync(id, ct) is not { } plan)
            return Problems.NotFound("plan");
        var part = request.PartId is { } partId ? await db.PlanParts.AsNoTracking().SingleOrDefaultAsync(p => p.PlanId == id && p.Id == partId, ct) : null;
        if (part is null && request.PartId is not null)
            return PlanCommentErrors.UnknownPart.ToConflict();
        if (await db.PlanComments.CountAsync(c => c.PlanId == id && c.ThreadId == null, ct) >= PlanComment.MaxThreads)
            return PlanCommentErrors.TooMany.ToConflict();

        var comment = await desk.AddAsync(plan, PlanComment.Open(id, part, request.Text, caller.PersonId, caller.ApiClientId), ct);
        return TypedResults.Created($"/v1/plans/{id}/comments/{comment.Id}", comment);
    }
}
