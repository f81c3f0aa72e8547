-- Which state the roll-ups of a tenant are in: it grows with each change of them, so that what was worked out of them holds while it stays.

create table pls.rollup_stamp (
    tenant_id uuid   not null references pls.tenant (id),
    value     bigint not null,
    primary key (tenant_id)
);
alter table pls.rollup_stamp enable row level security;
alter table pls.rollup_stamp force row level security;
create policy tenant_isolation on pls.rollup_stamp to plservice_app, plservice_owner
    using (tenant_id = (select pls.current_tenant())) with check (tenant_id = (select pls.current_tenant()));
grant select, insert, update on pls.rollup_stamp to plservice_app;
