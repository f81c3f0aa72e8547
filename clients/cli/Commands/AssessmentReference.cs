using PLService.Cli.Profiles;
using PLService.Client;

namespace PLService.Cli.Commands;

/// <summary>Assessments as people name them: by the service's id, or by their id outside the service.</summary>
internal static class AssessmentReference
{
    /// <exception cref="UserErrorException">None has it, or several organizations use the same outside id.</exception>
    public static async Task<AssessmentResponse> FindAsync(PLServiceClient client, string reference, CancellationToken ct)
    {
        if (Guid.TryParse(reference, out var id))
            return await client.GetAssessmentAsync(id, ct);

        var found = (await client.ListAssessmentsAsync(externalId: reference, limit: 2, cancellationToken: ct)).Items;
        return found switch
        {
            [var one] => one,
            [] => throw new UserErrorException($"No assessment that you reach has the external id '{reference}'."),
            _ => throw new UserErrorException($"Several assessments have the external id '{reference}'; name one by its id ('pls assessments list --external-id {reference}')."),
        };
    }
}
