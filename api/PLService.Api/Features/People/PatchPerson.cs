using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.People;

/// <summary>
/// Changes some of what is said of a person (JSON Merge Patch, RFC 7396): what is left out stays, null removes, and sets <c>language</c> back to
/// English. The name cannot be removed.
/// </summary>
internal static class PatchPerson
{
    /// <param name="Name">The name, 200 characters at most.</param>
    /// <param name="Email">The e-mail address.</param>
    /// <param name="OrganizationId">Whose person it is.</param>
    /// <param name="Position">What the person does, in the employer's words.</param>
    /// <param name="EmployeeGroup">What the person is employed as.</param>
    /// <param name="Language">The language that the person wants to read, a tag of BCP 47.</param>
    /// <param name="TimeZone">IANA name.</param>
    public sealed record Request(
        string? Name = null, string? Email = null, Guid? OrganizationId = null, string? Position = null, EmployeeGroup? EmployeeGroup = null,
        string? Language = null, string? TimeZone = null);

    public static void Map(RouteGroupBuilder people) =>
        people.MapPatch("/{id:guid}", Handle)
            .UseCase(nameof(PatchPerson), "Change some of what is said of a person")
            .RequireScope(Scopes.PeopleWrite)
            .TakesPatch<Request, ReplacePerson.Request>()
            .Refuses(
                PersonErrors.NotYours, PersonErrors.OrganizationRequired, PersonErrors.UnknownOrganization, PersonErrors.EmailTaken, PersonErrors.BeyondYourReach)
            .Example(new { position = "Assistant principal" }, PersonResponse.Sample with { Position = "Assistant principal", Version = 2 });

    private static async Task<Results<Ok<PersonResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, MergePatch<ReplacePerson.Request> patch, IfMatch ifMatch, PersonDesk desk, PLServiceDbContext db, CancellationToken ct)
    {
        var (person, refused) = await desk.FindOwnAsync(id, ifMatch, ct);
        if (person is null)
            return refused!;
        var (wanted, invalid) = patch.Apply(ReplacePerson.Request.Of(person));
        if (wanted is null)
            return invalid!;
        if (await desk.ChangeAsync(person, wanted.ToDetails(), ct) is { } conflict)
            return conflict.ToConflict();

        return TypedResults.Ok(await PersonResponse.ReadAsync(db, id, ct));
    }
}
