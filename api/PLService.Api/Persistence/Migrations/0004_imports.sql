-- Bulk imports: the stored upload, what was wrong with it, and what it changed (so that it can be undone).

create table pls.import (
    tenant_id         uuid        not null references pls.tenant (id),
    id                uuid        not null,
    kind              text        not null check (kind in ('readinessRatings', 'readinessWide', 'tallies', 'organizations')),
    format            text        not null check (format in ('csv', 'ndjson')),
    status            text        not null check (status in ('queued', 'running', 'completed', 'failed', 'cancelled', 'undone')),
    options           jsonb       not null,
    file_name         text,
    content_encoding  text,
    size_bytes        bigint      not null,
    sha256            bytea       not null,
    -- Who asked, and the root of what they reach: the import reaches no further.
    api_client_id     uuid,
    organization_id   uuid,
    idempotency_key   text        check (length(idempotency_key) between 1 and 255),
    job_id            uuid        not null,
    receipt           jsonb,
    error_code        text,
    error_detail      text,
    finished_at       timestamptz,
    undone_at         timestamptz,
    version           bigint      not null default 1,
    created_at        timestamptz not null,
    updated_at        timestamptz not null,
    primary key (tenant_id, id)
);
create unique index import_idempotency_key on pls.import (tenant_id, api_client_id, idempotency_key) where idempotency_key is not null;

-- The upload as it came, in chunks; the import is accepted once all of it is here.
create table pls.import_payload (
    tenant_id uuid  not null,
    import_id uuid  not null,
    chunk     int   not null,
    bytes     bytea not null,
    primary key (tenant_id, import_id, chunk),
    foreign key (tenant_id, import_id) references pls.import (tenant_id, id) on delete cascade
);
-- Uploads are compressed by whoever cares; trying again costs more time than it saves room.
alter table pls.import_payload alter column bytes set storage external;

create table pls.import_issue (
    tenant_id uuid   not null,
    import_id uuid   not null,
    number    int    not null,
    severity  text   not null check (severity in ('error', 'warning')),
    code      text   not null,
    detail    text   not null,
    line      bigint not null,
    record    bigint not null,
    column_name text,
    value     text,
    primary key (tenant_id, import_id, number),
    foreign key (tenant_id, import_id) references pls.import (tenant_id, id) on delete cascade
);

-- What an import changed: a response or tally as it was before, an organization that it made, an assessment that it closed; and the
-- version that it left. Undo restores the one if the other still stands.
create table pls.import_change (
    tenant_id      uuid     not null,
    import_id      uuid     not null,
    resource_type  text     not null check (resource_type in ('response', 'tally', 'organization', 'assessment')),
    resource_id    uuid     not null,
    version_after  bigint   not null,
    before         jsonb,
    primary key (tenant_id, import_id, resource_type, resource_id),
    foreign key (tenant_id, import_id) references pls.import (tenant_id, id) on delete cascade
);

create index response_import on pls.response (tenant_id, import_id) where import_id is not null;
create index assessment_import on pls.assessment (tenant_id, import_id) where import_id is not null;

do $$
declare
    t text;
begin
    foreach t in array array['import', 'import_payload', 'import_issue', 'import_change'] loop
        execute format('alter table pls.%I enable row level security', t);
        execute format('alter table pls.%I force row level security', t);
        execute format('create policy tenant_isolation on pls.%I to plservice_app, plservice_owner
            using (tenant_id = (select pls.current_tenant())) with check (tenant_id = (select pls.current_tenant()))', t);
        execute format('grant select, insert, update, delete on pls.%I to plservice_app', t);
    end loop;
end $$;
