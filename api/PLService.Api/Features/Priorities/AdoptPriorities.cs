using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using PLService.Api.Access;
using PLService.Api.Domain.Priorities;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Priorities;

/// <summary>
/// Adopts the first priorities of a list, or chosen ones: from then on strategies and steps of plans can refer to them. Those that are adopted already stay
/// so, and the others stay proposed.
/// </summary>
internal static class AdoptPriorities
{
    /// <param name="Top">How many of the first ones, 1 to 200.</param>
    /// <param name="PriorityIds">Or which ones.</param>
    public sealed record Request(int? Top = null, IReadOnlyList<Guid>? PriorityIds = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Top).InclusiveBetween(1, PriorityList.MaxPriorities);
            RuleFor(request => request.PriorityIds).Ids(least: 1);
            RuleFor(request => request.Top).Must((request, top) => (top is null) != (request.PriorityIds is null))
                .WithErrorCode("value.inconsistent").WithMessage("Say either how many of the first ones, or which ones.");
        }
    }

    public static void Map(RouteGroupBuilder lists) =>
        lists.MapPost("/{id:guid}/adopt", Handle)
            .UseCase(nameof(AdoptPriorities), "Adopt priorities of a list")
            .RequireScope(Scopes.PlansWrite)
            .Validate<Request>()
            .Refuses(PriorityErrors.LeadersOnly, PriorityErrors.VotingIsOpen, PriorityErrors.UnknownPriority)
            .Example(new Request(Top: 3), WholePriorityListResponse.Sample with
            {
                Priorities = [PriorityResponse.Sample with { Status = PriorityStatus.Adopted, AdoptedAt = PriorityListResponse.Sample.CreatedAt, Version = 2 }],
            });

    private static async Task<Results<Ok<WholePriorityListResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, Request request, IfMatch ifMatch, PriorityDesk desk, PLServiceDbContext db, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        var (list, priorities, refused) = await desk.FindForLeadingAsync(id, ifMatch, isFixedWhileVoting: true, ct);
        if (list is null)
            return refused!;
        var standing = priorities.Where(p => p.Status is not PriorityStatus.Dropped).ToList();
        var chosen = request.Top is { } top ? [.. standing.Take(top)] : standing.FindAll(p => request.PriorityIds!.Contains(p.Id));
        if (request.PriorityIds is { } ids && chosen.Count < ids.Count)
            return PriorityErrors.UnknownPriority.ToConflict();

        foreach (var priority in chosen)
        {
            if (priority.Adopt(clock.GetUtcNow()) is { } wrong)
                return wrong.ToConflict();
        }

        db.Touch(list);
        audit.Record("priorityList.adopted", id, list.OrganizationId, new { priorities = chosen.Select(p => p.Id) });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(WholePriorityListResponse.Of(list, priorities));
    }
}
