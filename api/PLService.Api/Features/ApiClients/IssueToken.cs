using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using PLService.Api.Access;
using PLService.Api.Http;
using PLService.Api.Persistence;

namespace PLService.Api.Features.ApiClients;

/// <summary>
/// Gives an access token for a client id and secret (OAuth 2 client credentials, RFC 6749 section 4.4), sent by HTTP Basic or in the form.
/// Failures here have OAuth's own shape, which OAuth libraries expect.
/// </summary>
internal static class IssueToken
{
    /// <param name="AccessToken">The token, for <c>Authorization: Bearer</c>.</param>
    /// <param name="TokenType">Always <c>Bearer</c>.</param>
    /// <param name="ExpiresIn">Seconds until it expires.</param>
    /// <param name="Scope">What it allows, separated by spaces.</param>
    public sealed record Response(
        [property: JsonPropertyName("access_token")] string AccessToken,
        [property: JsonPropertyName("token_type")] string TokenType,
        [property: JsonPropertyName("expires_in")] int ExpiresIn,
        [property: JsonPropertyName("scope")] string Scope);

    /// <param name="Error">RFC 6749 section 5.2: <c>invalid_client</c>, <c>invalid_scope</c>, ...</param>
    /// <param name="ErrorDescription">What was found and what would be right.</param>
    public sealed record Refusal(
        [property: JsonPropertyName("error")] string Error,
        [property: JsonPropertyName("error_description")] string ErrorDescription);

    private const string UnknownClient = "The client is not known, was revoked, or its secret is another.";

    private sealed record Found(Guid? OrganizationId, string[] Scopes, byte[] Hash);

    public static void Map(RouteGroupBuilder oauth) =>
        oauth.MapPost("/oauth/token", Handle)
            .UseCase(nameof(IssueToken), "Get an access token")
            .Accepts<Form>("application/x-www-form-urlencoded")
            .Fails(400, "The form is not right: invalid_request, unsupported_grant_type or invalid_scope.", new Refusal("invalid_scope", "The client does not have the scope audit:read."))
            .Fails(401, "The client is not known, was revoked, or its secret is another.", new Refusal("invalid_client", UnknownClient))
            .Example(new Form("client_credentials", null, null, null), new Response("eyJhbGciOiJSUzI1NiIsImtpZCI6...", "Bearer", Tokens.LifetimeSeconds, "assessments:read imports:write"));

    /// <param name="GrantType"><c>client_credentials</c>.</param>
    /// <param name="ClientId">The client, unless it comes by HTTP Basic.</param>
    /// <param name="ClientSecret">Its secret, unless it comes by HTTP Basic.</param>
    /// <param name="Scope">Fewer scopes than the client has, separated by spaces; all unless given.</param>
    public sealed record Form(
        [property: JsonPropertyName("grant_type")] string GrantType,
        [property: JsonPropertyName("client_id")] string? ClientId,
        [property: JsonPropertyName("client_secret")] string? ClientSecret,
        [property: JsonPropertyName("scope")] string? Scope);

    private static async Task<Results<Ok<Response>, JsonHttpResult<Refusal>>> Handle(
        HttpRequest request, Tokens tokens, NpgsqlDataSource source, CancellationToken ct)
    {
        if (!request.HasFormContentType)
            return Refuse(400, "invalid_request", "Send a form: Content-Type application/x-www-form-urlencoded.");
        var form = await request.ReadFormAsync(ct);
        if (form["grant_type"] != "client_credentials")
            return Refuse(400, "unsupported_grant_type", "The only grant_type here is client_credentials.");

        var (id, secret) = CredentialsOf(request, form);
        if (!ClientCredentials.TryReadId(id, out var tenantId, out var clientId))
            return Unknown(request);

        var caller = new Caller();
        caller.Become(new CallerIdentity(tenantId, clientId, null, new HashSet<string>()));
        var secrets = await ReadSecretsAsync(new TenantReader(source, caller), tenantId, clientId, ct);
        var hash = ClientCredentials.Hash(secret);
        if (secrets.Find(s => CryptographicOperations.FixedTimeEquals(s.Hash, hash)) is not { } client)
            return Unknown(request);

        var wanted = form["scope"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (wanted.Except(client.Scopes).FirstOrDefault() is { } excess)
            return Refuse(400, "invalid_scope", $"The client does not have the scope {excess}.");

        var identity = CallerIdentity.Client(tenantId, clientId, client.OrganizationId, (wanted.Length > 0 ? wanted : client.Scopes).ToHashSet(StringComparer.Ordinal));
        return TypedResults.Ok(new Response(
            tokens.Issue(identity), "Bearer", Tokens.LifetimeSeconds, string.Join(' ', identity.Scopes.Order(StringComparer.Ordinal))));
    }

    private static Task<List<Found>> ReadSecretsAsync(TenantReader reader, Guid tenantId, Guid clientId, CancellationToken ct) => reader.ExecuteAsync(
        new NpgsqlBatchCommand(
            """
            select c.organization_id, c.scopes, s.hash
            from pls.api_client c
            join pls.api_client_secret s on s.tenant_id = c.tenant_id and s.api_client_id = c.id
            where c.tenant_id = $1 and c.id = $2 and c.revoked_at is null and s.revoked_at is null
            """)
        {
            Parameters = { new() { Value = tenantId }, new() { Value = clientId } },
        },
        async (rows, token) =>
        {
            var found = new List<Found>();
            while (await rows.ReadAsync(token))
                found.Add(new(rows.IsDBNull(0) ? null : rows.GetGuid(0), rows.GetFieldValue<string[]>(1), rows.GetFieldValue<byte[]>(2)));
            return found;
        },
        ct);

    private static (string Id, string Secret) CredentialsOf(HttpRequest request, IFormCollection form) =>
        ClientCredentials.OfBasic(request.Headers.Authorization.ToString()) ?? (form["client_id"].ToString(), form["client_secret"].ToString());

    private static JsonHttpResult<Refusal> Unknown(HttpRequest request)
    {
        request.HttpContext.Response.Headers.WWWAuthenticate = "Basic realm=\"plservice\"";
        return Refuse(401, "invalid_client", UnknownClient);
    }

    private static JsonHttpResult<Refusal> Refuse(int status, string error, string description) =>
        TypedResults.Json(new Refusal(error, description), statusCode: status);
}
