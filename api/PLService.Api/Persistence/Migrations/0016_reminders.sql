-- Reminders before a window closes, digests of what is due, and jobs that recur.

alter table pls.assessment
    add column sends_reminders boolean not null default true,
    add column reminder_days   int[]   not null default '{3,1}'
        check (cardinality(reminder_days) <= 5 and 1 <= all (reminder_days) and 30 >= all (reminder_days));
create index assessment_closing on pls.assessment (tenant_id, window_closes_on) where status = 'open';

alter table pls.person add column digest text not null default 'weekly' check (digest in ('never', 'daily', 'weekly'));

-- One reminder to all who have not answered. A day and a closing date are a step: however many processes look, the row is there once.
create table pls.reminder_round (
    tenant_id     uuid        not null,
    id            uuid        not null,
    assessment_id uuid        not null,
    kind          text        not null check (kind in ('scheduled', 'requested')),
    closes_on     date        not null,
    -- The day where the organization is.
    on_day        date        not null,
    sent_at       timestamptz not null,
    queued        int         not null default 0,
    unsubscribed  int         not null default 0,
    bounced       int         not null default 0,
    unreachable   int         not null default 0,
    primary key (tenant_id, id),
    foreign key (tenant_id, assessment_id) references pls.assessment (tenant_id, id) on delete cascade,
    check (on_day <= closes_on)
);
create unique index reminder_round_step on pls.reminder_round (tenant_id, assessment_id, closes_on, on_day);
create unique index reminder_round_requested on pls.reminder_round (tenant_id, assessment_id, on_day) where kind = 'requested';

-- What became of it for each person. The mail may be gone before: no foreign key.
create table pls.reminder (
    tenant_id uuid not null,
    round_id  uuid not null,
    person_id uuid not null,
    outcome   text not null check (outcome in ('queued', 'unsubscribed', 'bounced', 'deactivated', 'noAddress')),
    mail_id   uuid,
    primary key (tenant_id, round_id, person_id),
    foreign key (tenant_id, round_id) references pls.reminder_round (tenant_id, id) on delete cascade,
    foreign key (tenant_id, person_id) references pls.person (tenant_id, id) on delete cascade
);
create index reminder_person on pls.reminder (tenant_id, person_id);

-- The day of a person's last digest, where the person is. It only grows, so that whoever moves it on is the one who writes.
create table pls.digest (
    tenant_id uuid not null,
    person_id uuid not null,
    last_on   date not null,
    primary key (tenant_id, person_id),
    foreign key (tenant_id, person_id) references pls.person (tenant_id, id) on delete cascade
);

-- Addresses that reminders and digests pass over.
create index mail_bounced on pls.mail (tenant_id, lower(recipient_address)) where status = 'bounced';

-- A job that recurs is one row, which waits for its next time when it is done.
alter table pls.job add column recurs boolean not null default false;
create unique index job_recurring on pls.job (tenant_id, kind) where recurs and status in ('queued', 'running');

do $$
declare
    t text;
begin
    foreach t in array array['reminder_round', 'reminder', 'digest'] loop
        execute format('alter table pls.%I enable row level security', t);
        execute format('alter table pls.%I force row level security', t);
        execute format('create policy tenant_isolation on pls.%I to plservice_app, plservice_owner
            using (tenant_id = (select pls.current_tenant())) with check (tenant_id = (select pls.current_tenant()))', t);
        execute format('grant select, insert, update, delete on pls.%I to plservice_app', t);
    end loop;
end $$;
