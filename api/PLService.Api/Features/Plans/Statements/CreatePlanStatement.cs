using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;

namespace PLService.Api.Features.Plans.Statements;

/// <summary>Adds an if / then statement to the theory of action.</summary>
internal static class CreatePlanStatement
{
    public static void Map(RouteGroupBuilder statements) =>
        statements.MapPost("/", Handle)
            .UseCase(nameof(CreatePlanStatement), "Add an if / then statement to a plan")
            .RequireScope(Scopes.PlansWrite)
            .Validate<StatementContent>()
            .Refuses(PlanErrors.NotEditable, PlanErrors.OwnPartsOnly, PlanErrors.TooManyParts)
            .Example(PlanStatementResponse.SampleContent, PlanStatementResponse.Sample);

    private static async Task<Results<Created<PlanStatementResponse>, JsonHttpResult<ApiProblem>>> Handle(Guid id, StatementContent request, PlanDesk desk, CancellationToken ct)
    {
        var (part, refused) = await desk.AddAsync(id, PlanPartKind.Statement, request, ct);
        return part is null ? refused! : TypedResults.Created($"/v1/plans/{id}/statements/{part.Id}", PlanStatementResponse.Of(part));
    }
}
