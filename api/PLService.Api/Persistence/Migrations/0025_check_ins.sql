-- Check-ins: the look back at a mark of a plan's chart. What became of the unfinished steps is kept so that the latest check-in can be undone,
-- and the chart so that it can be read as it stood, whatever becomes of the plan.

create table pls.check_in (
    tenant_id     uuid        not null,
    id            uuid        not null,
    plan_id       uuid        not null,
    -- Days after the first day of the plan's period.
    mark          int         not null check (mark > 0),
    held_on       date        not null,
    early_reason  text,
    content       jsonb       not null,
    outcomes      jsonb       not null,
    chart         jsonb       not null,
    -- The version of the plan that it made.
    plan_version  bigint      not null,
    person_id     uuid,
    api_client_id uuid,
    version       bigint      not null default 1,
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, plan_id, mark),
    foreign key (tenant_id, plan_id) references pls.plan (tenant_id, id) on delete cascade
);

alter table pls.check_in enable row level security;
alter table pls.check_in force row level security;
create policy tenant_isolation on pls.check_in to plservice_app, plservice_owner
    using (tenant_id = (select pls.current_tenant())) with check (tenant_id = (select pls.current_tenant()));
grant select, insert, update, delete on pls.check_in to plservice_app;
