-- Assessments, packed responses, paper tallies, frozen results and the roll-ups that reports read.

create table pls.assessment (
    tenant_id             uuid        not null references pls.tenant (id),
    id                    uuid        not null,
    organization_id       uuid        not null,
    -- Either this tenant or the nil UUID of the system catalog.
    instrument_tenant_id  uuid        not null,
    instrument_version_id uuid        not null,
    external_id           text        check (length(external_id) between 1 and 80),
    title                 text        not null,
    round                 text        not null,
    mode                  text        not null check (mode in ('named', 'confidential', 'anonymous')),
    roles                 text[]      not null,
    window_opens_on       date,
    window_closes_on      date,
    status                text        not null check (status in ('draft', 'open', 'closed', 'archived')),
    opened_at             timestamptz,
    closed_at             timestamptz,
    reopened_at           timestamptz,
    reopen_reason         text,
    archived_at           timestamptz,
    result_revision       int         not null default 0,
    import_id             uuid,
    version               bigint      not null default 1,
    created_at            timestamptz not null,
    updated_at            timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, organization_id) references pls.organization (tenant_id, id),
    foreign key (instrument_tenant_id, instrument_version_id) references pls.instrument_version (tenant_id, id),
    check (instrument_tenant_id in (tenant_id, '00000000-0000-0000-0000-000000000000')),
    check (window_opens_on is null or window_closes_on is null or window_opens_on <= window_closes_on)
);
create unique index assessment_external_id on pls.assessment (tenant_id, organization_id, external_id) where external_id is not null;
create index assessment_by_external_id on pls.assessment (tenant_id, external_id) where external_id is not null;
create index assessment_organization on pls.assessment (tenant_id, organization_id, id desc);
create index assessment_round on pls.assessment (tenant_id, round, id desc);

-- One row is all that one participant said: levels[element] is the ordinal of a level in the element's scale, NULL not answered.
create table pls.response (
    tenant_id       uuid        not null,
    id              uuid        not null,
    assessment_id   uuid        not null,
    participant_key text        not null check (length(participant_key) between 1 and 80),
    role            text,
    levels          smallint[]  not null,
    comments        jsonb,
    status          text        not null check (status in ('inProgress', 'submitted')),
    rated_at        timestamptz,
    submitted_at    timestamptz,
    import_id       uuid,
    version         bigint      not null default 1,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, assessment_id, participant_key),
    foreign key (tenant_id, assessment_id) references pls.assessment (tenant_id, id) on delete cascade
);
alter table pls.response alter column levels set storage plain;

-- A paper poster: counts per level of every element, flat, as InstrumentLayout numbers them.
create table pls.tally (
    tenant_id     uuid        not null,
    id            uuid        not null,
    assessment_id uuid        not null,
    group_key     text        not null check (length(group_key) between 1 and 80),
    role          text,
    participants  int         not null check (participants between 0 and 1000000),
    counts        int[]       not null,
    import_id     uuid,
    version       bigint      not null default 1,
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, assessment_id, group_key),
    foreign key (tenant_id, assessment_id) references pls.assessment (tenant_id, id) on delete cascade
);

-- What an assessment said when it closed. A reopened assessment gets a further revision; none is ever changed.
create table pls.assessment_result (
    tenant_id     uuid        not null,
    assessment_id uuid        not null,
    revision      int         not null,
    frozen_at     timestamptz not null,
    sha256        bytea       not null,
    document      jsonb       not null,
    primary key (tenant_id, assessment_id, revision),
    foreign key (tenant_id, assessment_id) references pls.assessment (tenant_id, id) on delete cascade
);

-- Counts of a closed assessment, whole ('' role) and per role: what roll-ups are made of.
create table pls.assessment_counts (
    tenant_id     uuid  not null,
    assessment_id uuid  not null,
    role          text  not null,
    responses     int   not null,
    counts        int[] not null,
    primary key (tenant_id, assessment_id, role),
    foreign key (tenant_id, assessment_id) references pls.assessment (tenant_id, id) on delete cascade
);

-- The sum of assessment_counts over an organization's subtree, per instrument version, round and role.
-- Reports read these rows and never a rating, so their cost does not grow with what is stored.
create table pls.rollup (
    tenant_id             uuid     not null,
    organization_id       uuid     not null,
    instrument_tenant_id  uuid     not null,
    instrument_version_id uuid     not null,
    round                 text     not null,
    role                  text     not null,
    first_opened_at       timestamptz not null,
    assessments           int      not null check (assessments >= 0),
    organizations         int      not null check (organizations between 0 and assessments),
    responses             int      not null check (responses >= 0),
    counts                bigint[] not null check (array_position(counts, null) is null),
    primary key (tenant_id, organization_id, instrument_tenant_id, instrument_version_id, round, role),
    foreign key (tenant_id, organization_id) references pls.organization (tenant_id, id) on delete cascade,
    foreign key (instrument_tenant_id, instrument_version_id) references pls.instrument_version (tenant_id, id),
    check (instrument_tenant_id in (tenant_id, '00000000-0000-0000-0000-000000000000'))
);

-- Counts, element by element. Of unequal lengths they give NULL elements, which pls.rollup refuses.
create function pls.array_add(a bigint[], b bigint[]) returns bigint[]
    language sql immutable strict parallel safe
    return array(select t.x + t.y from unnest(a, b) as t (x, y));
create function pls.array_subtract(a bigint[], b bigint[]) returns bigint[]
    language sql immutable strict parallel safe
    return array(select t.x - t.y from unnest(a, b) as t (x, y));
create aggregate pls.array_sum(bigint[]) (sfunc = pls.array_add, stype = bigint[], combinefunc = pls.array_add, parallel = safe);

do $$
declare
    t text;
begin
    foreach t in array array['assessment', 'response', 'tally', 'assessment_result', 'assessment_counts', 'rollup'] loop
        execute format('alter table pls.%I enable row level security', t);
        execute format('alter table pls.%I force row level security', t);
        execute format('create policy tenant_isolation on pls.%I to plservice_app, plservice_owner
            using (tenant_id = (select pls.current_tenant())) with check (tenant_id = (select pls.current_tenant()))', t);
        execute format('grant select, insert, update, delete on pls.%I to plservice_app', t);
    end loop;
end $$;
-- A frozen result is never changed; it goes only with its assessment.
revoke update on pls.assessment_result from plservice_app;
