using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Teams;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Teams.Kinds;

/// <summary>
/// Sets what all of the tenant's teams of a kind have to be made up of, in place of what it was. Teams are never refused because of it: each says from then
/// on which rules it does not meet.
/// </summary>
internal static class PutTeamKindRules
{
    /// <param name="Rules">Each names a constituency and how many members of it there have to be at least; 30 at most, none demands nothing.</param>
    internal sealed record Request(IReadOnlyList<TeamRule> Rules);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Rules)
                .Must(rules => rules.Count <= TeamRuleSet.MaxRules).WithErrorCode("value.too_many").WithMessage($"At most {TeamRuleSet.MaxRules} rules.")
                .Must(rules => rules.Select(rule => rule?.Constituency).Distinct().Count() == rules.Count)
                .WithErrorCode("value.duplicate").WithMessage("A constituency stands in two rules.");
            RuleForEach(request => request.Rules).NotNull().ChildRules(rule =>
            {
                rule.RuleFor(of => of.Constituency).Must(TeamConstituency.IsCode)
                    .WithErrorCode("value.pattern").WithMessage("A constituency is named by its code, such as bargainingUnit.");
                rule.RuleFor(of => of.Minimum).InclusiveBetween(1, TeamRuleSet.MaxMinimum);
            });
        }
    }

    public static void Map(RouteGroupBuilder kinds) =>
        kinds.MapPut("/{kind}/rules", Handle)
            .UseCase(nameof(PutTeamKindRules), "Set the rules for a kind of team")
            .RequireScope(Scopes.TenantWrite)
            .RequireWholeTenant()
            .Validate<Request>()
            .Refuses(TeamErrors.SetMeanwhile)
            .Example(new Request([new("teacher", 2), new("administrator", 1)]), new TeamKindResponse(TeamKind.Pdec, [new("teacher", 2), new("administrator", 1)], false, 1));

    private static async Task<Results<Ok<TeamKindResponse>, JsonHttpResult<ApiProblem>>> Handle(
        string kind, Request request, IfMatch ifMatch, PLServiceDbContext db, Constituencies constituencies, AuditTrail audit, CancellationToken ct)
    {
        if (TeamKindResponse.Named(kind) is not { } named)
            return Problems.NotFound("team_kind");
        var set = await db.TeamRuleSets.SingleOrDefaultAsync(s => s.Kind == named, ct);
        if (ifMatch.Refuses(set?.Version ?? 0) is { } stale)
            return stale;
        if (await constituencies.FaultsAsync([.. request.Rules.Select(rule => rule.Constituency)], at => $"/rules/{at}/constituency", ct) is { } faults)
            return faults;

        if (set is null)
            db.Add(set = TeamRuleSet.Create(named, request.Rules));
        else if (!set.Read().SequenceEqual(request.Rules))
            set.Replace(request.Rules);
        if (db.ChangeTracker.HasChanges())
            audit.Record("teamKind.rulesSet", set.Id, null, new { kind, request.Rules });
        return await db.TrySaveAsync(TeamErrors.SetMeanwhile, ct) is { } meanwhile ? meanwhile.ToConflict() : TypedResults.Ok(TeamKindResponse.Of(named, new([set])));
    }
}
