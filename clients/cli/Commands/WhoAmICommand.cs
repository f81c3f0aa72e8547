using System.Buffers.Text;
using System.CommandLine;
using System.Text.Json;
using PLService.Cli.Output;
using PLService.Cli.Profiles;
using PLService.Client;

namespace PLService.Cli.Commands;

/// <summary>Who one is to the service, and what one may do.</summary>
internal static class WhoAmICommand
{
    private const string TenantRead = "tenant:read";
    private const string OrganizationsRead = "organizations:read";

    // Tenant and organization have a name when the scope to read it is there; no organization means the whole tenant.
    public sealed record Answer(
        string Url, string Profile, string ClientId, Guid? TenantId, string? Tenant, Guid? OrganizationId, string? Organization, IReadOnlyList<string> Scopes);

    public static Command Build() =>
        new Command("whoami", "Show where you are signed in, as whom, and what you may do.")
        .WithExamples("pls whoami", "pls whoami --json | jq -r '.scopes[]'")
        .Runs(async (session, ct) =>
        {
            var who = await AskAsync(session.Client, session.SignIn, ct);
            session.Screen.Show(who, output => output.Write(Screen.Facts(
                ("service", who.Url),
                ("profile", who.Profile),
                ("client", who.ClientId),
                ("tenant", who.Tenant ?? who.TenantId?.ToString()),
                ("reaches", who.OrganizationId is null ? "the whole tenant" : $"{who.Organization ?? who.OrganizationId.ToString()} and what is below it"),
                ("may", string.Join('\n', who.Scopes)))));
            return ExitCodes.Done;
        });

    /// <exception cref="ApiProblemException">The service does not know this client, or not this secret.</exception>
    public static async Task<Answer> AskAsync(PLServiceClient client, SignIn signIn, CancellationToken ct)
    {
        var token = await client.SignInAsync(ct);
        var scopes = token.Scope?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var (tenantId, organizationId) = ClaimsOf(token.Text);
        var tenant = scopes.Contains(TenantRead) ? (await client.GetTenantAsync(ct)).Name : null;
        var organization = organizationId is { } id && scopes.Contains(OrganizationsRead) ? (await client.GetOrganizationAsync(id, cancellationToken: ct)).Name : null;
        return new(signIn.Profile.Url, signIn.Source, signIn.Profile.ClientId, tenantId, tenant, organizationId, organization, scopes);
    }

    // The service checks tokens; here they are only read, to tell people what they hold.
    private static (Guid? Tenant, Guid? Organization) ClaimsOf(string token)
    {
        if (token.Split('.') is not [_, var body, _] || !Base64Url.IsValid(body))
            return default;
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(body));
        return (IdOf(claims.RootElement, "tenant"), IdOf(claims.RootElement, "organization"));
    }

    private static Guid? IdOf(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var claim) && Guid.TryParse(claim.GetString(), out var id) ? id : null;
}
