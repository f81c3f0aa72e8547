using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Plans;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Plans.Versions;

/// <summary>The versions of a plan that were kept, the latest first, without what they said.</summary>
internal static class ListPlanVersions
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only those that were kept for this reason.</summary>
        public PlanVersionReason? Reason { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator() => RuleFor(request => request.Cursor).Must(cursor => cursor is null || Last(cursor) is not null)
            .WithErrorCode("cursor.unknown").WithMessage("This is not a cursor of this list; take nextCursor of the page before.");
    }

    public static void Map(RouteGroupBuilder plans) =>
        plans.MapQuery("/{id:guid}/versions", Handle)
            .UseCase(nameof(ListPlanVersions), "List the versions of a plan")
            .RequireScope(Scopes.PlansRead)
            .Validate<Request>()
            .Example(response: new Page<PlanVersionResponse>([PlanVersionResponse.Sample], null, null));

    private static async Task<Results<Ok<Page<PlanVersionResponse>>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, [AsParameters] Request request, PLServiceDbContext db, CancellationToken ct)
    {
        if (!await db.ReachablePlans().AnyAsync(plan => plan.Id == id, ct))
            return Problems.NotFound("plan");
        var found = db.PlanVersions.AsNoTracking().Where(version => version.PlanId == id);
        if (request.Reason is { } reason)
            found = found.Where(version => version.Reason == reason);
        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (request.Cursor is not null && Last(request.Cursor) is { } last)
            found = found.Where(version => version.Number < last);

        var rows = await found.OrderByDescending(version => version.Number).Take(request.Take + 1)
            .Select(v => new PlanVersion
            {
                Number = v.Number,
                Reason = v.Reason,
                Name = v.Name,
                Shows = v.Shows,
                Status = v.Status,
                PersonId = v.PersonId,
                ApiClientId = v.ApiClientId,
                At = v.At,
            }).ToListAsync(ct);
        var page = Page.Of(rows, request.Take, version => [version.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)], count);
        var names = await db.NamesOfAsync(page.Items.Select(version => version.PersonId), ct);
        return TypedResults.Ok(new Page<PlanVersionResponse>([.. page.Items.Select(version => PlanVersionResponse.Of(version, names))], page.NextCursor, page.Count));
    }

    private static int? Last(string cursor) => Cursor.TryDecode(cursor, out var keys) && keys is [var key] && int.TryParse(key, out var number) ? number : null;
}
