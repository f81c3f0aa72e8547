namespace PLService.Api.Commands.Demo;

/// <summary>What chapters look up of what earlier ones made.</summary>
internal static class StageLists
{
    /// <summary>Organizations by each of their outside ids.</summary>
    public static async Task<IReadOnlyDictionary<(string System, string Value), Guid>> OrganizationsAsync(this Stage stage, CancellationToken ct) =>
        (await stage.ListAsync("/v1/organizations", ct))
        .SelectMany(organization => organization["identifiers"]!.AsArray(), (organization, id) => ((string)id!["system"]!, (string)id["value"]!, Id: (Guid)organization["id"]!))
        .ToDictionary(entry => (entry.Item1, entry.Item2), entry => entry.Id);

    /// <summary>People by e-mail address.</summary>
    public static async Task<IReadOnlyDictionary<string, Guid>> PeopleAsync(this Stage stage, CancellationToken ct) =>
        (await stage.ListAsync("/v1/people", ct)).Where(person => person["email"] is not null)
        .ToDictionary(person => (string)person["email"]!, person => (Guid)person["id"]!, StringComparer.OrdinalIgnoreCase);
}
