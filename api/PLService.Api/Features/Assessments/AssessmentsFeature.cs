namespace PLService.Api.Features.Assessments;

internal static class AssessmentsFeature
{
    public static void AddAssessments(this IServiceCollection services) => services.AddScoped<AssessmentRows>();

    /// <summary>Every assessment route, in one place: what is not listed here is not served.</summary>
    public static void MapAssessments(this RouteGroupBuilder v1)
    {
        var assessments = v1.MapGroup("/assessments").WithTags("Assessments");
        CreateAssessment.Map(assessments);
        ListAssessments.Map(assessments);
        GetAssessment.Map(assessments);
        ReplaceAssessment.Map(assessments);
        DeleteAssessment.Map(assessments);
        OpenAssessment.Map(assessments);
        CloseAssessment.Map(assessments);
        ReopenAssessment.Map(assessments);
        ArchiveAssessment.Map(assessments);
    }
}
