using System.CommandLine;
using PLService.Cli.Profiles;

namespace PLService.Cli.Commands;

/// <summary>Plans as people name them: by the service's id, or by their external id.</summary>
internal static class PlanReference
{
    public static readonly Argument<string> Argument = new("plan") { Description = "The plan's id, or its external id." };

    /// <exception cref="UserErrorException">There is none, or several organizations have one of this external id.</exception>
    public static async Task<Guid> IdAsync(Session session, CancellationToken ct)
    {
        var reference = session.Parsed.GetRequiredValue(Argument);
        if (Guid.TryParse(reference, out var id))
            return id;
        var found = (await session.Client.ListPlansAsync(externalId: reference, limit: 2, cancellationToken: ct)).Items;
        return found.Count switch
        {
            1 => found[0].Id,
            0 => throw new UserErrorException($"There is no plan '{reference}' that you reach."),
            _ => throw new UserErrorException($"Several organizations have a plan '{reference}'; name one by its id."),
        };
    }
}
