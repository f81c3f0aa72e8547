namespace PLService.Api.Features.Jobs;

internal static class JobsFeature
{
    /// <summary>Background work, whatever started it.</summary>
    public static void MapJobs(this RouteGroupBuilder v1)
    {
        var jobs = v1.MapGroup("/jobs").WithTags("Jobs");
        ListJobs.Map(jobs);
        GetJob.Map(jobs);
        CancelJob.Map(jobs);
    }
}
