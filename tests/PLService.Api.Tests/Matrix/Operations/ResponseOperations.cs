using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

internal static class ResponseOperations
{
    public static void Map(OperationMap map)
    {
        map.Resource("CreateResponse", async a => Post($"{await a.NewAssessmentAsync()}/responses", a.NewResponse()));
        map.Resource("GetResponse", async a => Get(await NewAsync(a)));
        map.Resource("ListResponses", async a => Get((await NewAsync(a))[..^37]));
        map.Resource("GetResponseCounts", async a => Get($"{(await NewAsync(a))[..^37]}/counts"));
        map.Resource("ChangeResponse", async a =>
        {
            var path = await NewAsync(a);
            return Patch(path, new { comments = new Dictionary<string, string> { ["A.2"] = a.Text("Comment") } }, await a.TagAsync(path));
        });
        map.Resource("SubmitResponse", async a =>
        {
            var path = await NewAsync(a);
            return Post($"{path}/submit", ifMatch: await a.TagAsync(path));
        });
        map.Resource("WithdrawResponse", async a =>
        {
            var path = await a.NewResponseAsync(await a.NewAssessmentAsync(), submit: true);
            return Post($"{path}/withdraw", ifMatch: await a.TagAsync(path));
        });
        map.Resource("DeleteResponse", async a =>
        {
            var path = await NewAsync(a);
            return Delete(path, await a.TagAsync(path));
        });
        map.Resource("GetRating", async a => Get($"{await NewAsync(a)}/ratings/A.1"));
        map.Resource("PutRating", async a =>
        {
            var path = $"{await NewAsync(a)}/ratings/A.1";
            return Put(path, new { level = "yellow", comment = a.Text("Comment") }, await a.TagAsync(path));
        });
        map.Resource("ClearRating", async a =>
        {
            var path = $"{await NewAsync(a)}/ratings/A.1";
            return Delete(path, await a.TagAsync(path));
        });
    }

    private static async Task<string> NewAsync(Side a) => await a.NewResponseAsync(await a.NewAssessmentAsync());
}
