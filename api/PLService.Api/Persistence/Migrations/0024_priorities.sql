-- Priorities: the gaps of a closed assessment that a team chose to act on, in the order that it gave them by dots or by hand.

create table pls.priority_list (
    tenant_id        uuid        not null references pls.tenant (id),
    id               uuid        not null,
    organization_id  uuid        not null,
    assessment_id    uuid        not null,
    -- The frozen result that the levels are taken from.
    result_revision  int         not null,
    instrument       text        not null,
    round            text        not null,
    title            text        not null check (length(title) between 1 and 200),
    ordering         text        not null check (ordering in ('dotVote', 'dragOrder')),
    dots_per_voter   int         check (dots_per_voter between 1 and 20),
    voting           text        not null check (voting in ('notOpened', 'open', 'closed')),
    voting_opened_at timestamptz,
    voting_closed_at timestamptz,
    -- People behind the dots when voting closed, and whether they were too few for the dots to be shown.
    voters           int,
    dots_withheld    boolean     not null default false,
    version          bigint      not null default 1,
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, organization_id) references pls.organization (tenant_id, id),
    foreign key (tenant_id, assessment_id) references pls.assessment (tenant_id, id)
);
create index priority_list_organization on pls.priority_list (tenant_id, organization_id, id desc);
create index priority_list_assessment on pls.priority_list (tenant_id, assessment_id);

create table pls.priority (
    tenant_id       uuid        not null,
    id              uuid        not null,
    list_id         uuid        not null,
    -- As in the list, which never changes them: priorities are looked for across lists.
    organization_id uuid        not null,
    instrument      text        not null,
    -- Codes of the items that it is made of, in the order of the instrument.
    items           text[]      not null,
    -- Title, reason and target; and what the items said when the assessment closed.
    content         jsonb       not null,
    levels          jsonb       not null,
    is_proposed     boolean     not null,
    position        int         not null,
    dots            int,
    status          text        not null check (status in ('proposed', 'adopted', 'dropped')),
    adopted_at      timestamptz,
    drop_reason     text,
    version         bigint      not null default 1,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, list_id) references pls.priority_list (tenant_id, id) on delete cascade,
    foreign key (tenant_id, organization_id) references pls.organization (tenant_id, id)
);
create index priority_of_list on pls.priority (tenant_id, list_id, position);
create index priority_organization on pls.priority (tenant_id, organization_id, id desc);

-- The dots of one person, or those that a group put on paper.
create table pls.priority_ballot (
    tenant_id  uuid        not null,
    id         uuid        not null,
    list_id    uuid        not null,
    person_id  uuid,
    group_key  text        check (length(group_key) between 1 and 80),
    voters     int         not null check (voters between 1 and 100000),
    version    bigint      not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, list_id, person_id),
    unique (tenant_id, list_id, group_key),
    foreign key (tenant_id, list_id) references pls.priority_list (tenant_id, id) on delete cascade,
    foreign key (tenant_id, person_id) references pls.person (tenant_id, id),
    check ((person_id is null) <> (group_key is null))
);

create table pls.priority_dots (
    tenant_id   uuid not null,
    ballot_id   uuid not null,
    priority_id uuid not null,
    dots        int  not null check (dots > 0),
    primary key (tenant_id, ballot_id, priority_id),
    foreign key (tenant_id, ballot_id) references pls.priority_ballot (tenant_id, id) on delete cascade,
    foreign key (tenant_id, priority_id) references pls.priority (tenant_id, id) on delete cascade
);
create index priority_dots_priority on pls.priority_dots (tenant_id, priority_id);

alter table pls.plan_part add foreign key (tenant_id, priority_id) references pls.priority (tenant_id, id);

-- What a plan acts on, a line for each item and a line break before the first: instrument, blank, item in capitals. A report of gaps over thousands of
-- plans reads no step, and a text is received much faster than as many in an array.
alter table pls.plan_tally add column acts_on text not null default '';

do $$
declare
    t text;
begin
    foreach t in array array['priority_list', 'priority', 'priority_ballot', 'priority_dots'] loop
        execute format('alter table pls.%I enable row level security', t);
        execute format('alter table pls.%I force row level security', t);
        execute format('create policy tenant_isolation on pls.%I to plservice_app, plservice_owner
            using (tenant_id = (select pls.current_tenant())) with check (tenant_id = (select pls.current_tenant()))', t);
        execute format('grant select, insert, update, delete on pls.%I to plservice_app', t);
    end loop;
end $$;
