using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Organizations;
using PLService.Api.Domain.Teams;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Toolkits;

namespace PLService.Api.Features.ToolkitRuns;

/// <summary>
/// Begins a team's work on a published toolkit version. Fields that are repeated for the standards of a framework get the standards of this
/// day, and keep them. A participant begins only what they are a member of themselves.
/// </summary>
internal static class CreateToolkitRun
{
    /// <param name="Toolkit">Which toolkit, and which version of it; the latest published one unless named.</param>
    /// <param name="OrganizationId">Whose team it is.</param>
    /// <param name="TeamName">What the team is called, 200 characters at most.</param>
    /// <param name="TeamKind">What kind of team it is.</param>
    /// <param name="Members">The people of the team, 100 at most.</param>
    public sealed record Request(ToolkitChoice Toolkit, Guid OrganizationId, string TeamName, TeamKind TeamKind, IReadOnlyList<MemberRequest>? Members = null);

    /// <param name="Code">Code of the toolkit: the tenant's own or one of the catalog.</param>
    /// <param name="Version">Label of a published version; the latest published one unless given.</param>
    public sealed record ToolkitChoice(string Code, string? Version = null);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Toolkit.Code).NotEmpty().MaximumLength(40);
            RuleFor(request => request.Toolkit.Version).MaximumLength(40);
            RuleFor(request => request.TeamName).TeamName();
            RuleFor(request => request.TeamKind).IsInEnum();
            RuleFor(request => request.Members).Members();
        }
    }

    public static void Map(RouteGroupBuilder runs) =>
        runs.MapPost("/", Handle)
            .UseCase(nameof(CreateToolkitRun), "Begin a team's work on a toolkit")
            .RequireScope(Scopes.ToolkitsWrite)
            .Validate<Request>()
            .Refuses(
                ToolkitRunErrors.UnknownOrganization, ToolkitRunErrors.OrganizationIsClosed, ToolkitRunErrors.UnknownToolkit, ToolkitErrors.UnknownFramework,
                ToolkitRunErrors.TooManyFields, ToolkitRunErrors.UnknownPerson, ToolkitRunErrors.NotMember)
            .Example(
                new Request(new("ct-foundations"), ToolkitRunResponse.Sample.OrganizationId, "Cedar Valley PDEC", TeamKind.Pdec, [new(TeamPerson.Sample.PersonId, "chair")]),
                ToolkitRunResponse.Sample);

    private static async Task<Results<Created<ToolkitRunResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, PLServiceDbContext db, RunDesk desk, RunReader reader, MemberList members, FrameworkStandards frameworks, Caller caller, AuditTrail audit,
        CancellationToken ct)
    {
        if (await db.ReachableOrganizations().Where(o => o.Id == request.OrganizationId).Select(o => new { o.Status }).SingleOrDefaultAsync(ct) is not { } organization)
            return ToolkitRunErrors.UnknownOrganization.ToConflict();
        if (organization.Status is OrganizationStatus.Closed)
            return ToolkitRunErrors.OrganizationIsClosed.ToConflict();
        if (!await desk.LeadsAsync(request.OrganizationId, ct) && request.Members?.Any(member => member.PersonId == caller.PersonId) is not true)
            return ToolkitRunErrors.NotMember.ToConflict();
        if (await Versions(db, request.Toolkit).FirstOrDefaultAsync(ct) is not { } version)
            return ToolkitRunErrors.UnknownToolkit.ToConflict();
        var document = ToolkitJson.Read(version.Document);
        var (standards, unknown) = await frameworks.ReadAsync(ToolkitLayout.FrameworksOf(document), ct);
        if (unknown.Count > 0)
            return ToolkitErrors.UnknownFramework.ToConflict();
        if (new ToolkitLayout(document, standards).CountFields() > ToolkitLimits.FieldsPerRun)
            return ToolkitRunErrors.TooManyFields.ToConflict();

        var run = ToolkitRun.Create(
            request.OrganizationId, version.TenantId, version.Id, ToolkitLayout.WriteStandards(standards), request.TeamName, request.TeamKind);
        db.Add(run);
        if ((await members.SetAsync(run.Id, request.Members ?? [], ct)).Refused is { } refused)
            return refused.ToConflict();
        audit.Record("toolkitRun.created", run.Id, run.OrganizationId, new { document.Code, version = document.Version, run.TeamKind, members = request.Members?.Count ?? 0 });
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/v1/toolkit-runs/{run.Id}", await reader.ReadAsync(run, ct));
    }

    private static IQueryable<ToolkitVersion> Versions(PLServiceDbContext db, ToolkitChoice choice) =>
        from toolkit in db.Toolkits
        join version in db.ToolkitVersions on new { toolkit.TenantId, ToolkitId = toolkit.Id } equals new { version.TenantId, version.ToolkitId }
        where toolkit.Code == choice.Code && version.Status == ToolkitVersionStatus.Published && (choice.Version == null || version.Label == choice.Version)
        // The tenant's own before the catalog's.
        orderby toolkit.TenantId descending, version.PublishedAt descending, version.Id descending
        select version;
}
