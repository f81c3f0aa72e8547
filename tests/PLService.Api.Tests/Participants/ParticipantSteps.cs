using System.Net;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using PLService.Api.Domain.People;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Participants;

/// <summary>What tests about participants do, in one line each.</summary>
internal static class ParticipantSteps
{
    public const string Own = "/v1/participation";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Opens joining; gives code and link.</summary>
    public static async Task<JsonObject> OpenJoiningAsync(this TestAssessment assessment, object? body = null) =>
        await (await assessment.Client.SendJsonAsync(HttpMethod.Post, assessment.Address + "/join-code", body ?? new { })).ExpectAsync(HttpStatusCode.OK);

    /// <summary>Sends what one joins with.</summary>
    public static Task<HttpResponseMessage> JoinAsync(this TestAssessment assessment, object body) =>
        assessment.Tenant.Anonymous().SendJsonAsync(HttpMethod.Post, "/v1/join/start", body);

    /// <summary>Somebody without an account who has joined.</summary>
    public static async Task<TestParticipant> JoinedAsync(this TestAssessment assessment, string? key = null, string? role = null)
    {
        var code = (string?)(await assessment.OpenJoiningAsync())["code"];
        return assessment.With(await (await assessment.JoinAsync(new { code, participantKey = key, role })).ExpectAsync(HttpStatusCode.OK));
    }

    /// <summary>A new person who may answer in the assessment's organization.</summary>
    public static Task<Person> NewParticipantAsync(this TestAssessment assessment) => assessment.Tenant.NewPersonAsync((Role.Participant, assessment.DistrictId));

    /// <summary>Sends that a signed-in person takes part.</summary>
    public static Task<HttpResponseMessage> StartAsync(this TestAssessment assessment, Person person, object? body = null) =>
        assessment.Tenant.As(person).SendJsonAsync(HttpMethod.Post, assessment.Address + "/participation", body ?? new { });

    /// <summary>A signed-in person who has started.</summary>
    public static async Task<TestParticipant> StartedAsync(this TestAssessment assessment, Person person, string? role = null) =>
        assessment.With(await (await assessment.StartAsync(person, new { role })).ExpectAsync(HttpStatusCode.OK));

    /// <summary>Somebody with the token that joining answered.</summary>
    public static TestParticipant With(this TestAssessment assessment, JsonObject answer)
    {
        var token = (string)answer["token"]!;
        var client = assessment.Tenant.Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return new TestParticipant(client, token, answer);
    }
}

/// <summary>Somebody with a participant's token.</summary>
internal sealed record TestParticipant(HttpClient Client, string Token, JsonObject Answer)
{
    /// <summary>The response that the token is for.</summary>
    public Guid ResponseId => Guid.Parse(new JsonWebToken(Token).GetClaim("response").Value);

    public Task<JsonObject> ReadAsync() => Client.ReadAsync(ParticipantSteps.Own);

    public Task<HttpResponseMessage> PutAsync(string item, string level, string? ifMatch = "*", string? comment = null) =>
        Client.SendJsonAsync(HttpMethod.Put, $"{ParticipantSteps.Own}/ratings/{item}", new { level, comment }, ifMatch);

    public async Task RateAsync(string item, string level) => await (await PutAsync(item, level)).ExpectAsync(HttpStatusCode.OK);

    public Task<HttpResponseMessage> SubmitAsync(string ifMatch = "*") => Client.SendJsonAsync(HttpMethod.Post, ParticipantSteps.Own + "/submit", ifMatch: ifMatch);

    public Task<HttpResponseMessage> WithdrawAsync() => Client.SendJsonAsync(HttpMethod.Post, ParticipantSteps.Own + "/withdraw", ifMatch: "*");
}
