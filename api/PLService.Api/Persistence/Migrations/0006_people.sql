-- People of a tenant, what they may do where, and who of them did what.

create table pls.person (
    tenant_id       uuid        not null references pls.tenant (id),
    id              uuid        not null,
    -- Whose person it is; whoever reaches it may change the person.
    organization_id uuid,
    name            text        not null check (length(name) between 1 and 200),
    email           text        check (length(email) between 3 and 254),
    position        text        check (length(position) between 1 and 120),
    employee_group  text        check (employee_group in ('certificated', 'classified', 'siteAdministrator', 'districtAdministrator', 'districtStaff',
                                                          'governingBoard', 'contractor', 'other')),
    language        text        not null check (length(language) between 2 and 35),
    time_zone       text,
    status          text        not null check (status in ('active', 'deactivated')),
    deactivated_at  timestamptz,
    version         bigint      not null default 1,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, organization_id) references pls.organization (tenant_id, id)
);
-- One person at a time answers to an address; one who was deactivated gives it free.
create unique index person_email on pls.person (tenant_id, lower(email)) where email is not null and status = 'active';
create index person_name on pls.person (tenant_id, lower(name), id);
create index person_organization on pls.person (tenant_id, organization_id);

create table pls.person_identifier (
    tenant_id  uuid not null,
    id         uuid not null,
    person_id  uuid not null,
    system     text not null check (system ~ '^[a-z][a-z0-9-]{0,39}$'),
    value      text not null check (length(value) between 1 and 80),
    valid_from date,
    valid_to   date,
    primary key (tenant_id, id),
    foreign key (tenant_id, person_id) references pls.person (tenant_id, id) on delete cascade,
    check (valid_from is null or valid_to is null or valid_from <= valid_to)
);
create unique index person_identifier_current on pls.person_identifier (tenant_id, system, value) where valid_to is null;
create index person_identifier_person on pls.person_identifier (tenant_id, person_id);

-- A role in an organization and everything below it, or in the whole tenant.
create table pls.membership (
    tenant_id       uuid        not null,
    id              uuid        not null,
    person_id       uuid        not null,
    organization_id uuid,
    role            text        not null check (role in ('agencyAdmin', 'districtLead', 'facilitator', 'reviewer', 'participant', 'viewer')),
    starts_on       date,
    ends_on         date,
    version         bigint      not null default 1,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, person_id) references pls.person (tenant_id, id) on delete cascade,
    foreign key (tenant_id, organization_id) references pls.organization (tenant_id, id),
    check (starts_on is null or ends_on is null or starts_on <= ends_on)
);
create unique index membership_once on pls.membership (tenant_id, person_id, role, organization_id) nulls not distinct;
create index membership_organization on pls.membership (tenant_id, organization_id, role);

alter table pls.audit_event add column person_id uuid;
create index audit_event_person on pls.audit_event (tenant_id, person_id, id) where person_id is not null;
alter table pls.job add column person_id uuid;
alter table pls.import add column person_id uuid;
create unique index import_idempotency_key_person on pls.import (tenant_id, person_id, idempotency_key) where idempotency_key is not null and person_id is not null;
-- Whoever sent the key: an API client or a person.
alter table pls.idempotency_record rename column api_client_id to actor_id;

do $$
declare
    t text;
begin
    foreach t in array array['person', 'person_identifier', 'membership'] loop
        execute format('alter table pls.%I enable row level security', t);
        execute format('alter table pls.%I force row level security', t);
        execute format('create policy tenant_isolation on pls.%I to plservice_app, plservice_owner
            using (tenant_id = (select pls.current_tenant())) with check (tenant_id = (select pls.current_tenant()))', t);
        execute format('grant select, insert, update, delete on pls.%I to plservice_app', t);
    end loop;
end $$;

-- The door finds the tenant that somebody names who is not signed in yet; it sees nothing else of it.
grant usage on schema pls to plservice_door;
create policy door_finds on pls.tenant for select to plservice_door using (true);
grant select (id, slug) on pls.tenant to plservice_door;
