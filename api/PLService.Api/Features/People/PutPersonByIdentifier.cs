using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.People;

/// <summary>
/// Creates the person who has this outside id, or brings it up to date: made for scripts that know no other ids. The header <c>PLService-Outcome</c>
/// says <c>created</c> (201), <c>updated</c> or <c>unchanged</c> (200); unchanged leaves the version alone. Optional members that are left out stay as
/// they are. Roles and status stay too. If-Match is not needed here; when it is sent, it is honoured.
/// </summary>
internal static class PutPersonByIdentifier
{
    public const string OutcomeHeader = "PLService-Outcome";

    /// <param name="Name">The name, 200 characters at most.</param>
    /// <param name="Email">The e-mail address.</param>
    /// <param name="Organization">Whose person it is. Left out: a new person belongs to the tenant as a whole, a known one stays where it is.</param>
    /// <param name="Position">What the person does, in the employer's words, 120 characters at most.</param>
    /// <param name="EmployeeGroup">What the person is employed as.</param>
    /// <param name="Language">The language that the person wants to read, a tag of BCP 47; en for a new person unless given.</param>
    /// <param name="TimeZone">IANA name.</param>
    public sealed record Request(
        string Name, string? Email = null, OrganizationReference? Organization = null, string? Position = null, EmployeeGroup? EmployeeGroup = null,
        string? Language = null, string? TimeZone = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Name).PersonName();
            RuleFor(request => request.Email).Email();
            RuleFor(request => request.Organization!).SetValidator(new OrganizationReferenceValidator()).When(request => request.Organization is not null);
            RuleFor(request => request.Position).Position();
            RuleFor(request => request.EmployeeGroup).IsInEnum();
            RuleFor(request => request.Language).Language();
            RuleFor(request => request.TimeZone).PersonTimeZone();
        }
    }

    public static void Map(RouteGroupBuilder people) =>
        people.MapPut("/by-id/{system}/{value}", Handle)
            .UseCase(nameof(PutPersonByIdentifier), "Create or update a person by an outside id")
            .RequireScope(Scopes.PeopleWrite)
            .Validate<Request>()
            .AnswersWith(OutcomeHeader, "created, updated or unchanged")
            .Refuses(
                PersonErrors.NotYours, PersonErrors.OrganizationRequired, PersonErrors.UnknownOrganization, PersonErrors.EmailTaken, PersonErrors.IdentifierTaken,
                PersonErrors.BeyondYourReach)
            .Example(
                new Request("Ada Moreno", "ada.moreno@example.org", new OrganizationReference(System: "nces", Value: "9900030"), "Principal"),
                PersonResponse.Sample);

    private static async Task<Results<Ok<PersonResponse>, Created<PersonResponse>, JsonHttpResult<ApiProblem>>> Handle(
        string system, string value, Request request, IfMatch? ifMatch, HttpResponse response, PersonDesk desk, PersonUpsert upsert, PLServiceDbContext db,
        CancellationToken ct)
    {
        var outsideId = OutsideId.FromPath(system, value);
        if (outsideId.FaultsInPath(new PersonOutsideIdValidator()) is { Count: > 0 } faults)
            return Problems.Invalid(faults);

        // Two scripts that send the same new person must not both find that it is missing.
        await db.LockOutsideIdAsync(outsideId, ct);
        var known = await db.ReachablePeople().WithOutsideId(db, outsideId).SingleOrDefaultAsync(ct);
        if (known is null ? ifMatch?.RefusesAbsence() is { } failed : (failed = ifMatch?.Refuses(known.Version)) is not null)
            return failed!;
        if (known is not null && !await desk.IsOwnAsync(known.Id, ct))
            return PersonErrors.NotYours.ToConflict();

        var (person, outcome, refused) = known is null ? await upsert.CreateAsync(outsideId, request, ct) : await upsert.UpdateAsync(known, request, ct);
        if (refused is not null)
            return refused.ToConflict();

        response.Headers[OutcomeHeader] = outcome;
        var stored = await PersonResponse.ReadAsync(db, person!.Id, ct);
        return known is null ? TypedResults.Created($"/v1/people/{stored.Id}", stored) : TypedResults.Ok(stored);
    }
}
