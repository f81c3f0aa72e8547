-- Tenants, API clients, organizations, jobs, audit and idempotency records.
--
-- Rules that every later migration keeps (a gate test walks the catalog for them):
--   * each tenant-owned table has tenant_id, primary key (tenant_id, id) and foreign keys that include tenant_id;
--   * row-level security is enabled AND forced; without app.tenant_id every table reads empty;
--   * plservice_app owns nothing and cannot bypass policies; plservice_worker may only see and claim jobs.

create schema if not exists pls;
grant usage on schema pls to plservice_app, plservice_worker;

-- (select ...) makes PostgreSQL evaluate the setting once per statement instead of once per row;
-- nullif, because a rolled-back SET LOCAL leaves '' behind, not NULL.
create function pls.current_tenant() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('app.tenant_id', true), '')::uuid;

create table pls.tenant (
    id                 uuid primary key,
    slug               text        not null unique check (slug ~ '^[a-z][a-z0-9-]{1,39}$'),
    name               text        not null,
    minimum_group_size int         not null default 5 check (minimum_group_size between 1 and 100),
    version            bigint      not null default 1,
    created_at         timestamptz not null,
    updated_at         timestamptz not null
);
alter table pls.tenant enable row level security;
alter table pls.tenant force row level security;
create policy tenant_isolation on pls.tenant
    using (id = (select pls.current_tenant())) with check (id = (select pls.current_tenant()));
-- The short name is given once, by the owner: it is unique in the whole installation and so would tell tenants of each other.
grant select, update (name, minimum_group_size, version, updated_at) on pls.tenant to plservice_app;

create table pls.organization (
    tenant_id    uuid        not null references pls.tenant (id),
    id           uuid        not null,
    parent_id    uuid,
    kind         text        not null check (kind in ('state', 'region', 'district', 'school', 'network', 'other')),
    name         text        not null,
    status       text        not null check (status in ('active', 'closed')),
    time_zone    text        not null,
    opened_on    date,
    closed_on    date,
    successor_id uuid,
    version      bigint      not null default 1,
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, parent_id) references pls.organization (tenant_id, id),
    foreign key (tenant_id, successor_id) references pls.organization (tenant_id, id)
);
create index organization_parent on pls.organization (tenant_id, parent_id);
-- The list is ordered by name; search is by prefix of a word, without regard to case.
create index organization_name on pls.organization (tenant_id, lower(name), id);

-- Every (ancestor, descendant) pair, itself included at depth 0: a subtree is one index range, never a recursion.
create table pls.organization_closure (
    tenant_id     uuid     not null,
    ancestor_id   uuid     not null,
    descendant_id uuid     not null,
    depth         smallint not null check (depth between 0 and 32),
    primary key (tenant_id, ancestor_id, descendant_id),
    foreign key (tenant_id, ancestor_id) references pls.organization (tenant_id, id) on delete cascade,
    foreign key (tenant_id, descendant_id) references pls.organization (tenant_id, id) on delete cascade
);
create index organization_closure_descendant on pls.organization_closure (tenant_id, descendant_id, depth) include (ancestor_id);

create table pls.organization_identifier (
    tenant_id       uuid not null,
    id              uuid not null,
    organization_id uuid not null,
    system          text not null check (system ~ '^[a-z][a-z0-9-]{0,39}$'),
    value           text not null check (length(value) between 1 and 80),
    valid_from      date,
    valid_to        date,
    primary key (tenant_id, id),
    foreign key (tenant_id, organization_id) references pls.organization (tenant_id, id) on delete cascade,
    check (valid_from is null or valid_to is null or valid_from <= valid_to)
);
-- One organization at a time answers to an outside id; ended ones stay as history.
create unique index organization_identifier_current on pls.organization_identifier (tenant_id, system, value) where valid_to is null;
create index organization_identifier_value on pls.organization_identifier (tenant_id, system, value);
create index organization_identifier_organization on pls.organization_identifier (tenant_id, organization_id);

create table pls.api_client (
    tenant_id       uuid        not null references pls.tenant (id),
    id              uuid        not null,
    name            text        not null,
    scopes          text[]      not null,
    organization_id uuid,
    revoked_at      timestamptz,
    version         bigint      not null default 1,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, organization_id) references pls.organization (tenant_id, id)
);

-- A secret is 256 random bits, so a plain SHA-256 is as good as a slow hash; the secret itself is never stored.
create table pls.api_client_secret (
    tenant_id     uuid        not null,
    id            uuid        not null,
    api_client_id uuid        not null,
    hash          bytea       not null,
    hint          text        not null,
    created_at    timestamptz not null,
    revoked_at    timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, api_client_id) references pls.api_client (tenant_id, id) on delete cascade
);
create index api_client_secret_client on pls.api_client_secret (tenant_id, api_client_id);

create table pls.job (
    tenant_id        uuid        not null references pls.tenant (id),
    id               uuid        not null,
    kind             text        not null,
    resource_id      uuid        not null,
    organization_id  uuid,
    api_client_id    uuid,
    status           text        not null check (status in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    step             text,
    progress_done    bigint      not null default 0,
    progress_total   bigint,
    attempts         int         not null default 0,
    run_after        timestamptz not null,
    lease_owner      uuid,
    lease_until      timestamptz,
    cancel_requested boolean     not null default false,
    error_code       text,
    error_detail     text,
    version          bigint      not null default 1,
    created_at       timestamptz not null,
    started_at       timestamptz,
    finished_at      timestamptz,
    updated_at       timestamptz not null,
    primary key (tenant_id, id)
);
create index job_claimable on pls.job (run_after, id) where status in ('queued', 'running');

create table pls.idempotency_record (
    tenant_id     uuid        not null references pls.tenant (id),
    api_client_id uuid        not null,
    key           text        not null check (length(key) between 1 and 255),
    request_hash  bytea       not null,
    status        smallint    not null,
    headers       jsonb       not null,
    body          bytea       not null,
    created_at    timestamptz not null,
    primary key (tenant_id, api_client_id, key)
);
create index idempotency_record_age on pls.idempotency_record (tenant_id, created_at);

-- Append-only: nobody but the owner may change or remove a row. transaction_id orders the rows so that a reader who stays
-- below the oldest running transaction can never miss one.
create table pls.audit_event (
    tenant_id       uuid        not null references pls.tenant (id),
    id              uuid        not null,
    transaction_id  xid8        not null default pg_current_xact_id(),
    at              timestamptz not null,
    api_client_id   uuid,
    organization_id uuid,
    action          text        not null,
    resource_type   text        not null,
    resource_id     uuid        not null,
    detail          jsonb,
    trace_id        text,
    primary key (tenant_id, id)
);
create index audit_event_resource on pls.audit_event (tenant_id, resource_type, resource_id, id);
create index audit_event_order on pls.audit_event (tenant_id, transaction_id, id);

do $$
declare
    t text;
begin
    foreach t in array array['organization', 'organization_closure', 'organization_identifier', 'api_client', 'api_client_secret',
                             'job', 'idempotency_record', 'audit_event'] loop
        execute format('alter table pls.%I enable row level security', t);
        execute format('alter table pls.%I force row level security', t);
        execute format('create policy tenant_isolation on pls.%I to plservice_app, plservice_owner
            using (tenant_id = (select pls.current_tenant())) with check (tenant_id = (select pls.current_tenant()))', t);
        execute format('grant select, insert, update, delete on pls.%I to plservice_app', t);
    end loop;
end $$;
revoke update, delete on pls.audit_event from plservice_app;

-- The worker finds due jobs of every tenant, and nothing else; their work then runs under their own tenant.
create policy worker_claims on pls.job to plservice_worker using (true) with check (true);
grant select, update (status, attempts, lease_owner, lease_until, started_at, updated_at, version) on pls.job to plservice_worker;
