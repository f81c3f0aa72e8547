-- Plans. A plan and each of its parts is a JSON object in content; the columns beside it are what lists, charts and roll-ups look for.
-- Every change is a row of plan_change under the plan's own version, so that changes can be merged field by field, told and taken back.

create table pls.plan (
    tenant_id       uuid        not null references pls.tenant (id),
    id              uuid        not null,
    organization_id uuid        not null,
    status          text        not null check (status in ('draft', 'active', 'completed', 'archived')),
    title           text        not null check (length(title) between 1 and 200),
    starts_on       date        not null,
    ends_on         date        not null,
    external_id     text,
    template        text,
    copied_from_id  uuid,
    content         jsonb       not null,
    version         bigint      not null default 1,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, organization_id, external_id),
    foreign key (tenant_id, organization_id) references pls.organization (tenant_id, id),
    check (starts_on < ends_on)
);
create index plan_organization on pls.plan (tenant_id, organization_id, id desc);

create table pls.plan_part (
    tenant_id           uuid        not null,
    id                  uuid        not null,
    plan_id             uuid        not null,
    kind                text        not null check (kind in ('quickWrite', 'statement', 'strategy', 'step', 'progressNote', 'obstacle', 'need', 'resource', 'cycle', 'measure')),
    -- The strategy of a step, the step of a note, the cycle of a measure.
    parent_id           uuid,
    position            int         not null,
    content             jsonb       not null,
    external_id         text,
    status              text,
    starts_on           date,
    due_on              date,
    done_on             date,
    -- When a step was first due, and at how many check-ins it was carried over since.
    first_due_on        date,
    carried_over        int         not null default 0,
    owner_person_id     uuid,
    owner_team_id       uuid,
    priority_id         uuid,
    cause_assessment_id uuid,
    cause_item          text,
    person_id           uuid,
    version             bigint      not null default 1,
    created_at          timestamptz not null,
    updated_at          timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, plan_id, kind, external_id),
    foreign key (tenant_id, plan_id) references pls.plan (tenant_id, id) on delete cascade,
    foreign key (tenant_id, parent_id) references pls.plan_part (tenant_id, id),
    foreign key (tenant_id, owner_person_id) references pls.person (tenant_id, id),
    foreign key (tenant_id, cause_assessment_id) references pls.assessment (tenant_id, id)
);
create index plan_part_order on pls.plan_part (tenant_id, plan_id, kind, position, id);
create index plan_part_parent on pls.plan_part (tenant_id, parent_id) where parent_id is not null;
create index plan_part_person on pls.plan_part (tenant_id, owner_person_id, due_on) where owner_person_id is not null;
create index plan_part_team on pls.plan_part (tenant_id, owner_team_id, due_on) where owner_team_id is not null;
create index plan_part_due on pls.plan_part (tenant_id, due_on, id) where kind = 'step' and status in ('notStarted', 'inProgress');
create index plan_part_cause on pls.plan_part (tenant_id, cause_assessment_id) where cause_assessment_id is not null;
create index plan_part_priority on pls.plan_part (tenant_id, priority_id) where priority_id is not null;

-- What one request did to one part; version is the plan's version that it made. Rows are only ever added.
create table pls.plan_change (
    tenant_id      uuid        not null,
    plan_id        uuid        not null,
    version        bigint      not null,
    -- The part and its version since; for the plan itself its own id and version, and no kind.
    target_id      uuid        not null,
    part_kind      text,
    target_version bigint      not null,
    action         text        not null check (action in ('created', 'changed', 'deleted')),
    -- JSON list of field, before and after.
    fields         jsonb       not null,
    undoes         bigint,
    person_id      uuid,
    api_client_id  uuid,
    at             timestamptz not null,
    primary key (tenant_id, plan_id, version, target_id),
    foreign key (tenant_id, plan_id) references pls.plan (tenant_id, id) on delete cascade
);
create index plan_change_target on pls.plan_change (tenant_id, plan_id, target_id, target_version desc);

-- What a plan comes to, kept with each change: a roll-up over thousands of plans adds these and reads no step.
create table pls.plan_tally (
    tenant_id        uuid      not null,
    plan_id          uuid      not null,
    -- Steps not started, in progress, done, dropped.
    steps            int[]     not null,
    -- Open obstacles by kind, in the order of the kinds.
    obstacles        int[]     not null,
    -- Due days of open steps and days on which steps were done, ascending.
    open_due         date[]    not null,
    done_on          date[]    not null,
    carried_over     int       not null,
    fte              numeric   not null,
    minutes_per_week numeric   not null,
    days_per_year    numeric   not null,
    amount           numeric   not null,
    primary key (tenant_id, plan_id),
    foreign key (tenant_id, plan_id) references pls.plan (tenant_id, id) on delete cascade
);

do $$
declare
    t text;
begin
    foreach t in array array['plan', 'plan_part', 'plan_change', 'plan_tally'] loop
        execute format('alter table pls.%I enable row level security', t);
        execute format('alter table pls.%I force row level security', t);
        execute format('create policy tenant_isolation on pls.%I to plservice_app, plservice_owner
            using (tenant_id = (select pls.current_tenant())) with check (tenant_id = (select pls.current_tenant()))', t);
        execute format('grant select, insert, update, delete on pls.%I to plservice_app', t);
    end loop;
end $$;
