namespace PLService.Api.Tests.Database;

/// <summary>The rules of <see cref="RlsGate"/>: each is a query over pg_catalog that returns one line per violation.</summary>
internal static class RlsRules
{
    /// <summary>What every rule starts from: relations and functions of ours, without PostgreSQL's own and those of extensions.</summary>
    public const string Objects = """
        with schemas as (
            select n.oid, n.nspname, n.nspowner, n.nspacl from pg_namespace n where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        ), relations as (
            select c.*, s.nspname || '.' || c.relname as name from pg_class c join schemas s on s.oid = c.relnamespace
            where not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
        ), functions as (
            select p.*, s.nspname || '.' || p.proname as name from pg_proc p join schemas s on s.oid = p.pronamespace
            where not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
        ), unowned(name) as (
            -- Tables without a tenant, which no role but the owner may touch.
            values ('pls.__ef_migrations_history')
        ), tenant_tables as (
            select * from relations where relkind in ('r', 'p') and name not in (select name from unowned)
        ), tenant_key as (
            -- The column that says whose row it is.
            select t.oid, t.name, a.attnum, a.attname, a.atttypid, a.attnotnull from tenant_tables t
            join pg_attribute a on a.attrelid = t.oid and not a.attisdropped
                and a.attname = case t.name when 'pls.tenant' then 'id' else 'tenant_id' end
        ), catalog(t, nil) as (
            -- Tables with rows of the system catalog beside those of tenants.
            select t, '''00000000-0000-0000-0000-000000000000''::uuid' from unnest(array['pls.instrument', 'pls.instrument_version', 'pls.framework', 'pls.standard', 'pls.standard_name',
                'pls.standard_association', 'pls.framework_definition', 'pls.rubric', 'pls.standard_reference', 'pls.toolkit', 'pls.toolkit_version', 'pls.plan_template', 'pls.plan_form']) t
        ), door(name, attname) as (
            -- All that the door may read: names by which people come, and whose they are.
            values ('pls.tenant', 'id'), ('pls.tenant', 'slug')
            union all select 'pls.identity_provider', unnest(array['tenant_id', 'id', 'issuer', 'audience', 'algorithms', 'token_types', 'email_claim',
                'email_verified_claim', 'name_claim', 'status', 'version'])
            union all select 'pls.join_code', unnest(array['code', 'tenant_id', 'assessment_id'])
        ), expected_policies(name, policy, permissive, command, role, using_rule, check_rule) as (
            -- Each tenant table has this one ...
            select k.name, 'tenant_isolation', true, '*', 'application and owner', w.wall, w.wall from tenant_key k,
                lateral (select format('(%s = ( SELECT pls.current_tenant() AS current_tenant))', k.attname) as wall) w
            -- ... the catalog is read by all tenants and written by none ...
            union all select t, 'catalog_is_public', true, 'r', 'plservice_app', '(tenant_id = ' || nil || ')', null from catalog
            union all select t, 'catalog_is_read_only', false, 'a', 'plservice_app', null, '(tenant_id <> ' || nil || ')' from catalog
            union all select t, 'catalog_is_not_changed', false, 'w', 'plservice_app', '(tenant_id <> ' || nil || ')', null from catalog
            union all select t, 'catalog_is_not_deleted', false, 'd', 'plservice_app', '(tenant_id <> ' || nil || ')', null from catalog
            -- ... and the worker finds due jobs of every tenant.
            union all values ('pls.job', 'worker_claims', true, '*', 'plservice_worker', 'true', 'true')
            -- ... and the door finds the tenant that a name belongs to.
            union all select name, 'door_finds', true, 'r', 'plservice_door', 'true', null from (select distinct name from door) d
        ), policies as (
            select t.name, p.polname::text as policy, p.polpermissive as permissive, p.polcmd::text as command,
                (select case string_agg(coalesce(r.rolname, 'public'), ',' order by r.rolname)
                        when 'public' then 'application and owner'
                        when 'plservice_app,plservice_owner' then 'application and owner'
                        else string_agg(coalesce(r.rolname, 'public'), ',' order by r.rolname) end
                    from unnest(p.polroles) u left join pg_roles r on r.oid = u) as role,
                pg_get_expr(p.polqual, p.polrelid) as using_rule, pg_get_expr(p.polwithcheck, p.polrelid) as check_rule
            from pg_policy p join relations t on t.oid = p.polrelid
        ), grants as (
            select r.name, r.relkind, null::name as attname, coalesce(g.rolname, 'PUBLIC') as grantee, a.privilege_type, a.is_grantable
            from relations r cross join aclexplode(r.relacl) a left join pg_roles g on g.oid = a.grantee
            union all
            select r.name, r.relkind, c.attname, coalesce(g.rolname, 'PUBLIC'), a.privilege_type, a.is_grantable
            from relations r join pg_attribute c on c.attrelid = r.oid cross join aclexplode(c.attacl) a left join pg_roles g on g.oid = a.grantee
        )
        """;

    /// <summary>Name and query of each rule.</summary>
    public static readonly IReadOnlyList<(string Rule, string Sql)> All = [.. OfTables, .. OfCode, .. OfRoles];

    private static (string Rule, string Sql)[] OfTables =>
    [
        ("table without tenant_id uuid not null",
            """
            select t.name from tenant_tables t left join tenant_key k on k.oid = t.oid
            where k.oid is null or k.atttypid <> 'uuid'::regtype or not k.attnotnull
            """),
        ("row-level security not enabled and forced",
            "select name from tenant_tables where not (relrowsecurity and relforcerowsecurity)"),
        ("policy missing or changed",
            "select format('%s on %s', policy, name) from (select * from expected_policies except select * from policies) missing"),
        ("policy that is not documented here",
            """
            select format('%s on %s using %s', policy, name, using_rule)
            from (select * from policies where permissive except select * from expected_policies) surplus
            """),
        ("primary key that does not begin with the tenant",
            """
            select k.name from tenant_key k
            where not exists (select from pg_index i where i.indrelid = k.oid and i.indisprimary and i.indkey[0] = k.attnum)
            """),
        ("unique index that does not begin with the tenant",
            """
            select i.indexrelid::regclass::text from pg_index i join tenant_key k on k.oid = i.indrelid
            where (i.indisunique or i.indisexclusion) and i.indkey[0] <> k.attnum
                -- A tenant's short name is unique in the installation; the application cannot write it.
                and i.indexrelid::regclass::text <> 'pls.tenant_slug_key'
            """),
        ("foreign key that can cross tenants",
            """
            select format('%s on %s', f.conname, f.conrelid::regclass) from pg_constraint f
            join tenant_key own on own.oid = f.conrelid
            left join tenant_key other on other.oid = f.confrelid
            where f.contype = 'f' and not exists (
                select from unnest(f.conkey, f.confkey) as pair(here, there)
                join pg_attribute a on a.attrelid = f.conrelid and a.attnum = pair.here
                where pair.there = other.attnum and (a.attname = own.attname
                    -- A reference that may go into the catalog names its own tenant or the catalog's, and a constraint sees to it.
                    or exists (select from pg_constraint c where c.contype = 'c' and c.conrelid = f.conrelid and c.convalidated
                        and pg_get_expr(c.conbin, c.conrelid) = format(
                            '((%1$s = tenant_id) OR (%1$s = ''00000000-0000-0000-0000-000000000000''::uuid))', a.attname))))
            """),
        ("foreign key that sets null or a default",
            """
            select format('%s on %s', f.conname, f.conrelid::regclass) from pg_constraint f join relations r on r.oid = f.conrelid
            where f.contype = 'f' and (f.confdeltype in ('n', 'd') or f.confupdtype in ('n', 'd'))
            """),
        ("materialized view, foreign table or sequence",
            "select name from relations where relkind in ('m', 'f', 'S')"),
        ("identity or serial column",
            """
            select format('%s.%s', r.name, a.attname) from relations r join pg_attribute a on a.attrelid = r.oid and not a.attisdropped
            left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum
            where r.relkind in ('r', 'p') and (a.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) like '%nextval%')
            """),
    ];

    private static (string Rule, string Sql)[] OfCode =>
    [
        ("view that does not run as its caller",
            "select name from relations where relkind = 'v' and not coalesce('security_invoker=true' = any (reloptions), false)"),
        ("function that runs as its owner, hides from the planner, or changes settings",
            "select name from functions where prosecdef or proleakproof or proconfig is not null"),
        ("function that touches the tenant setting",
            """
            select name from functions
            where coalesce(prosrc, '') || coalesce(pg_get_function_sqlbody(oid), '') ~* 'app\.tenant_id|set_config' and name <> 'pls.current_tenant'
            """),
        ("pls.current_tenant is not what it was",
            """
            select coalesce(max(pg_get_function_sqlbody(oid)), 'missing') from functions where name = 'pls.current_tenant'
            having count(*) <> 1
                or max(pg_get_function_sqlbody(oid)) <> 'RETURN (NULLIF(current_setting(''app.tenant_id''::text, true), ''''::text))::uuid'
            """),
        ("trigger or rule",
            """
            select format('%s on %s', t.tgname, r.name) from pg_trigger t join relations r on r.oid = t.tgrelid where not t.tgisinternal
            union all select format('%s on %s', w.rulename, r.name) from pg_rewrite w join relations r on r.oid = w.ev_class where w.rulename <> '_RETURN'
            union all select evtname::text from pg_event_trigger
            """),
        ("extension that nobody asked for",
            "select extname::text from pg_extension where extname not in ('plpgsql', 'citus', 'citus_columnar')"),
    ];

    private static (string Rule, string Sql)[] OfRoles =>
    [
        ("role that is more than it should be",
            """
            select rolname::text from pg_roles
            where rolname in ('plservice_app', 'plservice_worker', 'plservice_door', 'plservice_owner')
                and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
                or rolname = 'plservice_app' and rolinherit
                or rolname in ('plservice_worker', 'plservice_door') and rolcanlogin
            """),
        ("membership that is more than app may become worker or door",
            """
            select format('%s in %s', m.member::regrole, m.roleid::regrole) from pg_auth_members m
            where m.member in ('plservice_app'::regrole, 'plservice_worker'::regrole, 'plservice_door'::regrole)
                    and (m.member <> 'plservice_app'::regrole or m.roleid not in ('plservice_worker'::regrole, 'plservice_door'::regrole) or m.admin_option)
                or m.roleid in ('plservice_worker'::regrole, 'plservice_door'::regrole) and m.member <> 'plservice_app'::regrole
                    and not (select rolsuper from pg_roles where oid = m.member)
            union all select format('plservice_app uses %s without SET ROLE', r) from unnest(array['plservice_worker', 'plservice_door']) r
            where pg_has_role('plservice_app', r, 'usage')
            """),
        ("owned by another role than the owner",
            """
            select name from relations where relowner <> 'plservice_owner'::regrole
            union all select name from functions where proowner <> 'plservice_owner'::regrole
            union all select nspname from schemas where nspowner <> 'plservice_owner'::regrole and nspname <> 'public'
            union all select datname from pg_database where datname = current_database() and datdba <> 'plservice_owner'::regrole
            """),
        ("grant that nobody needs",
            """
            select format('%s on %s%s to %s', privilege_type, name, '.' || attname, grantee) from grants
            where grantee <> 'plservice_owner' and (is_grantable
                or grantee not in ('plservice_app', 'plservice_worker', 'plservice_door')
                or privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
                or name in (select name from unowned))
            """),
        ("worker that can do more than claim jobs",
            """
            select format('%s on %s%s', privilege_type, name, '.' || attname) from grants
            where grantee = 'plservice_worker' and not (name = 'pls.job' and (privilege_type = 'SELECT' and attname is null
                or privilege_type = 'UPDATE' and attname in ('status', 'attempts', 'lease_owner', 'lease_until', 'started_at', 'updated_at', 'version')))
            """),
        ("door that can do more than find a tenant",
            """
            select format('%s on %s%s', privilege_type, name, '.' || attname) from grants
            where grantee = 'plservice_door' and not (privilege_type = 'SELECT' and (name, coalesce(attname, '')) in (select name, attname from door))
            """),
        ("application that can rewrite what is final",
            """
            select format('%s on %s%s', privilege_type, name, '.' || attname) from grants
            where grantee = 'plservice_app' and (name = 'pls.audit_event' and privilege_type in ('UPDATE', 'DELETE')
                or name = 'pls.assessment_result' and privilege_type = 'UPDATE'
                or name = 'pls.tenant' and (privilege_type in ('INSERT', 'DELETE')
                    or privilege_type = 'UPDATE' and (attname is null or attname in ('id', 'slug', 'created_at'))))
            """),
        ("schema that others may write or look into",
            """
            select format('%s on %s to %s', a.privilege_type, s.nspname, a.grantee::regrole) from schemas s, aclexplode(s.nspacl) a
            where a.grantee not in (s.nspowner, 'plservice_owner'::regrole) and not (a.privilege_type = 'USAGE'
                and (s.nspname = 'public' or a.grantee in ('plservice_app'::regrole, 'plservice_worker'::regrole, 'plservice_door'::regrole)))
            """),
        ("default grant to come",
            "select format('%s to %s', a.privilege_type, a.grantee::regrole) from pg_default_acl d, aclexplode(d.defaclacl) a where a.grantee <> d.defaclrole"),
        ("setting that a role or database starts with",
            """
            select unnest(setconfig) from pg_db_role_setting
            where setrole in (0, 'plservice_app'::regrole, 'plservice_worker'::regrole, 'plservice_door'::regrole)
                and exists (select from unnest(setconfig) s where s ~ '^(app\.|row_security|role|search_path|session_authorization)')
            """),
    ];
}
