using System.Text.Json.Nodes;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ToolkitRuns.Readings;

/// <summary>
/// What is marked in a text, in the order in which it was marked. With <c>Accept: application/ld+json</c> it comes in the form of the W3C Web
/// Annotation Data Model: the first page within its AnnotationCollection, each further one as an AnnotationPage.
/// </summary>
internal static class ListAnnotations
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only with this sign.</summary>
        public string? Sign { get; init; }

        /// <summary>Only what this person marked.</summary>
        public Guid? PersonId { get; init; }

        /// <summary>True: only passages that the present text does not have; false: only those that it has.</summary>
        public bool? Orphaned { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>
    {
        public Validator()
            : base(keys: 1) => RuleFor(request => request.Sign).MaximumLength(ToolkitLimits.SignLength);
    }

    public static void Map(RouteGroupBuilder annotations) =>
        annotations.MapQuery("/", Handle)
            .UseCase(nameof(ListAnnotations), "List what is marked")
            .RequireScope(Scopes.ToolkitsRead)
            .Validate<Request>()
            .Refuses(ReadingErrors.NoReading)
            .Example(response: new Page<AnnotationResponse>([AnnotationResponse.Sample], null, null));

    private static async Task<Results<Ok<Page<AnnotationResponse>>, JsonHttpResult<JsonObject>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string toolCode, [AsParameters] Request request, HttpRequest http, ReadingDesk desk, PLServiceDbContext db, AccessOptions access, AuditTrail audit,
        CancellationToken ct)
    {
        var (reading, refused) = await desk.FindTextAsync(id, toolCode, ct);
        if (reading is null)
            return refused!;
        var found = db.Annotations.AsNoTracking().Where(a => a.ReadingId == reading.Stored!.Id);
        if (request.Sign is { } sign)
            found = found.Where(a => a.Sign == sign);
        if (request.PersonId is { } person)
            found = found.Where(a => a.PersonId == person);
        if (request.Orphaned is { } orphaned)
            found = found.Where(a => a.IsOrphaned == orphaned);
        var asLinkedData = WebAnnotations.AreWanted(http);
        var count = request.Count is true || asLinkedData ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.Id(request.Cursor) is { } last)
            found = found.Where(a => a.Id > last);
        var page = Page.Of(await found.OrderBy(a => a.Id).Take(request.Take + 1).ToListAsync(ct), request.Take, annotation => [annotation.Id.ToString()], count);
        var names = await db.NamesOfAsync(page.Items.Select(annotation => annotation.PersonId), ct);
        if (!asLinkedData)
            return TypedResults.Ok(new Page<AnnotationResponse>([.. page.Items.Select(annotation => AnnotationResponse.Of(annotation, names))], page.NextCursor, page.Count));

        audit.Record("annotation.exported", reading.Stored!.Id, reading.Run.OrganizationId, new { run = id, tool = toolCode, annotations = page.Items.Count });
        await db.SaveChangesAsync(ct);
        var collection = new WebAnnotations(access.Issuer, reading, names);
        return TypedResults.Json(collection.Write(page, http), contentType: WebAnnotations.ContentType);
    }
}
