using PLService.Client;

namespace PLService.Cli.Exports;

/// <summary>What files call organizations: the first outside id of each. What is not in the list is asked for, once.</summary>
internal sealed class OutsideNames(PLServiceClient client, IEnumerable<OrganizationResponse> known)
{
    private readonly Dictionary<Guid, OutsideId?> _names = known.ToDictionary(one => one.Id, one => one.Identifiers is [var first, ..] ? first : null);

    /// <summary>Its outside id; null when it has none, or cannot be reached, such as the parent of the topmost organization that one reaches.</summary>
    public async Task<OutsideId?> OfAsync(Guid? organizationId, CancellationToken ct)
    {
        if (organizationId is not { } id)
            return null;
        if (!_names.TryGetValue(id, out var name))
            _names[id] = name = await AskAsync(id, ct);
        return name;
    }

    private async Task<OutsideId?> AskAsync(Guid id, CancellationToken ct)
    {
        try
        {
            return (await client.GetOrganizationAsync(id, ct)).Identifiers is [var first, ..] ? first : null;
        }
        catch (ApiProblemException unreachable) when (unreachable.Code == "organization.not_found")
        {
            return null;
        }
    }
}
