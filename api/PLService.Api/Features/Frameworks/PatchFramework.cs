using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Frameworks;

/// <summary>
/// Changes some of what a framework says of itself (JSON Merge Patch, RFC 7396): what is left out stays, null removes. Title and creator
/// cannot be removed.
/// </summary>
internal static class PatchFramework
{
    /// <param name="Title">The title, 500 characters at most.</param>
    /// <param name="Creator">Who wrote it, 300 characters at most.</param>
    /// <param name="Publisher">Who publishes it, 300 characters at most.</param>
    /// <param name="Description">What it is about, 20,000 characters at most.</param>
    /// <param name="Language">Its language as a tag of BCP 47.</param>
    /// <param name="VersionLabel">Which version it is, in the publisher's words, 50 characters at most.</param>
    /// <param name="AdoptionStatus">Where it stands with its publisher, in a free word, 50 characters at most.</param>
    /// <param name="StatusStartDate">The day from which it is in force.</param>
    /// <param name="StatusEndDate">The last day on which it is in force.</param>
    /// <param name="Licence">Under which licence it may be used.</param>
    /// <param name="OfficialSourceUrl">Where the publisher has it, 2,000 characters at most.</param>
    /// <param name="Subjects">What it is about in single words, 50 at most; the list takes the place of the one before.</param>
    /// <param name="Notes">Further notes, 20,000 characters at most.</param>
    public sealed record Request(
        string? Title = null,
        string? Creator = null,
        string? Publisher = null,
        string? Description = null,
        string? Language = null,
        string? VersionLabel = null,
        string? AdoptionStatus = null,
        DateOnly? StatusStartDate = null,
        DateOnly? StatusEndDate = null,
        FrameworkLicence? Licence = null,
        string? OfficialSourceUrl = null,
        IReadOnlyList<string>? Subjects = null,
        string? Notes = null);

    public static void Map(RouteGroupBuilder frameworks) =>
        frameworks.MapPatch("/{framework}", Handle)
            .UseCase(nameof(PatchFramework), "Change some of a framework's details")
            .RequireScope(Scopes.StandardsWrite)
            .RequireWholeTenant()
            .TakesPatch<Request, ReplaceFramework.Request>()
            .Refuses(FrameworkErrors.IsCatalog, FrameworkErrors.IsRetired)
            .Example(new { adoptionStatus = "Adopted", statusStartDate = "2026-07-01" }, FrameworkResponse.Sample with { AdoptionStatus = "Adopted", Version = 2 });

    private static async Task<Results<Ok<FrameworkResponse>, JsonHttpResult<ApiProblem>>> Handle(
        string framework, MergePatch<ReplaceFramework.Request> patch, IfMatch ifMatch, PLServiceDbContext db, FrameworkDesk desk, AuditTrail audit,
        CancellationToken ct)
    {
        if (await db.FrameworkNamed(framework).SingleOrDefaultAsync(ct) is not { } found)
            return Problems.NotFound("framework");
        if (found.CheckChangeable() is { } unchangeable)
            return unchangeable.ToConflict();
        if (ifMatch.Refuses(found.Version) is { } stale)
            return stale;
        var (wanted, invalid) = patch.Apply(await desk.DetailsOfAsync(found, ct));
        if (wanted is null)
            return invalid!;
        if (await desk.DescribeAsync(found, wanted, ct) is { } refused)
            return refused.ToConflict();

        if (db.ChangeTracker.HasChanges())
            audit.Record("framework.changed", found.Id, organizationId: null, new { found.Code });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok((await desk.ReadAsync(found.Id.ToString(), ct))!);
    }
}
