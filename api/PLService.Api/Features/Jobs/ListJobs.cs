using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PLService.Api.Access;
using PLService.Api.Domain.Jobs;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.Jobs;

/// <summary>Background jobs, newest first; narrowed by any of the filters together.</summary>
internal static class ListJobs
{
    public sealed class Request : PageRequest
    {
        /// <summary>Only with this status.</summary>
        public JobStatus? Status { get; init; }

        /// <summary>Only of this kind.</summary>
        public string? Kind { get; init; }

        /// <summary>Only those that work on this resource.</summary>
        public Guid? ResourceId { get; init; }
    }

    public sealed class Validator : PageRequestValidator<Request>;

    public static void Map(RouteGroupBuilder jobs) =>
        jobs.MapQuery("/", Handle)
            .UseCase(nameof(ListJobs), "List background jobs")
            .RequireScope(Scopes.JobsRead)
            .Validate<Request>()
            .Example(response: new Page<JobResponse>([JobResponse.Sample], null, null));

    private static async Task<Ok<Page<JobResponse>>> Handle([AsParameters] Request request, PLServiceDbContext db, Caller caller, CancellationToken ct)
    {
        var found = JobResponse.Reachable(db, caller);
        if (request.Status is { } status)
            found = found.Where(j => j.Status == status);
        if (request.Kind is { } kind)
            found = found.Where(j => j.Kind == kind);
        if (request.ResourceId is { } resource)
            found = found.Where(j => j.ResourceId == resource);

        var count = request.Count is true ? await found.LongCountAsync(ct) : (long?)null;
        if (Cursor.Id(request.Cursor) is { } last)
            found = found.Where(j => j.Id < last);
        var page = await found.OrderByDescending(j => j.Id).Take(request.Take + 1).Select(JobResponse.From).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(page, request.Take, j => [j.Id.ToString()], count));
    }
}
