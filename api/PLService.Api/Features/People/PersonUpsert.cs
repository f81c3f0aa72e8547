using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.People;

/// <summary>The two halves of <see cref="PutPersonByIdentifier"/>.</summary>
internal sealed class PersonUpsert(PLServiceDbContext db, PersonDesk desk)
{
    public async Task<(Person?, string Outcome, DomainError?)> CreateAsync(OutsideId id, PutPersonByIdentifier.Request request, CancellationToken ct)
    {
        var (organizationId, unknown) = await OrganizationOfAsync(request.Organization, null, ct);
        if (unknown is not null)
            return (null, "", unknown);

        var (person, refused) = await desk.CreateAsync(
            new(request.Name, request.Email, organizationId, request.Position, request.EmployeeGroup, request.Language ?? Person.DefaultLanguage, request.TimeZone), [id], ct);
        return (person, "created", refused);
    }

    public async Task<(Person?, string Outcome, DomainError?)> UpdateAsync(Person person, PutPersonByIdentifier.Request request, CancellationToken ct)
    {
        var (organizationId, unknown) = await OrganizationOfAsync(request.Organization, person.OrganizationId, ct);
        if (unknown is not null)
            return (null, "", unknown);

        var before = person.Details();
        var wanted = new PersonDetails(
            request.Name, request.Email ?? before.Email, organizationId, request.Position ?? before.Position, request.EmployeeGroup ?? before.EmployeeGroup,
            request.Language ?? before.Language, request.TimeZone ?? before.TimeZone);
        return (person, wanted == before ? "unchanged" : "updated", await desk.ChangeAsync(person, wanted, ct));
    }

    private async Task<(Guid?, DomainError?)> OrganizationOfAsync(OrganizationReference? organization, Guid? otherwise, CancellationToken ct)
    {
        if (organization is null)
            return (otherwise, null);
        if (organization.Id is { } given)
            return (given, null);
        var found = await db.ReachableOrganizations()
            .Where(o => db.OrganizationIdentifiers.Any(i => i.OrganizationId == o.Id && i.System == organization.System && i.Value == organization.Value && i.ValidTo == null))
            .Select(o => (Guid?)o.Id).SingleOrDefaultAsync(ct);
        return (found, found is null ? PersonErrors.UnknownOrganization : null);
    }
}
