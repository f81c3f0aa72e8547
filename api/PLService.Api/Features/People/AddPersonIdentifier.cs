using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.People;

/// <summary>
/// Gives a person a further outside id. One person at a time has an id: what another one has now must be ended there first, and times that are known
/// must not overlap. An id of former years can be entered with both dates.
/// </summary>
internal static class AddPersonIdentifier
{
    /// <param name="System">Who gave it: <c>hr</c>, <c>state</c>, <c>sis</c>, ...</param>
    /// <param name="Value">The id as text; leading zeros are kept.</param>
    /// <param name="ValidFrom">Its first day, when known; not in the future.</param>
    /// <param name="ValidTo">Its last day, for an id that ended already.</param>
    public sealed record Request(string System, string Value, DateOnly? ValidFrom = null, DateOnly? ValidTo = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.System).PersonIdentifierSystem();
            RuleFor(request => request.Value).PersonIdentifierValue();
            RuleFor(request => request.ValidTo).Must((request, validTo) => validTo is null || request.ValidFrom is null || request.ValidFrom <= validTo)
                .WithErrorCode("value.out_of_range").WithMessage("The last day lies before the first.");
        }
    }

    public static void Map(RouteGroupBuilder people) =>
        people.MapPost("/{id:guid}/identifiers", Handle)
            .UseCase(nameof(AddPersonIdentifier), "Give a person an outside id")
            .RequireScope(Scopes.PeopleWrite)
            .Validate<Request>()
            .Refuses(
                PersonErrors.NotYours, PersonErrors.IdentifierTaken, PersonErrors.IdentifierOverlaps, PersonErrors.IdentifierInFuture, PersonErrors.TooManyIdentifiers)
            .Example(new Request("hr", "004711", new DateOnly(2019, 7, 1)), PersonIdentifierResponse.Sample);

    private static async Task<Results<Created<PersonIdentifierResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, PersonDesk desk, PLServiceDbContext db, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        // Whoever gives an id away must see who had it before.
        await db.LockOutsideIdAsync(new(request.System, request.Value), ct);
        var (person, refused) = await desk.FindOwnAsync(id, ct);
        if (person is null)
            return refused!;

        var added = new PersonIdentifier { PersonId = id, System = request.System, Value = request.Value, ValidFrom = request.ValidFrom, ValidTo = request.ValidTo };
        var others = await db.PersonIdentifiers.AsNoTracking().Where(i => i.System == added.System && i.Value == added.Value).ToListAsync(ct);
        var count = await db.PersonIdentifiers.CountAsync(i => i.PersonId == id, ct);
        if (added.CheckAgainst(others, count, await db.TodayOfAsync(person, clock.GetUtcNow(), ct)) is { } conflict)
            return conflict.ToConflict();

        db.Add(added);
        db.Touch(person);
        audit.Record("person.identifierAdded", id, person.OrganizationId, request);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/v1/people/{id}/identifiers", PersonIdentifierResponse.Of(added));
    }
}
