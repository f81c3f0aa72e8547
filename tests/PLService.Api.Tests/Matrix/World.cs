using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PLService.Api.Domain.Jobs;
using PLService.Api.Tests.Database;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Matrix;

/// <summary>Two tenants of the same shape in one service: a class fixture.</summary>
public sealed class World : ApiServer, IAsyncLifetime
{
    public const string Operator = "matrix";
    public const string OperatorKey = "a key that only tests know";

    private Side? _a;
    private Side? _b;
    private FakeProvider? _provider;

    internal Side A => _a!;

    internal Side B => _b!;

    internal OperationMap Map { get; } = new();

    internal JsonObject Contract { get; private set; } = [];

    protected override string[] Settings =>
    [
        $"Support:Operators:{Operator}={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(OperatorKey)))}",
        "Access:AllowLoopbackProviders=true",
        // A mail server that is never there: what is queued stays so.
        "Mail:Host=127.0.0.1", "Mail:Port=9", "Mail:Security=none", "Mail:From=no-reply@pl.example.org", "Mail:RetrySeconds=3600",
    ];

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        using var anonymous = Anonymous();
        Contract = await anonymous.ReadAsync("/openapi/v1.json");
        (_a, _b) = (new Side(this, await NewTenantAsync()), new Side(this, await NewTenantAsync()));
        (A.Twin, B.Twin) = (B, A);
        _provider = await FakeProvider.SharedAsync();
        await A.BuildAsync();
        await B.BuildAsync();
    }

    /// <summary>Id of each operation of the served contract, with the scope that it needs.</summary>
    internal IReadOnlyDictionary<string, string?> Operations() => Contract["paths"]!.AsObject()
        .SelectMany(path => path.Value!.AsObject().Select(operation => operation.Value!))
        .ToDictionary(
            operation => (string)operation["operationId"]!,
            operation => operation["security"]!.AsArray().Select(way => way!["oauth2"]).FirstOrDefault() is JsonArray { Count: 1 } scopes ? (string?)scopes[0] : null);

    internal HttpClient As(CallerKind kind, string? scope) => kind switch
    {
        CallerKind.Anonymous => Anonymous(),
        CallerKind.OtherTenant => B.Everything,
        CallerKind.Stranger => Stranger(),
        CallerKind.LeadOfElsewhere => B.As(CallerKind.LeadOfOwn, scope),
        _ => A.As(kind, scope),
    };

    private HttpClient Stranger()
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", _provider!.Token("stranger", A.Audience));
        return client;
    }

    /// <summary>Every row of a tenant in every table, as one hash per table, once background work has come to rest.</summary>
    internal async Task<string> FingerprintAsync(Side side, CancellationToken ct)
    {
        for (string last = "", next; ; last = next)
        {
            next = await ReadAsync(side, ct);
            if (next == last && !await WorksAsync(side))
                return next;
            await Task.Delay(250, ct);
        }
    }

    private static Task<bool> WorksAsync(Side side) => side.Tenant.StoredAsync(
        db => db.Jobs.AnyAsync(job => (job.Status == JobStatus.Queued || job.Status == JobStatus.Running) && job.RunAfter <= DateTimeOffset.UtcNow));

    private async Task<string> ReadAsync(Side side, CancellationToken ct)
    {
        await using var connection = await DatabaseClone.OpenAsync(Database.Owner);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var tenant = new NpgsqlCommand($"set local app.tenant_id = '{side.Tenant.Id}'", connection))
            await tenant.ExecuteNonQueryAsync(ct);
        var tables = await RlsGate.TablesAsync(connection, ct);
        // Workers move jobs and their imports on while we look; who may not change them is seen in everything else.
        var hashes = string.Join(" union all ", tables.Where(table => table is not "pls.job").Select(table =>
            $"select '{table} ' || count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from {table} t"));
        // Large tables are read in parallel, and then come in any order.
        return string.Join('\n', (await RlsGate.ListAsync(connection, hashes, ct)).Order(StringComparer.Ordinal));
    }
}
