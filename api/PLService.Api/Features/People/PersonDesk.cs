using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.People;

/// <summary>What operations that change people have in common: whom they find, and what a change has to keep.</summary>
internal sealed class PersonDesk(PLServiceDbContext db, Caller caller, RoleReach reach, AuditTrail audit)
{
    /// <summary>The person if it is the caller's to change, its row locked; otherwise the refusal. One who is only seen is told apart from one who is not.</summary>
    public async Task<(Person? Person, JsonHttpResult<ApiProblem>? Refused)> FindOwnAsync(Guid id, CancellationToken ct)
    {
        await db.LockPersonAsync(id, ct);
        if (await db.ReachablePeople().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } person)
            return (null, Problems.NotFound("person"));
        return await IsOwnAsync(id, ct) ? (person, null) : (null, PersonErrors.NotYours.ToConflict());
    }

    /// <summary>The same, for who read it at the version in If-Match.</summary>
    public async Task<(Person? Person, JsonHttpResult<ApiProblem>? Refused)> FindOwnAsync(Guid id, IfMatch ifMatch, CancellationToken ct)
    {
        var (person, refused) = await FindOwnAsync(id, ct);
        return person is not null && ifMatch.Refuses(person.Version) is { } stale ? (null, stale) : (person, refused);
    }

    public async Task<bool> IsOwnAsync(Guid id, CancellationToken ct) => caller.ReachesAll || await db.OwnPeople().AnyAsync(p => p.Id == id, ct);

    /// <summary>Adds a person with these outside ids. The caller has committed to nothing when it is refused.</summary>
    public async Task<(Person Person, DomainError? Refused)> CreateAsync(PersonDetails details, IEnumerable<OutsideId> identifiers, CancellationToken ct)
    {
        var person = Person.Create(details);
        if (await RefusesAsync(details.OrganizationId, ct) is { } elsewhere)
            return (person, elsewhere);

        db.Add(person);
        audit.Record("person.created", person.Id, person.OrganizationId);
        // One after the other, so that it is known which of the two is taken.
        if (await db.TrySaveAsync(PersonErrors.EmailTaken, ct) is { } taken)
            return (person, taken);

        db.AddRange(identifiers.Select(id => new PersonIdentifier { PersonId = person.Id, System = id.System, Value = id.Value }));
        return (person, await db.TrySaveAsync(PersonErrors.IdentifierTaken, ct));
    }

    /// <summary>Makes <paramref name="wanted"/> what is said of the person. The same as before changes nothing.</summary>
    public async Task<DomainError?> ChangeAsync(Person person, PersonDetails wanted, CancellationToken ct)
    {
        if (wanted.OrganizationId != person.OrganizationId && await RefusesAsync(wanted.OrganizationId, ct) is { } elsewhere)
            return elsewhere;
        if (!EmailAddress.AreSame(wanted.Email, person.Email) && !await reach.CouldGiveRolesOfAsync(person.Id, ct))
            return PersonErrors.BeyondYourReach;

        var before = person.OrganizationId;
        person.Change(wanted);
        // What it was and is are people's data, and not for the trail.
        if (db.ChangedMembersOf(person) is { Count: > 0 } changed)
        {
            audit.Record("person.changed", person.Id, person.OrganizationId, new { changed });
            // Who reaches the old organization alone may not see the person any more, but must learn that it left.
            if (before != person.OrganizationId && before is not null)
                audit.Record("person.movedAway", person.Id, before);
        }

        return await db.TrySaveAsync(PersonErrors.EmailTaken, ct);
    }

    private async Task<DomainError?> RefusesAsync(Guid? organizationId, CancellationToken ct) =>
        organizationId is null ? caller.ReachesAll ? null : PersonErrors.OrganizationRequired
        : await db.ReachableOrganizations().AnyAsync(o => o.Id == organizationId, ct) ? null : PersonErrors.UnknownOrganization;
}
