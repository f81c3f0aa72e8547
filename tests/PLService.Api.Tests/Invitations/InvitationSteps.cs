using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Tests.Accounts;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Invitations;

/// <summary>What tests about invitations do, in one line each.</summary>
internal static class InvitationSteps
{
    public static Task<HttpResponseMessage> InviteAsync(this HttpClient client, object invitations, string deliver = "link", DateTimeOffset? expiresAt = null) =>
        client.SendJsonAsync(HttpMethod.Post, "/v1/invitations", new { invitations, deliver, expiresAt });

    /// <summary>Invites one person by link.</summary>
    public static async Task<JsonNode> InviteOneAsync(this HttpClient client, string email, string role = "viewer", Guid? organizationId = null, string? name = null, string deliver = "link") =>
        Assert.Single((await (await client.InviteAsync(new[] { new { email, role, organization = Place(organizationId), name } }, deliver)).ExpectAsync(HttpStatusCode.OK))["results"]!.AsArray())!;

    /// <summary>An organization by its id; null for the whole tenant.</summary>
    public static object? Place(Guid? organizationId) => organizationId is { } id ? new { id } : null;

    public static string Token(this JsonNode result) => ((string)result["link"]!).Split("/invitation#token=")[1];

    public static string Path(this JsonNode result) => $"/v1/invitations/{result["invitationId"]}";

    public static Task<HttpResponseMessage> AcceptAsync(this HttpClient client, string token, string? password = AccountSteps.Password, string? name = null) =>
        client.SendJsonAsync(HttpMethod.Post, "/v1/invitations/accept", new { token, password, name });

    public static Task<HttpResponseMessage> LookUpAsync(this HttpClient client, string token) => client.SendJsonAsync(HttpMethod.Post, "/v1/invitations/lookup", new { token });

    public static string NewAddress() => $"i{Guid.NewGuid():N}@example.org";
}
