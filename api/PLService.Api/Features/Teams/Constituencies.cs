using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Domain.Teams;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Teams;

/// <summary>Which constituencies there are: those of the service, and the tenant's own.</summary>
internal sealed class Constituencies(PLServiceDbContext db)
{
    /// <summary>400 for each code that there is none of; null when all are there.</summary>
    /// <param name="codes">The codes.</param>
    /// <param name="pointer">The place of each, by its number.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<JsonHttpResult<ApiProblem>?> FaultsAsync(IReadOnlyList<string> codes, Func<int, string> pointer, CancellationToken ct)
    {
        var own = codes.Where(code => !TeamConstituency.Shipped.ContainsKey(code)).ToArray();
        if (own.Length == 0)
            return null;
        var there = await db.TeamConstituencies.Where(c => own.Contains(c.Code)).Select(c => c.Code).ToListAsync(ct);
        var unknown = own.Except(there).ToHashSet();
        return unknown.Count == 0 ? null : Problems.Invalid([.. codes.Index().Where(at => unknown.Contains(at.Item)).Select(at => new ApiFault(
            pointer(at.Index), "team.unknown_constituency", $"There is no constituency {at.Item}; GET /v1/team-constituencies lists them."))]);
    }
}
