-- What a tenant lets those see who run the service: a role, for some hours, to read with.

create table pls.support_grant (
    tenant_id       uuid        not null references pls.tenant (id),
    id              uuid        not null,
    role            text        not null check (role in ('agencyAdmin', 'districtLead', 'facilitator', 'reviewer', 'participant', 'viewer')),
    organization_id uuid,
    reason          text        not null check (length(reason) between 1 and 500),
    expires_at      timestamptz not null,
    ended_at        timestamptz,
    version         bigint      not null default 1,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, organization_id) references pls.organization (tenant_id, id)
);
alter table pls.support_grant enable row level security;
alter table pls.support_grant force row level security;
create policy tenant_isolation on pls.support_grant to plservice_app, plservice_owner
    using (tenant_id = (select pls.current_tenant())) with check (tenant_id = (select pls.current_tenant()));
grant select, insert, update on pls.support_grant to plservice_app;
