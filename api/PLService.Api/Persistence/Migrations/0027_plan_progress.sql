-- How plans go on: what roll-ups need beside what tallies have.

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
