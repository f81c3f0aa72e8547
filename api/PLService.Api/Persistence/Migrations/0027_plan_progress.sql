-- How plans go on: what roll-ups need beside what tallies have, and calendars of what is due.

-- Due days of all steps that were not dropped, ascending: how much was due when, whatever became of it since.
alter table pls.plan_tally add column due_on date[] not null default '{}';

-- The owner of a table sees the rows of all tenants only while the wall is down for it; nobody else ever does.
alter table pls.plan_tally no force row level security;
alter table pls.plan_part no force row level security;
update pls.plan_tally t set due_on = array(
    select p.due_on from pls.plan_part p
    where p.tenant_id = t.tenant_id and p.plan_id = t.plan_id and p.kind = 'step' and p.status <> 'dropped' and p.due_on is not null order by 1);
alter table pls.plan_part force row level security;
alter table pls.plan_tally force row level security;
alter table pls.plan_tally alter column due_on drop default;

-- Of a large tenant most plans are of former years.
create index plan_at_work on pls.plan (tenant_id, organization_id) where status in ('active', 'completed');

-- A calendar that programs fetch by a secret address: one's own, or a team's. Of the secret only the SHA-256 is here; revoking deletes the row.
create table pls.calendar_feed (
    tenant_id  uuid        not null references pls.tenant (id),
    id         uuid        not null,
    person_id  uuid        not null,
    team_id    uuid,
    name       text        not null check (length(name) between 1 and 120),
    token_hash bytea       not null,
    version    bigint      not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, person_id) references pls.person (tenant_id, id) on delete cascade,
    foreign key (tenant_id, team_id) references pls.team (tenant_id, id) on delete cascade
);
create index calendar_feed_person on pls.calendar_feed (tenant_id, person_id, id);
create index calendar_feed_team on pls.calendar_feed (tenant_id, team_id) where team_id is not null;

alter table pls.calendar_feed enable row level security;
alter table pls.calendar_feed force row level security;
create policy tenant_isolation on pls.calendar_feed to plservice_app, plservice_owner
    using (tenant_id = (select pls.current_tenant())) with check (tenant_id = (select pls.current_tenant()));
grant select, insert, update, delete on pls.calendar_feed to plservice_app;
