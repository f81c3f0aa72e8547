using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.People;

/// <summary>
/// Replaces what is said of a person. Outside ids, roles and the status have operations of their own. What is the same already changes nothing, and
/// the version stays. The e-mail address decides who signs in: of somebody with roles, only who could give those roles can change it.
/// </summary>
internal static class ReplacePerson
{
    /// <param name="Name">The name, 200 characters at most.</param>
    /// <param name="Email">The e-mail address.</param>
    /// <param name="OrganizationId">Whose person it is.</param>
    /// <param name="Position">What the person does, in the employer's words, 120 characters at most.</param>
    /// <param name="EmployeeGroup">What the person is employed as.</param>
    /// <param name="Language">The language that the person wants to read, a tag of BCP 47; en unless given.</param>
    /// <param name="TimeZone">IANA name; that of the organization unless given.</param>
    public sealed record Request(
        string Name, string? Email = null, Guid? OrganizationId = null, string? Position = null, EmployeeGroup? EmployeeGroup = null,
        string Language = Person.DefaultLanguage, string? TimeZone = null)
    {
        internal PersonDetails ToDetails() => new(Name, Email, OrganizationId, Position, EmployeeGroup, Language, TimeZone);

        internal static Request Of(Person person) =>
            new(person.Name, person.Email, person.OrganizationId, person.Position, person.EmployeeGroup, person.Language, person.TimeZone);
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Name).PersonName();
            RuleFor(request => request.Email).Email();
            RuleFor(request => request.OrganizationId).NotEqual(Guid.Empty);
            RuleFor(request => request.Position).Position();
            RuleFor(request => request.EmployeeGroup).IsInEnum();
            RuleFor(request => request.Language).Language();
            RuleFor(request => request.TimeZone).PersonTimeZone();
        }
    }

    public static void Map(RouteGroupBuilder people) =>
        people.MapPut("/{id:guid}", Handle)
            .UseCase(nameof(ReplacePerson), "Replace what is said of a person")
            .RequireScope(Scopes.PeopleWrite)
            .Validate<Request>()
            .Refuses(
                PersonErrors.NotYours, PersonErrors.OrganizationRequired, PersonErrors.UnknownOrganization, PersonErrors.EmailTaken, PersonErrors.BeyondYourReach)
            .Example(
                new Request("Ada Moreno", "ada.moreno@example.org", PersonResponse.Sample.OrganizationId, "Principal", Domain.People.EmployeeGroup.SiteAdministrator, "es"),
                PersonResponse.Sample with { Language = "es", Version = 2 });

    private static async Task<Results<Ok<PersonResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, IfMatch ifMatch, PersonDesk desk, PLServiceDbContext db, CancellationToken ct)
    {
        var (person, refused) = await desk.FindOwnAsync(id, ifMatch, ct);
        if (person is null)
            return refused!;
        if (await desk.ChangeAsync(person, request.ToDetails(), ct) is { } conflict)
            return conflict.ToConflict();

        return TypedResults.Ok(await PersonResponse.ReadAsync(db, id, ct));
    }
}
