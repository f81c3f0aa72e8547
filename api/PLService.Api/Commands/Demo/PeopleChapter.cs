using System.Globalization;
using System.Text;
using PLService.Api.Persistence;

namespace PLService.Api.Commands.Demo;

/// <summary>People of the state, and what each of them is where.</summary>
internal static class PeopleChapter
{
    public static async Task TellAsync(Stage stage, CancellationToken ct)
    {
        var file = new StringBuilder("person_hr_id,email,name,organization_id_system,organization_id,position,employee_group,language\n");
        foreach (var person in ExamplePeople.All)
        {
            file.Append(CultureInfo.InvariantCulture, $"{person.Number},{person.Email},{person.Name},{person.Employer.System},{person.Employer.Value},")
                .Append(CultureInfo.InvariantCulture, $"{person.Position},{EnumText.Of(person.Group)},{person.Language}\n");
        }

        await stage.ImportAsync("people", "people", file.ToString(), ct);

        var ids = await stage.PeopleAsync(ct);
        var places = await stage.OrganizationsAsync(ct);
        await Parallel.ForEachAsync(ExamplePeople.All, ct, async (person, token) =>
        {
            Guid? place = person.Place is { } named ? places[named] : null;
            await stage.SendAsync(
                HttpMethod.Post, $"/v1/people/{ids[person.Email]}/memberships", new { role = EnumText.Of(person.Role), organizationId = place }, token, expected: "membership.exists");
        });
    }
}
