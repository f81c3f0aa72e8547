using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Imports.PlanFiles;

/// <summary>
/// Plans with their strategies, action steps and obstacles as a file, in just the form that an import of the kind <c>plans</c> takes: sent back it changes nothing, and in
/// another tenant whose organizations and people have the same ids and addresses it makes the same plans. CSV, or with <c>Accept: application/x-ndjson</c> one object a
/// line. What has no external id goes by the service's own. Owners are named where you may read people. A cell of CSV that a spreadsheet would run as a formula has an apostrophe before it,
/// which the import takes off. Archived plans only when they are asked for.
/// </summary>
internal static class ExportPlans
{
    public const string Ndjson = "application/x-ndjson";

    public sealed class Request
    {
        /// <summary>Only of exactly this organization.</summary>
        public Guid? OrganizationId { get; init; }

        /// <summary>Only of this organization or of one below it.</summary>
        public Guid? WithinOrganizationId { get; init; }

        /// <summary>Only with this status.</summary>
        public PlanStatus? Status { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(request => request.Status).IsInEnum();
    }

    public static void Map(RouteGroupBuilder plans) =>
        plans.MapGet("/export", Handle)
            .UseCase(nameof(ExportPlans), "Export plans as a file")
            .RequireScope(Scopes.PlansRead)
            .Validate<Request>()
            .Produces<string>(StatusCodes.Status200OK, Csv.MediaType, Ndjson)
            .Example(response: "row_type,organization_id_system,organization_id,plan_external_id,plan_title,plan_starts_on,plan_ends_on,plan_status,strategy_external_id,strategy_title,step_external_id,step_title\r\n"
                + "step,nces,0612345,plan-2026,Professional learning plan 2026-27,2026-09-01,2027-08-31,active,teams,Teams that meet each week,time,Agree on a weekly time\r\n");

    private static async Task<PushStreamHttpResult> Handle(
        [AsParameters] Request request, HttpContext context, PLServiceDbContext db, PlanFileReader reader, Caller caller, AuditTrail audit, CancellationToken ct)
    {
        var form = Wanted.Best(context.Request, Csv.MediaType, Ndjson);
        var plans = await reader.FindAsync(request, ct);
        if (plans.Count > 0)
        {
            // Steps name people.
            var place = request.OrganizationId ?? request.WithinOrganizationId ?? caller.OnlyRoot;
            audit.Record("plan.exported", place ?? caller.TenantId, place, new { plans = plans.Count, form });
            await db.SaveChangesAsync(ct);
        }

        return TypedResults.Stream(
            async output =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(ct);
                await using var file = new PlanFileWriter(output, form == Ndjson);
                await foreach (var row in reader.ReadAsync(plans, ct))
                    await file.WriteAsync(row);
            },
            $"{form}; charset=utf-8", form == Ndjson ? "plans.ndjson" : "plans.csv");
    }
}
