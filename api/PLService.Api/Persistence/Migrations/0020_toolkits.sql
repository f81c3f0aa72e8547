-- Toolkits, which are documents in versions as instruments are (rows of the nil tenant are the system catalog), and what teams do with
-- them: worksheets whose fields are merged one by one, readings in revisions, and the marks that people set in them.

create table pls.toolkit (
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

create table pls.toolkit_version (
    tenant_id    uuid        not null,
    id           uuid        not null,
    toolkit_id   uuid        not null,
    label        text        not null,
    status       text        not null check (status in ('draft', 'published', 'retired')),
    document     jsonb       not null,
    sha256       bytea       not null,
    published_at timestamptz,
    retired_at   timestamptz,
    version      bigint      not null default 1,
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, toolkit_id, label),
    foreign key (tenant_id, toolkit_id) references pls.toolkit (tenant_id, id)
);

-- A team works through a toolkit version. The standards that fields are repeated for are those of the day on which it began: a framework
-- that changes later takes no answer away, and each answer keeps the id of its standard.
create table pls.toolkit_run (
    tenant_id          uuid        not null references pls.tenant (id),
    id                 uuid        not null,
    organization_id    uuid        not null,
    -- Either this tenant or the nil UUID of the system catalog.
    toolkit_tenant_id  uuid        not null,
    toolkit_version_id uuid        not null,
    team_name          text        not null check (length(team_name) between 1 and 200),
    team_kind          text        not null check (team_kind in ('pdec', 'learningCommunity', 'districtTeam', 'other')),
    standards          jsonb       not null,
    version            bigint      not null default 1,
    created_at         timestamptz not null,
    updated_at         timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, organization_id) references pls.organization (tenant_id, id),
    foreign key (toolkit_tenant_id, toolkit_version_id) references pls.toolkit_version (tenant_id, id),
    check (toolkit_tenant_id in (tenant_id, '00000000-0000-0000-0000-000000000000'))
);
create index toolkit_run_organization on pls.toolkit_run (tenant_id, organization_id, id desc);

create table pls.toolkit_run_member (
    tenant_id uuid not null,
    run_id    uuid not null,
    person_id uuid not null,
    role      text check (length(role) between 1 and 60),
    primary key (tenant_id, run_id, person_id),
    foreign key (tenant_id, run_id) references pls.toolkit_run (tenant_id, id) on delete cascade,
    foreign key (tenant_id, person_id) references pls.person (tenant_id, id) on delete cascade
);
create index toolkit_run_member_person on pls.toolkit_run_member (tenant_id, person_id);

-- What people said of a tool; where there is no row, its state follows from the work that there is.
create table pls.tool_mark (
    tenant_id     uuid        not null,
    run_id        uuid        not null,
    tool_code     text        not null,
    state         text        not null check (state in ('inProgress', 'done', 'skipped')),
    reason        text,
    person_id     uuid,
    api_client_id uuid,
    at            timestamptz not null,
    primary key (tenant_id, run_id, tool_code),
    foreign key (tenant_id, run_id) references pls.toolkit_run (tenant_id, id) on delete cascade
);

-- The answers of one tool: the team's (no person) or those of one person, who shows them to the team from shared_at on.
create table pls.worksheet (
    tenant_id  uuid        not null,
    id         uuid        not null,
    run_id     uuid        not null,
    tool_code  text        not null,
    person_id  uuid,
    shared_at  timestamptz,
    version    bigint      not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, run_id) references pls.toolkit_run (tenant_id, id) on delete cascade,
    foreign key (tenant_id, person_id) references pls.person (tenant_id, id) on delete cascade
);
create unique index worksheet_once on pls.worksheet (tenant_id, run_id, tool_code, person_id) nulls not distinct;

-- A field as it is now; version is that of the worksheet when it last changed. One that was emptied keeps its row, and with it its id.
create table pls.worksheet_value (
    tenant_id      uuid        not null,
    worksheet_id   uuid        not null,
    field          text        not null,
    id             uuid        not null,
    text           text,
    version        bigint      not null,
    standard_id    uuid,
    standard_code  text,
    standard_label text,
    person_id      uuid,
    api_client_id  uuid,
    at             timestamptz not null,
    gathered_from  jsonb       not null,
    primary key (tenant_id, worksheet_id, field),
    foreign key (tenant_id, worksheet_id) references pls.worksheet (tenant_id, id) on delete cascade
);
create index worksheet_value_standard on pls.worksheet_value (tenant_id, standard_id) where standard_id is not null;

-- Every value that a field ever had.
create table pls.worksheet_change (
    tenant_id     uuid        not null,
    worksheet_id  uuid        not null,
    version       bigint      not null,
    field         text        not null,
    text          text,
    person_id     uuid,
    api_client_id uuid,
    at            timestamptz not null,
    gathered_from jsonb       not null,
    primary key (tenant_id, worksheet_id, version, field),
    foreign key (tenant_id, worksheet_id) references pls.worksheet (tenant_id, id) on delete cascade
);
create index worksheet_change_field on pls.worksheet_change (tenant_id, worksheet_id, field, version desc);

create table pls.worksheet_image (
    tenant_id        uuid        not null,
    worksheet_id     uuid        not null,
    field            text        not null,
    media_type       text        not null check (media_type in ('image/png', 'image/jpeg', 'image/gif', 'image/webp')),
    bytes            bytea       not null,
    sha256           bytea       not null,
    alternative_text text        not null check (length(alternative_text) between 1 and 500),
    person_id        uuid,
    api_client_id    uuid,
    at               timestamptz not null,
    primary key (tenant_id, worksheet_id, field),
    foreign key (tenant_id, worksheet_id) references pls.worksheet (tenant_id, id) on delete cascade
);
alter table pls.worksheet_image alter column bytes set storage external;

-- What a team reads and marks; its version is the number of its latest revision.
create table pls.reading (
    tenant_id  uuid        not null,
    id         uuid        not null,
    run_id     uuid        not null,
    tool_code  text        not null,
    version    bigint      not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, run_id, tool_code),
    foreign key (tenant_id, run_id) references pls.toolkit_run (tenant_id, id) on delete cascade
);

create table pls.reading_revision (
    tenant_id     uuid        not null,
    reading_id    uuid        not null,
    revision      bigint      not null,
    text          text        not null,
    length        int         not null,
    person_id     uuid,
    api_client_id uuid,
    at            timestamptz not null,
    primary key (tenant_id, reading_id, revision),
    foreign key (tenant_id, reading_id) references pls.reading (tenant_id, id) on delete cascade
);

-- A mark with its rationale. Quote and position are those of the given revision; what a later one does not have any more is orphaned.
create table pls.annotation (
    tenant_id      uuid        not null,
    id             uuid        not null,
    run_id         uuid        not null,
    reading_id     uuid        not null,
    tool_code      text        not null,
    sign           text        not null check (length(sign) between 1 and 20),
    rationale      text,
    exact          text        not null,
    prefix         text        not null,
    suffix         text        not null,
    start_position int         not null,
    end_position   int         not null,
    revision       bigint      not null,
    is_orphaned    boolean     not null,
    marked_text    text,
    source_id      text,
    person_id      uuid,
    api_client_id  uuid,
    version        bigint      not null default 1,
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, run_id) references pls.toolkit_run (tenant_id, id) on delete cascade,
    foreign key (tenant_id, reading_id) references pls.reading (tenant_id, id) on delete cascade,
    check (start_position <= end_position)
);
create index annotation_reading on pls.annotation (tenant_id, reading_id, id);
create index annotation_run on pls.annotation (tenant_id, run_id, id);
-- Brought in twice, it is there once.
create unique index annotation_source on pls.annotation (tenant_id, reading_id, source_id) where source_id is not null;

do $$
declare
    t text;
    nil constant uuid := '00000000-0000-0000-0000-000000000000';
begin
    foreach t in array array['toolkit', 'toolkit_version', 'toolkit_run', 'toolkit_run_member', 'tool_mark', 'worksheet', 'worksheet_value', 'worksheet_change',
                             'worksheet_image', 'reading', 'reading_revision', 'annotation'] loop
        execute format('alter table pls.%I enable row level security', t);
        execute format('alter table pls.%I force row level security', t);
        execute format('create policy tenant_isolation on pls.%I to plservice_app, plservice_owner
            using (tenant_id = (select pls.current_tenant())) with check (tenant_id = (select pls.current_tenant()))', t);
        execute format('grant select, insert, update, delete on pls.%I to plservice_app', t);
    end loop;
    foreach t in array array['toolkit', 'toolkit_version'] loop
        execute format('create policy catalog_is_public on pls.%I for select to plservice_app using (tenant_id = %L)', t, nil);
        -- The application can never write a catalog row, whatever tenant it names.
        execute format('create policy catalog_is_read_only on pls.%I as restrictive for insert to plservice_app with check (tenant_id <> %L)', t, nil);
        execute format('create policy catalog_is_not_changed on pls.%I as restrictive for update to plservice_app using (tenant_id <> %L)', t, nil);
        execute format('create policy catalog_is_not_deleted on pls.%I as restrictive for delete to plservice_app using (tenant_id <> %L)', t, nil);
    end loop;
end $$;
