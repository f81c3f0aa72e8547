using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Assessments;

namespace PLService.Api.Features.Assessments;

/// <summary>One assessment as it stands.</summary>
internal static class GetAssessment
{
    private const string Sql = $"select {AssessmentRows.Columns} from pls.assessment a where a.tenant_id = $1 and a.id = $2 and {AssessmentGate.IsReached}";

    public static void Map(RouteGroupBuilder assessments) =>
        assessments.MapGet("/{id:guid}", Handle)
            .UseCase(nameof(GetAssessment), "Read an assessment")
            .RequireScope(Scopes.AssessmentsRead)
            .Example(response: AssessmentResponse.Sample);

    private static async Task<Results<Ok<AssessmentResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, TenantReader reader, AssessmentGate gate, AssessmentRows rows, CancellationToken ct)
    {
        var command = new NpgsqlBatchCommand(Sql);
        foreach (var parameter in gate.Reach(id))
            command.Parameters.Add(parameter);
        var row = await reader.ExecuteAsync(command, async (found, token) => await found.ReadAsync(token) ? AssessmentRows.Read(found) : null, ct);
        return row is null ? Problems.NotFound("assessment") : TypedResults.Ok(await rows.CompleteAsync(row, ct));
    }
}
