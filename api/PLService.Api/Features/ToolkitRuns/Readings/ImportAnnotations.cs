using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Toolkits;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ToolkitRuns.Readings;

/// <summary>
/// Brings in marks in the form of the W3C Web Annotation Data Model: one Annotation, a list of them, an AnnotationPage, or an AnnotationCollection
/// with its first page; 1,000 at once at most. A body tagged with a code's sign or label says which code it is, the other bodies are the rationale.
/// Passages are looked for in the present text; what is not found comes in as orphaned. An IRI that is here already changes nothing, so that the
/// same file can be sent again. Marks are yours, except that a machine and who leads may bring in those of members (<c>creator</c>).
/// </summary>
internal static class ImportAnnotations
{
    private const int Most = 1_000;

    /// <param name="Created">How many came in.</param>
    /// <param name="Unchanged">How many were here already.</param>
    /// <param name="Orphaned">How many of those that came in have no place in the present text.</param>
    public sealed record Response(int Created, int Unchanged, int Orphaned);

    private static readonly JsonElement Sample = JsonSerializer.SerializeToElement(new
    {
        id = "https://reader.example.org/annotations/17",
        type = "Annotation",
        motivation = "commenting",
        body = new object[] { new { type = "TextualBody", purpose = "tagging", value = "#" }, new { type = "TextualBody", purpose = "commenting", value = "Ours is for teachers only." } },
        target = new { source = "https://guidance.example.org", selector = new object[] { new { type = "TextQuoteSelector", exact = "every educator's right", prefix = "Professional learning is " } } },
    });

    public static void Map(RouteGroupBuilder annotations) =>
        annotations.MapPost("/import", Handle)
            .UseCase(nameof(ImportAnnotations), "Bring in Web Annotations")
            .RequireScope(Scopes.ToolkitsWrite)
            .Accepts<JsonElement>(WebAnnotations.MediaType, "application/json")
            .Refuses(ToolkitRunErrors.NotMember, ReadingErrors.NoReading, ReadingErrors.TooManyAnnotations)
            .Example(Sample, new Response(1, 0, 0));

    private static async Task<Results<Ok<Response>, JsonHttpResult<ApiProblem>>> Handle(
        Guid id, string toolCode, HttpRequest http, ReadingDesk desk, RunDesk runs, PLServiceDbContext db, Caller caller, AccessOptions access, AuditTrail audit, CancellationToken ct)
    {
        var (reading, refused) = await desk.HoldTextAsync(id, toolCode, ct);
        if (reading is not { Stored: { } stored })
            return refused!;
        using var body = await ReadAsync(http, ct);
        var reader = new WebAnnotationReader(reading.Spec);
        var incoming = reader.Read(body.RootElement);
        if (incoming.Count > Most)
            return Problems.Invalid("", "value.too_many", $"{incoming.Count} annotations; at most {Most} at once.");
        if (reader.Faults.Count > 0)
            return Problems.Invalid([.. reader.Faults.Take(200)]);

        var ours = new WebAnnotations(access.Issuer, reading, new Dictionary<Guid, string>());
        var known = (await db.Annotations.Where(a => a.ReadingId == stored.Id).Select(a => new { a.Id, a.SourceId }).ToListAsync(ct)) is var all
            ? (Ids: all.Select(a => a.Id).ToHashSet(), Iris: all.Select(a => a.SourceId).OfType<string>().ToHashSet(StringComparer.Ordinal)) : default;
        var members = await runs.LeadsAsync(reading.Run.OrganizationId, ct) ? await db.ToolkitRunMembers.Where(m => m.RunId == id).Select(m => m.PersonId).ToHashSetAsync(ct) : [];
        var text = new AnchoredText((await desk.TextAsync(stored, ct)).Text);
        var (created, orphaned, budget) = (0, 0, Reanchoring.Budget);
        // Of one moment, and in the order of the file all the same.
        var ids = incoming.Select(_ => Guid.CreateVersion7()).Order().ToArray();
        foreach (var mark in incoming)
        {
            if (ours.IdOf(mark.Iri) is { } own && known.Ids.Contains(own) || (mark.Iri is not null && !known.Iris.Add(mark.Iri)))
                continue;
            var anchor = TargetSearch.Find(text, mark.Target)
                ?? (mark.Target.Exact is null ? null : Reanchoring.Find(text, TargetSearch.Wanted(mark.Target), text.UnitOf(Math.Min(mark.Target.Start ?? 0, text.Length)), ref budget));
            if (anchor is null && mark.Target.Exact is null)
                return Problems.Invalid($"{mark.At}/target", AnnotationFaults.QuoteNotFound.Code, "The text has no such place, and there are no words to look for.");
            var person = mark.CreatorId is { } creator && members.Contains(creator) ? creator : caller.PersonId;
            var annotation = Annotation.Create(stored, anchor ?? TargetSearch.Wanted(mark.Target), mark.Sign, mark.Rationale, person, caller.ApiClientId, mark.Iri, ids[created]);
            if (anchor is null)
                annotation.Follow(null, stored.Version);
            db.Add(annotation);
            (created, orphaned) = (created + 1, orphaned + (anchor is null ? 1 : 0));
        }

        if (known.Ids.Count + created > Annotation.MaxPerReading)
            return ReadingErrors.TooManyAnnotations.ToConflict();
        audit.Record("annotation.imported", stored.Id, reading.Run.OrganizationId, new { run = id, tool = toolCode, created, orphaned });
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(new Response(created, incoming.Count - created, orphaned));
    }

    private static async Task<JsonDocument> ReadAsync(HttpRequest http, CancellationToken ct)
    {
        try
        {
            return await JsonDocument.ParseAsync(http.Body, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 32 }, ct);
        }
        catch (JsonException e)
        {
            throw new BadHttpRequestException("The body is not JSON.", StatusCodes.Status400BadRequest, e);
        }
    }
}
