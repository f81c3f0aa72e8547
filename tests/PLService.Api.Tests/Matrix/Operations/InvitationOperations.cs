using System.Net;
using System.Text.Json.Nodes;
using PLService.Api.Tests.Accounts;
using PLService.Api.Tests.Infrastructure;
using static PLService.Api.Tests.Matrix.Call;

namespace PLService.Api.Tests.Matrix.Operations;

internal static class InvitationOperations
{
    private static readonly Expectation BadEntry = new(400, "request.invalid");

    public static void Map(OperationMap map)
    {
        // What is wrong with an entry of a list is told with its place, and not as a conflict.
        map.Naming("CreateInvitations", "", a => Task.FromResult(Post("/v1/invitations", List(a)))).But(BadEntry, CallerKind.Sibling, CallerKind.Child, CallerKind.OtherTenant);
        map.List("ListInvitations", async a =>
        {
            await InviteAsync(a);
            return Get($"/v1/invitations?limit=500&organizationId={a.DistrictX}");
        });
        map.Resource("GetInvitation", async a => Get(await AddressAsync(a)));
        map.Resource("ResendInvitation", async a => Post($"{await AddressAsync(a)}/resend", new { deliver = "link" }, "*"));
        map.Resource("RevokeInvitation", async a => Post($"{await AddressAsync(a)}/revoke", null, "*"));
        map.WithKey("LookUpInvitation", async a => Post("/v1/invitations/lookup", new { token = TokenOf(await InviteAsync(a)) }));
        // Who is signed in accepts as who they are, and sends no password.
        map.WithKey("AcceptInvitation", async a => Post("/v1/invitations/accept", new { token = TokenOf(await InviteAsync(a)), password = AccountSteps.Password }))
            .But(BadEntry, [.. Enum.GetValues<CallerKind>().Where(kind => kind.IsPerson()), CallerKind.Stranger]);
    }

    private static object List(Side a) => new
    {
        invitations = new[] { new { email = a.Address(), role = "viewer", organization = new { id = a.DistrictX }, name = a.Text("Invited"), note = a.Text("Note") } },
        deliver = "link",
    };

    private static async Task<JsonObject> InviteAsync(Side a)
    {
        var made = await (await a.Everything.SendJsonAsync(HttpMethod.Post, "/v1/invitations", List(a))).ExpectAsync(HttpStatusCode.OK);
        var result = made["results"]![0]!.AsObject();
        a.Remember((Guid)result["invitationId"]!);
        return result;
    }

    private static async Task<string> AddressAsync(Side a) => $"/v1/invitations/{(await InviteAsync(a))["invitationId"]}";

    private static string TokenOf(JsonObject result) => ((string)result["link"]!).Split("#token=")[1];
}
