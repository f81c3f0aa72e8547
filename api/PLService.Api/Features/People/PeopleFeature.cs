namespace PLService.Api.Features.People;

internal static class PeopleFeature
{
    public static void AddPeople(this IServiceCollection services) => services.AddScoped<PersonDesk>().AddScoped<PersonUpsert>().AddScoped<MembershipDesk>();

    /// <summary>Every route about people and their roles, in one place: what is not listed here is not served.</summary>
    public static void MapPeople(this RouteGroupBuilder v1)
    {
        var people = v1.MapGroup("/people").WithTags("People");
        CreatePerson.Map(people);
        ListPeople.Map(people);
        GetPerson.Map(people);
        ReplacePerson.Map(people);
        PatchPerson.Map(people);
        DeletePerson.Map(people);
        DeactivatePerson.Map(people);
        ReactivatePerson.Map(people);

        GetPersonByIdentifier.Map(people);
        PutPersonByIdentifier.Map(people);
        ListPersonIdentifiers.Map(people);
        AddPersonIdentifier.Map(people);
        EndPersonIdentifier.Map(people);

        CreateMembership.Map(people);
        ListMembershipsOfPerson.Map(people);

        var memberships = v1.MapGroup("/memberships").WithTags("Memberships");
        ListMemberships.Map(memberships);
        GetMembership.Map(memberships);
        ReplaceMembership.Map(memberships);
        DeleteMembership.Map(memberships);
    }
}
