using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;

namespace PLService.Api.Persistence.Frameworks;

/// <summary>
/// Which standard something means today that names it by framework and code, whatever it was called when that was written: by its code, a
/// former code or its identifier, and from there along the standards that replaced it one after the other.
/// </summary>
internal sealed class StandardLineage(TenantReader reader, Caller caller)
{
    private static readonly string[] Statements = [LensSql.Cited, LensSql.Reached, LensSql.Links];

    /// <summary>Identifier of the standard of today for each citation; those that mean no standard are left out.</summary>
    public async Task<IReadOnlyDictionary<(string Framework, string Code), Guid>> TodayAsync(
        IReadOnlyCollection<(string Framework, string Code)> cited, CancellationToken ct)
    {
        var distinct = cited.Distinct().ToList();
        return await reader.ExecuteAsync(
            [.. Statements.Select(sql => LensCommands.Make(sql, caller.TenantId, "", distinct, hops: 0))],
            async (rows, token) =>
            {
                var meant = await LensCommands.CitedAsync(rows, distinct, token);
                await rows.NextResultAsync(token);
                var standards = await LensCommands.ListAsync(rows, LensCommands.Named, token);
                await rows.NextResultAsync(token);
                var graph = new StandardGraph(standards, await LensCommands.LinksAsync(rows, token));
                return meant.ToDictionary(one => one.Key, one => graph.Today(one.Value));
            },
            ct);
    }
}
