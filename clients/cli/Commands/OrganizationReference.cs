using PLService.Cli.Profiles;
using PLService.Client;

namespace PLService.Cli.Commands;

/// <summary>Organizations as people name them: by the service's id, or by an outside id such as <c>nces:0612345</c>.</summary>
internal static class OrganizationReference
{
    /// <exception cref="UserErrorException">It is neither.</exception>
    public static async Task<OrganizationResponse> FindAsync(PLServiceClient client, string reference, CancellationToken ct)
    {
        if (Guid.TryParse(reference, out var id))
            return await client.GetOrganizationAsync(id, ct);
        return reference.Split(':', 2) is [{ Length: > 0 } system, { Length: > 0 } value]
            ? await client.GetOrganizationByIdentifierAsync(system, value, ct)
            : throw new UserErrorException($"'{reference}' is neither an organization's id nor an outside id such as nces:0612345.");
    }

    /// <summary>Its id; null when none was named.</summary>
    public static async Task<Guid?> IdAsync(PLServiceClient client, string? reference, CancellationToken ct) =>
        reference is null ? null : Guid.TryParse(reference, out var id) ? id : (await FindAsync(client, reference, ct)).Id;
}
