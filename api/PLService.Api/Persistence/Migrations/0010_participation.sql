-- Taking part: codes by which participants without an account join, and who is invited, has started and has handed in.

-- Whether participants see what is answered while the assessment is open.
alter table pls.assessment add column shows_live_tally boolean not null default false;

-- The participant's own, not sent by a machine for somebody: in confidential and anonymous assessments these tell no times, and their order
-- is shuffled when the assessment closes.
alter table pls.response add column from_participant boolean not null default false;
create index response_from_participant on pls.response (tenant_id, assessment_id) where from_participant;

-- By the code alone one finds the assessment, so that among all rows of the installation there is none twice. An index over tenants would tell
-- them of each other; instead whoever draws a code holds an advisory lock and asks the door whether the code is taken. A row is a code that
-- is in use: closing the assessment removes it.
create table pls.join_code (
    tenant_id     uuid        not null,
    id            uuid        not null,
    assessment_id uuid        not null,
    code          text        not null check (length(code) between 6 and 20),
    expires_at    timestamptz not null,
    version       bigint      not null default 1,
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, assessment_id),
    foreign key (tenant_id, assessment_id) references pls.assessment (tenant_id, id) on delete cascade
);
create index join_code_code on pls.join_code (code);

-- Who takes part, beside what is answered: nothing here leads to a response. The id is random, and there is neither a version nor a time of
-- day, for both would tell the order. In confidential and anonymous assessments there are no days either, and each change writes other rows
-- anew with the one that changes, in random order, so that system columns do not say which one it was.
create table pls.participation (
    tenant_id       uuid not null,
    id              uuid not null,
    assessment_id   uuid not null,
    person_id       uuid,
    -- The name or key of somebody who joined by a code.
    participant_key text check (length(participant_key) between 1 and 80),
    status          text not null check (status in ('invited', 'started', 'submitted')),
    invited_on      date,
    started_on      date,
    submitted_on    date,
    primary key (tenant_id, id),
    foreign key (tenant_id, assessment_id) references pls.assessment (tenant_id, id) on delete cascade,
    foreign key (tenant_id, person_id) references pls.person (tenant_id, id) on delete cascade,
    check ((person_id is null) <> (participant_key is null))
);
create unique index participation_person on pls.participation (tenant_id, assessment_id, person_id) where person_id is not null;
create unique index participation_key on pls.participation (tenant_id, assessment_id, participant_key) where participant_key is not null;
create index participation_of_person on pls.participation (tenant_id, person_id) where person_id is not null;

do $$
declare
    t text;
begin
    foreach t in array array['join_code', 'participation'] loop
        execute format('alter table pls.%I enable row level security', t);
        execute format('alter table pls.%I force row level security', t);
        execute format('create policy tenant_isolation on pls.%I to plservice_app, plservice_owner
            using (tenant_id = (select pls.current_tenant())) with check (tenant_id = (select pls.current_tenant()))', t);
        execute format('grant select, insert, update, delete on pls.%I to plservice_app', t);
    end loop;
end $$;

create policy door_finds on pls.join_code for select to plservice_door using (true);
grant select (code, tenant_id, assessment_id) on pls.join_code to plservice_door;
