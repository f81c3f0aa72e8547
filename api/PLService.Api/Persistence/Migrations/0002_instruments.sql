-- Instruments and their versions. System catalog rows carry the nil UUID as tenant: every tenant reads them, only the owner
-- role writes them (plservice migrate). A published version's document never changes.

create table pls.instrument (
    tenant_id  uuid        not null,
    id         uuid        not null,
    code       text        not null check (code ~ '^[a-z][a-z0-9-]{1,39}$'),
    title      jsonb       not null,
    version    bigint      not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, code)
);

create table pls.instrument_version (
    tenant_id     uuid        not null,
    id            uuid        not null,
    instrument_id uuid        not null,
    label         text        not null,
    status        text        not null check (status in ('draft', 'published', 'retired')),
    document      jsonb       not null,
    sha256        bytea       not null,
    published_at  timestamptz,
    retired_at    timestamptz,
    version       bigint      not null default 1,
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, instrument_id, label),
    foreign key (tenant_id, instrument_id) references pls.instrument (tenant_id, id)
);

do $$
declare
    t text;
    nil constant uuid := '00000000-0000-0000-0000-000000000000';
begin
    foreach t in array array['instrument', 'instrument_version'] loop
        execute format('alter table pls.%I enable row level security', t);
        execute format('alter table pls.%I force row level security', t);
        execute format('create policy tenant_isolation on pls.%I to plservice_app, plservice_owner
            using (tenant_id = (select pls.current_tenant())) with check (tenant_id = (select pls.current_tenant()))', t);
        execute format('create policy catalog_is_public on pls.%I for select to plservice_app using (tenant_id = %L)', t, nil);
        -- The application can never write a catalog row, whatever tenant it names.
        execute format('create policy catalog_is_read_only on pls.%I as restrictive for insert to plservice_app with check (tenant_id <> %L)', t, nil);
        execute format('create policy catalog_is_not_changed on pls.%I as restrictive for update to plservice_app using (tenant_id <> %L)', t, nil);
        execute format('create policy catalog_is_not_deleted on pls.%I as restrictive for delete to plservice_app using (tenant_id <> %L)', t, nil);
        execute format('grant select, insert, update, delete on pls.%I to plservice_app', t);
    end loop;
end $$;
