using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using PLService.Api.Domain.Frameworks;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Frameworks;

/// <summary>What tests about frameworks do, in one line each.</summary>
internal static class FrameworkSteps
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Task<JsonObject> AddFrameworkAsync(this HttpClient client, string code = "cedar") =>
        client.CreateAsync("/v1/frameworks", new { code, title = $"Title of {code}", creator = "Cedar Valley" });

    public static Task<JsonObject> AddStandardAsync(this HttpClient client, string framework, string code, Guid? parentId = null, int? position = null, string? statement = null) =>
        client.CreateAsync($"/v1/frameworks/{framework}/standards", new { code, label = $"Label {code}", statement = statement ?? $"Statement of {code}.", parentId, position });

    public static Task<HttpResponseMessage> ChangeAsync(this HttpClient client, JsonObject standard, object body, string? ifMatch = "*") =>
        client.SendJsonAsync(HttpMethod.Patch, $"/v1/standards/{standard.Id()}", body, ifMatch);

    public static Task<HttpResponseMessage> MoveAsync(this HttpClient client, JsonObject standard, Guid? parentId, int? position = null, Guid? fromParentId = null) =>
        client.SendJsonAsync(HttpMethod.Post, $"/v1/standards/{standard.Id()}/move", new { parentId, position, fromParentId }, "*");

    public static Task<HttpResponseMessage> ReplaceByAsync(this HttpClient client, JsonObject old, JsonObject other, string? on = null) =>
        client.SendJsonAsync(HttpMethod.Post, $"/v1/standards/{old.Id()}/replace-by", new { standardId = other.Id(), on }, "*");

    public static async Task<JsonObject> PublishFrameworkAsync(this HttpClient client, string framework) =>
        await (await client.SendJsonAsync(HttpMethod.Post, $"/v1/frameworks/{framework}/publish", ifMatch: "*")).ExpectAsync(HttpStatusCode.OK);

    public static Task<HttpResponseMessage> LinkAsync(this HttpClient client, string framework, string type, JsonObject origin, JsonObject destination) =>
        client.SendJsonAsync(HttpMethod.Post, "/v1/associations", new { framework, type, originId = origin.Id(), destinationId = destination.Id() });

    /// <summary>Codes of a page, in its order.</summary>
    public static IEnumerable<string?> Codes(this JsonObject page) => page["items"]!.AsArray().Select(item => (string?)item!["code"]);

    /// <summary>The tree as it is listed: a code per place, indented by its depth.</summary>
    public static async Task<IEnumerable<string>> TreeAsync(this HttpClient client, string framework, string query = "limit=500") =>
        (await client.ReadAsync($"/v1/frameworks/{framework}/standards?{query}"))["items"]!.AsArray().Select(s => new string('-', (int)s!["depth"]!) + (string?)s["code"]);

    /// <summary>Something in the tenant refers to a standard.</summary>
    public static Task ReferAsync(this TestTenant tenant, string framework, string standard, string part = "", Guid? organizationId = null) => tenant.StoredAsync(async db =>
    {
        db.Add(new StandardReference
        {
            FrameworkCode = framework,
            StandardCode = standard,
            ResourceType = "instrument",
            ResourceId = Guid.CreateVersion7(),
            Part = part,
            Relation = AssociationTypes.IsRelatedTo,
            Title = "Pulse",
            Address = "/v1/instruments/pulse/versions/1.0",
            OrganizationId = organizationId,
        });
        return await db.SaveChangesAsync(Ct);
    });

    /// <summary>Stores standards and links below what the service would make itself, as a package from elsewhere can bring them.</summary>
    public static Task ExecuteAsync(this ApiServer api, Guid tenantId, string sql, params object[] values) => RunAsync(api, tenantId, sql, values);

    /// <summary>A published framework of the catalog with two standards: A and, below it, B.</summary>
    public static async Task<(Guid Framework, Guid A, Guid B)> AddToCatalogAsync(this ApiServer api, string code)
    {
        var (framework, a, b) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await RunAsync(
            api, Guid.Empty,
            """
            insert into pls.framework (tenant_id, id, code, title, status, body, created_at, updated_at)
            values ($1, $2, $5, 'Catalog', 'published', jsonb_build_object('identifier', $2::text, 'uri', 'plservice:/CFDocuments/' || $2, 'title', 'Catalog', 'creator', 'Everybody'), now(), now());
            insert into pls.standard (tenant_id, id, framework_id, code, statement, position, body, created_at, updated_at)
            select $1, id, $2, code, 'Statement of ' || code, n, jsonb_build_object('identifier', id::text, 'uri', 'plservice:/CFItems/' || id, 'fullStatement', 'Statement of ' || code), now(), now()
            from (values ($3::uuid, 'A', 0), ($4::uuid, 'B', 1)) v(id, code, n);
            insert into pls.standard_association (tenant_id, framework_id, id, type, origin_id, destination_id, sequence_number, position, body)
            values ($1, $2, gen_random_uuid(), 'isChildOf', $3, $2, 1, 0, '{}'), ($1, $2, gen_random_uuid(), 'isChildOf', $4, $3, 1, 1, '{}');
            """,
            Guid.Empty, framework, a, b, code);
        return (framework, a, b);
    }

    private static async Task RunAsync(ApiServer api, Guid tenantId, string sql, params object[] values)
    {
        await using var owner = await DatabaseClone.OpenAsync(api.Database.Owner);
        await using var transaction = await owner.BeginTransactionAsync(Ct);
        await using (var tenant = new NpgsqlCommand($"set local app.tenant_id = '{tenantId}'", owner))
            await tenant.ExecuteNonQueryAsync(Ct);
        foreach (var statement in sql.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            await using var command = new NpgsqlCommand(statement, owner);
            // Each statement gets the values that it names.
            var used = Enumerable.Range(1, values.Length).Where(n => statement.Contains($"${n}", StringComparison.Ordinal)).ToList();
            for (var i = 0; i < used.Count; i++)
                command.CommandText = command.CommandText.Replace($"${used[i]}", $"@p{used[i]}", StringComparison.Ordinal);
            foreach (var n in used)
                command.Parameters.AddWithValue($"p{n}", values[n - 1]);
            await command.ExecuteNonQueryAsync(Ct);
        }

        await transaction.CommitAsync(Ct);
    }
}
