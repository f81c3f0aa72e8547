using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.AccessRequests;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.AccessRequests;

/// <summary>Refuses a request, with a note that the asker reads.</summary>
internal static class RefuseAccessRequest
{
    /// <param name="Note">Why not, 1,000 characters at most.</param>
    public sealed record Request(string Note);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.Note).NotEmpty().MaximumLength(AccessRequest.NoteMaxLength);
    }

    public static void Map(RouteGroupBuilder requests) =>
        requests.MapPost("/{id:guid}/refuse", Handle)
            .UseCase(nameof(RefuseAccessRequest), "Refuse a request for a role")
            .RequireScope(Scopes.PeopleWrite)
            .Validate<Request>()
            .Refuses(AccessRequestErrors.Decided)
            .Example(
                new Request("Your principal runs the assessment this fall."),
                AccessRequestResponse.Granted with { Status = AccessRequestStatus.Refused, MembershipId = null, Note = "Your principal runs the assessment this fall." });

    private static async Task<Results<Ok<AccessRequestResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, IfMatch ifMatch, DecisionDesk desk, RequestMail mail, PLServiceDbContext db, AuditTrail audit, CancellationToken ct)
    {
        var (asked, refused) = await desk.HoldAsync(id, ifMatch, ct);
        if (asked is null)
            return refused!;
        if (asked.Refuse(desk.Decide(request.Note)) is { } decided)
            return decided.ToConflict();

        audit.Record("accessRequest.refused", id, asked.OrganizationId);
        await mail.DecideAsync(asked, asked.Role, await db.Organizations.Where(o => o.Id == asked.OrganizationId).Select(o => o.Name).SingleOrDefaultAsync(ct), ct);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await db.AccessRequests.Where(r => r.Id == id).Select(AccessRequestResponse.From(db)).SingleAsync(ct));
    }
}
