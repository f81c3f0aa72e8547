using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

/// <summary>The life of a plan around its writing: participants read, comment, and leave the rest to those who lead there.</summary>
internal static class PlanReviewOperations
{
    private static readonly Expectation OwnPartsOnly = Expectation.Conflict("plan.own_parts_only");
    private static readonly Expectation NotYours = Expectation.Conflict("plan_comment.not_yours");

    public static void Map(OperationMap map)
    {
        Lead(map, "CopyPlan", async a => Post($"{await a.NewPlanToReviewAsync()}/copy", new { startsOn = "2027-09-01", endsOn = "2028-08-31" }));
        map.Resource("ExportPlan", async a => Get($"{await a.NewPlanToReviewAsync()}/document"));
        map.Resource("ExportPlanAsTemplate", async a => Get($"{await a.NewPlanToReviewAsync()}/template"));

        Lead(map, "KeepPlanVersion", async a => Post($"{await a.NewPlanToReviewAsync()}/versions", new { name = a.Text("Version") }));
        map.Resource("ListPlanVersions", async a => Get($"{await a.NewSubmittedPlanAsync()}/versions"));
        map.Resource("GetPlanVersion", async a => Get($"{await a.NewSubmittedPlanAsync()}/versions/1"));
        map.Resource("ComparePlanVersions", async a => Get($"{await a.NewSubmittedPlanAsync()}/versions/compare?from=1"));

        Lead(map, "SubmitPlan", async a => Post($"{await a.NewPlanToReviewAsync()}/submit", new { note = a.Text("Note") }, "*"));
        Lead(map, "WithdrawPlan", async a => Post($"{await a.NewSubmittedPlanAsync()}/withdraw", ifMatch: "*"));
        // It is decided one level up, and by nobody of the district itself.
        map.Resource("ReviewPlan", async a => Post($"{await a.NewSubmittedPlanAsync()}/review", new { decision = "return", comment = a.Text("Comment") }, "*"))
            .But(Expectation.Conflict("plan_review.next_level_only"), CallerKind.Own);
        map.Resource("ListPlanReviews", async a => Get($"{await a.NewSubmittedPlanAsync()}/reviews"));

        map.Resource("CreatePlanComment", async a => Post($"{await a.NewPlanToReviewAsync()}/comments", new { text = a.Text("Comment") }));
        map.Resource("ListPlanComments", async a => Get((await a.NewPlanCommentAsync())[..^37]));
        map.Resource("GetPlanComment", async a => Get(await a.NewPlanCommentAsync()));
        map.Resource("ReplyToPlanComment", async a => Post($"{await a.NewPlanCommentAsync()}/answers", new { text = a.Text("Answer") }));
        // Machines of the tenant are one client here, which wrote it; people did not.
        map.Resource("EditPlanComment", async a => Put(await a.NewPlanCommentAsync(), new { text = a.Text("Changed") }, "*"))
            .But(NotYours, CallerKind.AdminOfOwn, CallerKind.LeadOfOwn, CallerKind.FacilitatorOfOwn, CallerKind.ReviewerOfOwn, CallerKind.ParticipantOfOwn, CallerKind.AdminOfAll, CallerKind.LeadOfParent);
        map.Resource("ResolvePlanComment", async a => Post($"{await a.NewPlanCommentAsync()}/resolve", ifMatch: "*")).But(NotYours, CallerKind.ParticipantOfOwn);
        map.Resource("ReopenPlanComment", async a => Post($"{await a.NewPlanCommentAsync(resolved: true)}/reopen", ifMatch: "*")).But(NotYours, CallerKind.ParticipantOfOwn);
        map.Resource("FillPlanForm", async a => Get($"{await a.NewPlanToReviewAsync()}/forms/pls-plan"));
    }

    private static void Lead(OperationMap map, string id, Func<Side, Task<Call>> build) => map.Resource(id, build).But(OwnPartsOnly, CallerKind.ParticipantOfOwn);
}
