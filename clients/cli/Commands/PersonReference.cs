using System.CommandLine;
using PLService.Cli.Profiles;
using PLService.Client;

namespace PLService.Cli.Commands;

/// <summary>People as one names them: by the service's id, by an outside id such as <c>hr:004711</c>, or by e-mail address.</summary>
internal static class PersonReference
{
    public const string Forms = "The person's id, e-mail address, or outside id as system:value, such as hr:004711.";

    private const int WholePages = 500;

    public static readonly Argument<string> Argument = new("person") { Description = Forms };

    /// <exception cref="UserErrorException">It is none of these, or nobody has the address.</exception>
    public static async Task<PersonResponse> FindAsync(PLServiceClient client, string reference, CancellationToken ct)
    {
        if (Guid.TryParse(reference, out var id))
            return await client.GetPersonAsync(id, ct);
        if (reference.Contains('@', StringComparison.Ordinal))
            return await FindByEmailAsync(client, reference, ct);
        return reference.Split(':', 2) is [{ Length: > 0 } system, { Length: > 0 } value]
            ? await client.GetPersonByIdentifierAsync(system, value, ct)
            : throw new UserErrorException($"'{reference}' is neither a person's id nor an e-mail address nor an outside id such as hr:004711.");
    }

    /// <summary>The id; null when nobody was named.</summary>
    public static async Task<Guid?> IdAsync(PLServiceClient client, string? reference, CancellationToken ct) =>
        reference is null ? null : Guid.TryParse(reference, out var id) ? id : (await FindAsync(client, reference, ct)).Id;

    // Several may have had it one after the other: who has it now goes first, then who had it last.
    private static async Task<PersonResponse> FindByEmailAsync(PLServiceClient client, string email, CancellationToken ct)
    {
        var found = await client.ListAllPeopleAsync(q: email, limit: WholePages, cancellationToken: ct)
            .Where(person => string.Equals(person.Email, email, StringComparison.OrdinalIgnoreCase)).ToListAsync(ct);
        return found.OrderBy(person => person.Status).ThenByDescending(person => person.DeactivatedAt).FirstOrDefault()
            ?? throw new UserErrorException($"Nobody whom you reach has the address '{email}'.");
    }
}
