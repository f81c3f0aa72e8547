using System.CommandLine;
using PLService.Cli.Profiles;
using PLService.Client;

namespace PLService.Cli.Commands;

/// <summary>Assessments as people name them: by the service's id, or by their id outside the service.</summary>
internal static class AssessmentReference
{
    public static readonly Argument<string> Argument = new("assessment") { Description = "The assessment's id, or its external id." };

    public static readonly Option<int?> Revision = new("--revision")
    {
        Description = "Which frozen result, when the assessment was reopened and closed again; the latest unless given.",
        HelpName = "number",
    };

    /// <summary>The assessment that the command line names.</summary>
    /// <exception cref="UserErrorException">None has it, or several organizations use the same outside id.</exception>
    public static async Task<AssessmentResponse> FindAsync(Session session, CancellationToken ct)
    {
        var reference = session.Parsed.GetRequiredValue(Argument);
        if (Guid.TryParse(reference, out var id))
            return await session.Client.GetAssessmentAsync(id, ct);

        var found = (await session.Client.ListAssessmentsAsync(externalId: reference, limit: 2, cancellationToken: ct)).Items;
        return found switch
        {
            [var one] => one,
            [] => throw new UserErrorException($"No assessment that you reach has the external id '{reference}'."),
            _ => throw new UserErrorException($"Several assessments have the external id '{reference}'; name one by its id ('pls assessments list --external-id {reference}')."),
        };
    }
}
