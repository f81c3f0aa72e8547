using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.People;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.People;

/// <summary>
/// Adds a person, without any role yet. Whose person it is has to be an organization that you reach; only who reaches the whole tenant can leave it
/// out. One active person at a time has an e-mail address, in whatever case it is written.
/// </summary>
internal static class CreatePerson
{
    /// <param name="Name">The name, 200 characters at most.</param>
    /// <param name="Email">The e-mail address.</param>
    /// <param name="OrganizationId">Whose person it is.</param>
    /// <param name="Position">What the person does, in the employer's words, 120 characters at most.</param>
    /// <param name="EmployeeGroup">What the person is employed as.</param>
    /// <param name="Language">The language that the person wants to read, a tag of BCP 47; en unless given.</param>
    /// <param name="TimeZone">IANA name; that of the organization unless given.</param>
    /// <param name="Identifiers">Outside ids, 20 at most; leading zeros are kept.</param>
    public sealed record Request(
        string Name, string? Email = null, Guid? OrganizationId = null, string? Position = null, EmployeeGroup? EmployeeGroup = null,
        string Language = Person.DefaultLanguage, string? TimeZone = null, IReadOnlyList<OutsideId>? Identifiers = null);

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
            RuleFor(request => request.Identifiers).Must(ids => ids is null || ids.Count <= PersonIdentifier.MaxPerPerson)
                .WithErrorCode("value.too_many").WithMessage($"A person has at most {PersonIdentifier.MaxPerPerson} outside ids.");
            RuleForEach(request => request.Identifiers).NotNull().SetValidator(new PersonOutsideIdValidator());
        }
    }

    public static void Map(RouteGroupBuilder people) =>
        people.MapPost("/", Handle)
            .UseCase(nameof(CreatePerson), "Add a person")
            .RequireScope(Scopes.PeopleWrite)
            .Validate<Request>()
            .Refuses(PersonErrors.OrganizationRequired, PersonErrors.UnknownOrganization, PersonErrors.EmailTaken, PersonErrors.IdentifierTaken)
            .Example(
                new Request(
                    "Ada Moreno", "ada.moreno@example.org", PersonResponse.Sample.OrganizationId, "Principal", Domain.People.EmployeeGroup.SiteAdministrator, "en", null,
                    [new("hr", "004711")]),
                PersonResponse.Sample with { Memberships = [] });

    private static async Task<Results<Created<PersonResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, PersonDesk desk, PLServiceDbContext db, CancellationToken ct)
    {
        var details = new PersonDetails(
            request.Name, request.Email, request.OrganizationId, request.Position, request.EmployeeGroup, request.Language, request.TimeZone);
        var (person, refused) = await desk.CreateAsync(details, request.Identifiers ?? [], ct);
        if (refused is not null)
            return refused.ToConflict();

        return TypedResults.Created($"/v1/people/{person.Id}", await PersonResponse.ReadAsync(db, person.Id, ct));
    }
}
