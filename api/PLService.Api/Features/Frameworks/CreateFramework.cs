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
/// Adds a framework of the tenant's own, as a draft without standards. A code of the catalog is refused, so that one code never means two
/// frameworks. A framework holds 100,000 standards at most, in 20 levels.
/// </summary>
internal static class CreateFramework
{
    public sealed record Request : FrameworkDetails
    {
        /// <summary>Short name, unique within the tenant and kept for good: 2 to 40 lower-case letters, digits and hyphens, a letter first.</summary>
        public required string Code { get; init; }

        internal new static Request Sample => new()
        {
            Code = "cedar-2026",
            Title = FrameworkDetails.Sample.Title,
            Creator = FrameworkDetails.Sample.Creator,
            Language = "en",
            Licence = FrameworkDetails.Sample.Licence,
        };
    }

    public sealed class Validator : FrameworkDetailsValidator<Request>
    {
        public Validator() => RuleFor(request => request.Code).FrameworkCode();
    }

    public static void Map(RouteGroupBuilder frameworks) =>
        frameworks.MapPost("/", Handle)
            .UseCase(nameof(CreateFramework), "Add a framework")
            .RequireScope(Scopes.StandardsWrite)
            .RequireWholeTenant()
            .Validate<Request>()
            .Refuses(FrameworkErrors.CodeTaken)
            .Example(Request.Sample, FrameworkResponse.Sample);

    private static async Task<Results<Created<FrameworkResponse>, JsonHttpResult<ApiProblem>>> Handle(
        Request request, PLServiceDbContext db, FrameworkDesk desk, AuditTrail audit, CancellationToken ct)
    {
        if (await db.FrameworkNamed(request.Code).AnyAsync(ct))
            return FrameworkErrors.CodeTaken.ToConflict();

        var framework = desk.Create(request.Code, request);
        audit.Record("framework.created", framework.Id, organizationId: null, new { framework.Code });
        // Two that create the same code at a time.
        if (await db.TrySaveAsync(FrameworkErrors.CodeTaken, ct) is { } taken)
            return taken.ToConflict();

        return TypedResults.Created($"/v1/frameworks/{framework.Id}", (await desk.ReadAsync(framework.Id.ToString(), ct))!);
    }
}
