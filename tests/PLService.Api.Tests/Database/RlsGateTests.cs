using Npgsql;
using PLService.Api.Tests.Infrastructure;

namespace PLService.Api.Tests.Database;

/// <summary>The gate passes the schema as it is, and finds every kind of hole that is planted into it.</summary>
public sealed class RlsGateTests(DatabaseClone clone) : IClassFixture<DatabaseClone>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>What to plant, and the rule that must find it.</summary>
    public static TheoryData<string, string> Holes => new()
    {
        { "row-level security", "create table pls.planted (tenant_id uuid not null, id uuid, primary key (tenant_id, id)); grant select on pls.planted to plservice_app" },
        { "table without tenant_id", "create table pls.planted (id uuid primary key); alter table pls.planted enable row level security" },
        { "policy missing", """
            create table pls.planted (tenant_id uuid not null, id uuid, primary key (tenant_id, id));
            alter table pls.planted enable row level security; alter table pls.planted force row level security
            """ },
        { "policy missing", """
            create table pls.planted (tenant_id uuid not null, id uuid, primary key (tenant_id, id));
            alter table pls.planted enable row level security; alter table pls.planted force row level security;
            create policy tenant_isolation on pls.planted using (tenant_id = (select pls.current_tenant())) with check (true)
            """ },
        { "row-level security", "create table pls.planted () inherits (pls.organization)" },
        { "row-level security", """
            create table pls.planted (tenant_id uuid not null, id uuid, primary key (tenant_id, id)) partition by hash (tenant_id);
            alter table pls.planted enable row level security; alter table pls.planted force row level security;
            create policy tenant_isolation on pls.planted using (tenant_id = (select pls.current_tenant())) with check (tenant_id = (select pls.current_tenant()));
            create table pls.planted_0 partition of pls.planted for values with (modulus 1, remainder 0)
            """ },
        { "view that", "create view pls.planted as select * from pls.organization" },
        { "view that", "create view pls.planted with (security_invoker = false) as select * from pls.organization" },
        { "materialized view", "create materialized view pls.planted as select * from pls.organization" },
        { "materialized view", "create sequence pls.planted" },
        { "identity or serial", "alter table pls.organization add column planted bigint generated always as identity" },
        { "identity or serial", "alter table pls.organization add column planted bigserial" },
        { "function that runs", "create function pls.planted() returns bigint language sql security definer return (select count(*) from pls.organization)" },
        { "function that runs", "create function public.planted() returns bigint language sql security definer return (select count(*) from pls.organization)" },
        { "function that touches", """
            create function pls.planted(t uuid) returns text language plpgsql as $$ begin return set_config('app.tenant_id', t::text, true); end $$
            """ },
        { "pls.current_tenant", """
            create or replace function pls.current_tenant() returns uuid language sql stable parallel safe
                return coalesce(nullif(current_setting('app.tenant_id', true), '')::uuid, '00000000-0000-0000-0000-000000000000')
            """ },
        { "policy that is not", "create policy planted on pls.organization for select to plservice_app using (true)" },
        { "policy that is not", "create policy planted on pls.response for insert to plservice_app with check (true)" },
        { "policy that is not", "create policy planted on pls.assessment to plservice_worker using (true)" },
        { "policy missing", "alter policy tenant_isolation on pls.organization using (true)" },
        { "policy missing", "alter policy tenant_isolation on pls.organization with check (true)" },
        { "policy missing", "alter policy worker_claims on pls.job to plservice_app" },
        { "primary key", "alter table pls.organization_closure drop constraint organization_closure_pkey, add primary key (ancestor_id, tenant_id, descendant_id)" },
        { "unique index", "create unique index planted on pls.organization (name)" },
        { "unique index", "create unique index planted on pls.organization (lower(name), tenant_id)" },
        { "foreign key that can", "create unique index planted on pls.organization (id); alter table pls.job add foreign key (organization_id) references pls.organization (id)" },
        { "foreign key that can", "alter table pls.assessment drop constraint assessment_check" },
        { "foreign key that sets", "alter table pls.job add foreign key (tenant_id, organization_id) references pls.organization (tenant_id, id) on delete set null (organization_id)" },
        { "trigger or rule", """
            create function pls.planted() returns trigger language plpgsql as $$ begin return new; end $$;
            create trigger planted before insert on pls.organization for each row execute function pls.planted()
            """ },
        { "trigger or rule", "create rule planted as on delete to pls.organization do instead nothing" },
        { "grant that nobody", "grant select on pls.organization to public" },
        { "grant that nobody", "grant truncate on pls.organization to plservice_app" },
        { "grant that nobody", "grant select on pls.organization to plservice_app with grant option" },
        { "grant that nobody", "grant select on pls.__ef_migrations_history to plservice_app" },
        { "worker that can", "grant select on pls.organization to plservice_worker" },
        { "worker that can", "grant select (name) on pls.organization to plservice_worker" },
        { "worker that can", "grant update (resource_id) on pls.job to plservice_worker" },
        { "door that can", "grant select (name) on pls.tenant to plservice_door" },
        { "door that can", "grant select (expires_at) on pls.join_code to plservice_door" },
        { "unique index that", "create unique index planted on pls.join_code (code)" },
        { "door that can", "grant select on pls.person to plservice_door" },
        { "policy that is not", "create policy planted on pls.person to plservice_door using (true)" },
        { "membership", "grant plservice_worker to plservice_door" },
        { "application that can", "grant update on pls.audit_event to plservice_app" },
        { "application that can", "grant delete on pls.audit_event to plservice_app" },
        { "application that can", "grant update (document) on pls.assessment_result to plservice_app" },
        { "application that can", "grant insert on pls.tenant to plservice_app" },
        { "application that can", "grant update (slug) on pls.tenant to plservice_app" },
        { "schema that others", "grant create on schema pls to plservice_app" },
        { "schema that others", "grant usage on schema pls to public" },
        { "default grant", "alter default privileges in schema pls grant select on tables to plservice_app" },
        { "role that is more", "alter role plservice_app bypassrls" },
        { "role that is more", "alter role plservice_app superuser" },
        { "role that is more", "alter role plservice_app inherit" },
        { "role that is more", "alter role plservice_owner bypassrls" },
        { "membership", "grant plservice_owner to plservice_app" },
        { "membership", "grant pg_read_all_data to plservice_app" },
        { "membership", "grant pg_write_all_data to plservice_worker" },
        { "owned by another", "grant create on schema pls to plservice_app; alter table pls.organization owner to plservice_app" },
        { "setting that", "alter role plservice_app set app.tenant_id = '00000000-0000-0000-0000-000000000001'" },
    };

    [Fact]
    public async Task The_migrated_schema_keeps_tenants_apart()
    {
        await using var connection = await DatabaseClone.OpenAsync(clone.Database.App);

        var tables = await RlsGate.TablesAsync(connection, Ct);
        Assert.True(tables.Count >= 17 && tables.Contains("pls.tenant") && tables.Contains("pls.response"), "The gate sees too few tables: " + string.Join(", ", tables));
        Findings.None(await RlsGate.FindAsync(connection, Ct));
    }

    [Theory]
    [MemberData(nameof(Holes))]
    public async Task A_planted_hole_is_found(string rule, string sql)
    {
        await using var connection = await DatabaseClone.OpenAsync(clone.Database.Admin);

        Assert.Contains(await FindAfterAsync(connection, $"set local role {Actor(sql)}; {sql}; reset role"), finding => finding.StartsWith(rule, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_policy_that_is_dropped_is_missed()
    {
        await using var connection = await DatabaseClone.OpenAsync(clone.Database.Owner);
        var policies = await RlsGate.PoliciesAsync(connection, Ct);
        Assert.True(policies.Count >= 17);

        foreach (var policy in policies)
            Assert.Contains(await FindAfterAsync(connection, $"drop policy {policy}"), finding => finding.StartsWith("policy missing", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("disable")]
    [InlineData("no force")]
    public async Task Every_table_that_is_let_out_is_missed(string how)
    {
        await using var connection = await DatabaseClone.OpenAsync(clone.Database.Owner);

        foreach (var table in await RlsGate.TablesAsync(connection, Ct))
            Assert.Contains($"row-level security not enabled and forced: {table}", await FindAfterAsync(connection, $"alter table {table} {how} row level security"));
    }

    // Roles are the whole cluster's; nothing here is ever committed.
    private static async Task<List<string>> FindAfterAsync(NpgsqlConnection connection, string sql)
    {
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await using (var command = new NpgsqlCommand(sql, connection))
            await command.ExecuteNonQueryAsync(Ct);
        var findings = await RlsGate.FindAsync(connection, Ct);
        await transaction.RollbackAsync(Ct);
        return findings;
    }

    // What only an administrator can do is done as one; the rest as migrations do it.
    private static string Actor(string sql) => sql.Contains(" role ", StringComparison.Ordinal) || sql.Contains("pg_", StringComparison.Ordinal)
        || sql.StartsWith("grant plservice", StringComparison.Ordinal) || sql.Contains("owner to", StringComparison.Ordinal) ? "none" : "plservice_owner";
}
