using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Http;
using PLService.Api.Persistence;
using PLService.Api.Persistence.Frameworks;

namespace PLService.Api.Features.Frameworks;

/// <summary>
/// Makes a draft of the tenant's own of a framework that it can read, to adapt it: all standards, their tree and the links between them, definitions
/// and rubrics, under new identifiers. Each copied standard is linked with its original as <c>exactMatchOf</c>. The licence is copied too: mind
/// what it allows.
/// </summary>
internal static class CopyFramework
{
    /// <param name="Code">Short name of the copy, unique within the tenant and kept for good: 2 to 40 lower-case letters, digits and hyphens, a letter first.</param>
    /// <param name="Title">Title of the copy, 500 characters at most.</param>
    public sealed record Request(string Code, string Title);

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Code).FrameworkCode();
            RuleFor(request => request.Title).NotEmpty().MaximumLength(Framework.TitleMaxLength);
        }
    }

    public static void Map(RouteGroupBuilder frameworks) =>
        frameworks.MapPost("/{framework}/copy", Handle)
            .UseCase(nameof(CopyFramework), "Copy a framework")
            .RequireScope(Scopes.StandardsWrite)
            .RequireWholeTenant()
            .Validate<Request>()
            .Refuses(FrameworkErrors.CodeTaken)
            .Example(
                new Request("cedar-2026", "Cedar Valley Standards for Professional Learning"),
                FrameworkResponse.Sample with
                {
                    DerivedFrom = new(Guid.Parse("1d5c4b63-7e2f-4a8b-9c0d-3e4f5a6b7c8d"), "ct-2015", "Connecticut Standards for Professional Learning", FrameworkStatus.Published, true),
                });

    private static async Task<Results<Created<FrameworkResponse>, JsonHttpResult<ApiProblem>>> Handle(
        string framework, Request request, PLServiceDbContext db, FrameworkDesk desk, FrameworkCopy copying, AuditTrail audit, TimeProvider clock, CancellationToken ct)
    {
        if (await db.FrameworkNamed(framework).AsNoTracking().SingleOrDefaultAsync(ct) is not { } source)
            return Problems.NotFound("framework");
        if (await db.FrameworkNamed(request.Code).AnyAsync(ct))
            return FrameworkErrors.CodeTaken.ToConflict();
        if (source.TenantId != Guid.Empty)
            await db.LockFrameworkAsync(source.Id, ct);

        var id = Guid.NewGuid();
        var body = CaseObject.Read(source.Body)
            .With("identifier", id.ToString()).With("uri", CaseAddresses.Own(CaseBodies.Documents, id)).With("title", request.Title).With("adoptionStatus", "Draft")
            .Changed(clock.GetUtcNow());
        var copy = Framework.Create(id, request.Code, request.Title, body.Write(), source.Id);
        copy.Extend(source.PackageExtensions, source.DefinitionExtensions);
        db.Add(copy);
        audit.Record("framework.copied", id, organizationId: null, new { copy.Code, from = source.Code, fromId = source.Id });
        // Two that take the same code at a time.
        if (await db.TrySaveAsync(FrameworkErrors.CodeTaken, ct) is { } taken)
            return taken.ToConflict();

        await copying.RunAsync(source, copy, ct);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/v1/frameworks/{id}", (await desk.ReadAsync(id.ToString(), ct))!);
    }
}
