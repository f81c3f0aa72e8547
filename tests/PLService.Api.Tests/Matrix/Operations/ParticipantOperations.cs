using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

internal static class ParticipantOperations
{
    public static void Map(OperationMap map)
    {
        map.Resource("OpenJoining", async a => Post($"{await a.NewAssessmentAsync()}/join-code", new { }));
        map.Resource("GetJoinCode", async a => Get(await JoinCodeAsync(a)));
        map.Resource("StopJoining", async a =>
        {
            var path = await JoinCodeAsync(a);
            return Delete(path, await a.TagAsync(path));
        });
        map.WithKey("FindByJoinCode", async a => Post("/v1/join", new { code = await a.NewJoinCodeAsync() }));
        map.WithKey("JoinAssessment", async a => Post("/v1/join/start", new { code = await a.NewJoinCodeAsync() }));
        map.PersonsResource("StartParticipation", async a => Post($"{await a.NewAssessmentAsync()}/participation", new { }));
        MapRoster(map);
        MapOwn(map);
    }

    private static void MapRoster(OperationMap map)
    {
        map.Resource("GetResponseRate", async a => Get($"{await a.NewAssessmentAsync()}/participation"));
        map.Resource("InviteParticipants", async a =>
            Post($"{await a.NewAssessmentAsync()}/participants", new { personIds = new[] { a.PersonOf(CallerKind.ParticipantOfOwn) }, allParticipants = true }));
        map.Resource("ListParticipants", async a => Get((await a.NewRosterEntryAsync())[..^37]));
        map.Resource("RemoveParticipant", async a => Delete(await a.NewRosterEntryAsync()));
        map.Resource("RemindParticipants", async a => Post(await a.NewReminderAsync(send: false)));
        map.Resource("ListReminders", async a => Get(await a.NewReminderAsync(send: true)));
    }

    private static void MapOwn(OperationMap map)
    {
        map.Participants("GetParticipation", async a => await WithParticipantAsync(a, Get("/v1/participation")));
        map.Participants("ChangeParticipation", async a =>
            await WithParticipantAsync(a, Patch("/v1/participation", new { comments = new Dictionary<string, string> { ["A.2"] = a.Text("Comment") } }, "*")));
        map.Participants("PutParticipationRating", async a =>
            await WithParticipantAsync(a, Put("/v1/participation/ratings/A.1", new { level = "yellow", comment = a.Text("Comment") }, "*")));
        map.Participants("ClearParticipationRating", async a => await WithParticipantAsync(a, Delete("/v1/participation/ratings/A.1", "*")));
        map.Participants("SubmitParticipation", async a => await WithParticipantAsync(a, Post("/v1/participation/submit", ifMatch: "*")));
        map.Participants("WithdrawParticipation", async a =>
        {
            var call = await WithParticipantAsync(a, Post("/v1/participation/withdraw", ifMatch: "*"));
            Assert.Equal(200, (await Post("/v1/participation/submit", ifMatch: "*").SendAsync(a.Participant, TestContext.Current.CancellationToken)).Status);
            return call;
        });
        map.Participants("GetParticipationTally", async a => await WithParticipantAsync(a, Get("/v1/participation/tally")));
    }

    private static async Task<Call> WithParticipantAsync(Side a, Call call)
    {
        await a.NewParticipantAsync();
        return call;
    }

    private static async Task<string> JoinCodeAsync(Side a)
    {
        var assessment = await a.NewAssessmentAsync();
        await a.JoinCodeOfAsync(assessment);
        return $"{assessment}/join-code";
    }
}
