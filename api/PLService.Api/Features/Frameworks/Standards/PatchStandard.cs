using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Frameworks.Standards;

/// <summary>
/// Changes some of what a standard says (JSON Merge Patch, RFC 7396): what is left out stays, null removes; the statement cannot be removed.
/// Once the framework is published, another code, label or statement is a rename: the old name stays in the standard's history, and what
/// refers to it by its old code goes on doing so.
/// </summary>
internal static class PatchStandard
{
    /// <param name="Statement">The whole text, 20,000 characters at most.</param>
    /// <param name="Code">How people cite it, 100 characters at most.</param>
    /// <param name="Label">A short form, 500 characters at most.</param>
    /// <param name="AlternativeLabel">Another short form, 500 characters at most.</param>
    /// <param name="ItemType">What kind of statement it is, 300 characters at most.</param>
    /// <param name="ListEnumeration">Its number or letter in a printed list, 50 characters at most.</param>
    /// <param name="Language">Its language as a tag of BCP 47.</param>
    /// <param name="Subjects">What it is about in single words, 50 at most; the list takes the place of the one before.</param>
    /// <param name="EducationLevels">For which grades it is, 50 at most; the list takes the place of the one before.</param>
    /// <param name="Keywords">Words by which it is found, 50 at most; the list takes the place of the one before.</param>
    /// <param name="Notes">Further notes, 20,000 characters at most.</param>
    /// <param name="StatusStartDate">The day from which it is in force.</param>
    /// <param name="StatusEndDate">The last day on which it is in force.</param>
    public sealed record Request(
        string? Statement = null,
        string? Code = null,
        string? Label = null,
        string? AlternativeLabel = null,
        string? ItemType = null,
        string? ListEnumeration = null,
        string? Language = null,
        IReadOnlyList<string>? Subjects = null,
        IReadOnlyList<string>? EducationLevels = null,
        IReadOnlyList<string>? Keywords = null,
        string? Notes = null,
        DateOnly? StatusStartDate = null,
        DateOnly? StatusEndDate = null);

    /// <summary>What a standard says after the change.</summary>
    internal sealed record Whole : StandardDetails;

    internal sealed class Validator : StandardDetailsValidator<Whole>;

    public static void Map(RouteGroupBuilder standards) =>
        standards.MapPatch("/{id:guid}", Handle)
            .UseCase(nameof(PatchStandard), "Change some of what a standard says")
            .RequireScope(Scopes.StandardsWrite)
            .RequireWholeTenant()
            .TakesPatch<Request, Whole>()
            .Refuses(FrameworkErrors.IsCatalog, FrameworkErrors.IsRetired)
            .Example(new { label = "Learning Leadership" }, StandardResponse.Sample with { Label = "Learning Leadership", Version = 2 });

    private static async Task<Results<Ok<StandardResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, MergePatch<Whole> patch, IfMatch ifMatch, PLServiceDbContext db, StandardReader standards, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        if (await db.LockStandardAsync(id, ct) is not ({ } standard, { } framework))
            return Problems.NotFound("standard");
        if (framework.CheckChangeable() is { } unchangeable)
            return unchangeable.ToConflict();
        if (ifMatch.Refuses(standard.Version) is { } stale)
            return stale;
        var item = CaseObject.Read(standard.Body);
        var (wanted, invalid) = patch.Apply(StandardBody.Read(
            item, new Whole { Statement = standard.Statement, Code = standard.Code, Label = standard.Label, ItemType = standard.ItemType }));
        if (wanted is null)
            return invalid!;

        var body = StandardBody.Write(item, wanted);
        if (!CaseTexts.Same(standard.Body, body.Write()))
        {
            var now = clock.GetUtcNow();
            var since = await db.StandardNames.Where(n => n.StandardId == id).MaxAsync(n => (DateOnly?)n.ValidTo, ct);
            if (standard.Reword(
                StandardBody.WordingOf(wanted), wanted.ItemType, body.Changed(now).Write(), framework.Status, DateOnly.FromDateTime(now.UtcDateTime), since) is { } former)
                db.Add(former);
            db.Touch(framework);
            audit.Record("standard.changed", id, organizationId: null, new { framework = framework.Code, changed = db.ChangedMembersOf(standard) });
        }

        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await standards.ReadAsync(id, ct));
    }
}
