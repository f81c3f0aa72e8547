-- Teams with their members, what each kind has to be made up of, and their meetings. Steps of plans may belong to a team.

create table pls.team (
    tenant_id       uuid        not null references pls.tenant (id),
    id              uuid        not null,
    organization_id uuid        not null,
    kind            text        not null check (kind in ('pdec', 'learningCommunity', 'workingGroup', 'districtTeam', 'other')),
    status          text        not null check (status in ('active', 'dissolved')),
    name            text        not null check (length(name) between 1 and 200),
    purpose         text,
    commitments     text[]      not null,
    renews_on       date,
    starts_on       date,
    ends_on         date,
    external_id     text,
    version         bigint      not null default 1,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, organization_id, external_id),
    foreign key (tenant_id, organization_id) references pls.organization (tenant_id, id)
);
create index team_name on pls.team (tenant_id, lower(name), id);
create index team_renewal on pls.team (tenant_id, renews_on) where status = 'active' and renews_on is not null;

-- A term: who is appointed once more has a further row. Codes of constituencies are those of the service or of team_constituency.
create table pls.team_member (
    tenant_id      uuid        not null,
    id             uuid        not null,
    team_id        uuid        not null,
    person_id      uuid,
    name           text,
    role           text,
    constituencies text[]      not null,
    starts_on      date,
    ends_on        date,
    version        bigint      not null default 1,
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, team_id) references pls.team (tenant_id, id) on delete cascade,
    foreign key (tenant_id, person_id) references pls.person (tenant_id, id),
    check ((person_id is null) <> (name is null)),
    check (starts_on <= ends_on)
);
create index team_member_team on pls.team_member (tenant_id, team_id, id);
create index team_member_person on pls.team_member (tenant_id, person_id) where person_id is not null;

create table pls.team_constituency (
    tenant_id  uuid        not null references pls.tenant (id),
    id         uuid        not null,
    code       text        not null,
    name       text        not null,
    version    bigint      not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, code)
);

-- Where a tenant has no row for a kind, the rules are those that the service brings along.
create table pls.team_rule_set (
    tenant_id  uuid        not null references pls.tenant (id),
    id         uuid        not null,
    kind       text        not null check (kind in ('pdec', 'learningCommunity', 'workingGroup', 'districtTeam', 'other')),
    -- JSON list of constituency and minimum.
    rules      jsonb       not null,
    version    bigint      not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, kind)
);

-- Day and times are local to the organization.
create table pls.team_meeting (
    tenant_id  uuid        not null,
    id         uuid        not null,
    team_id    uuid        not null,
    status     text        not null check (status in ('planned', 'held', 'cancelled')),
    day        date        not null,
    begins_at  time        not null,
    ends_at    time,
    title      text,
    place      text,
    agenda     jsonb       not null,
    minutes    text,
    version    bigint      not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, team_id) references pls.team (tenant_id, id),
    check (begins_at < ends_at)
);
create index team_meeting_day on pls.team_meeting (tenant_id, team_id, day desc, id desc);

create table pls.team_attendance (
    tenant_id  uuid not null,
    meeting_id uuid not null,
    member_id  uuid not null,
    primary key (tenant_id, meeting_id, member_id),
    foreign key (tenant_id, meeting_id) references pls.team_meeting (tenant_id, id) on delete cascade,
    foreign key (tenant_id, member_id) references pls.team_member (tenant_id, id)
);
create index team_attendance_member on pls.team_attendance (tenant_id, member_id);

create table pls.team_decision (
    tenant_id  uuid not null,
    id         uuid not null,
    meeting_id uuid not null,
    position   int  not null,
    text       text not null check (length(text) between 1 and 2000),
    decided_on date not null,
    plan_id    uuid,
    primary key (tenant_id, id),
    foreign key (tenant_id, meeting_id) references pls.team_meeting (tenant_id, id) on delete cascade,
    foreign key (tenant_id, plan_id) references pls.plan (tenant_id, id)
);
create index team_decision_meeting on pls.team_decision (tenant_id, meeting_id, position);
create index team_decision_plan on pls.team_decision (tenant_id, plan_id, id desc) where plan_id is not null;

alter table pls.plan_part add foreign key (tenant_id, owner_team_id) references pls.team (tenant_id, id);

-- Teams are of the same kinds wherever they are named.
alter table pls.toolkit_run drop constraint toolkit_run_team_kind_check;
alter table pls.toolkit_run add constraint toolkit_run_team_kind_check
    check (team_kind in ('pdec', 'learningCommunity', 'workingGroup', 'districtTeam', 'other'));

do $$
declare
    t text;
begin
    foreach t in array array['team', 'team_member', 'team_constituency', 'team_rule_set', 'team_meeting', 'team_attendance', 'team_decision'] loop
        execute format('alter table pls.%I enable row level security', t);
        execute format('alter table pls.%I force row level security', t);
        execute format('create policy tenant_isolation on pls.%I to plservice_app, plservice_owner
            using (tenant_id = (select pls.current_tenant())) with check (tenant_id = (select pls.current_tenant()))', t);
        execute format('grant select, insert, update, delete on pls.%I to plservice_app', t);
    end loop;
end $$;
