using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.People;

/// <summary>Ends an outside id of a person: it stays in the history, and another person may have it then.</summary>
internal static class EndPersonIdentifier
{
    /// <param name="ValidTo">Its last day; not in the future. Today, where the person is, unless given.</param>
    public sealed record Request(DateOnly? ValidTo = null);

    // The rules need the person's dates, so the domain has them all.
    public sealed class Validator : AbstractValidator<Request>;

    public static void Map(RouteGroupBuilder people) =>
        people.MapPost("/{id:guid}/identifiers/{identifierId:guid}/end", Handle)
            .UseCase(nameof(EndPersonIdentifier), "End a person's outside id")
            .RequireScope(Scopes.PeopleWrite)
            .Validate<Request>()
            .Refuses(PersonErrors.NotYours, PersonErrors.IdentifierEnded, PersonErrors.IdentifierInFuture, PersonErrors.IdentifierEndsBeforeItBegins)
            .Example(new Request(new DateOnly(2026, 6, 30)), PersonIdentifierResponse.Sample with { ValidTo = new DateOnly(2026, 6, 30) });

    private static async Task<Results<Ok<PersonIdentifierResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Guid identifierId, Request request, PersonDesk desk, PLServiceDbContext db, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        var (person, refused) = await desk.FindOwnAsync(id, ct);
        if (person is null)
            return refused!;
        if (await db.PersonIdentifiers.SingleOrDefaultAsync(i => i.PersonId == id && i.Id == identifierId, ct) is not { } identifier)
            return Problems.NotFound("identifier");

        var today = await db.TodayOfAsync(person, clock.GetUtcNow(), ct);
        if (identifier.End(request.ValidTo ?? today, today) is { } conflict)
            return conflict.ToConflict();

        db.Touch(person);
        audit.Record("person.identifierEnded", id, person.OrganizationId, new { identifier.System, identifier.Value, identifier.ValidTo });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(PersonIdentifierResponse.Of(identifier));
    }
}
