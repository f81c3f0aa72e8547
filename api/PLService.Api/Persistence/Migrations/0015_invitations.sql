-- Who is asked to come in, and who asks to be let in.

alter table pls.tenant add column access_requests boolean not null default true;
grant update (access_requests) on pls.tenant to plservice_app;

-- A role that a person gets when they accept. Whoever has the secret can; of that only the SHA-256 is here, and a while after the end not even that.
create table pls.invitation (
    tenant_id            uuid        not null references pls.tenant (id),
    id                   uuid        not null,
    person_id            uuid        not null,
    -- The address as whoever invited wrote it: it shows where the person is not to be seen.
    email                text        not null check (length(email) between 3 and 254),
    role                 text        not null check (role in ('agencyAdmin', 'districtLead', 'facilitator', 'reviewer', 'participant', 'viewer')),
    organization_id      uuid,
    starts_on            date,
    ends_on              date,
    note                 text        check (length(note) between 1 and 1000),
    -- What has expired is pending here: it can be sent again.
    status               text        not null check (status in ('pending', 'accepted', 'revoked')),
    delivery             text        not null check (delivery in ('mail', 'link')),
    invited_by_person_id uuid,
    invited_by_client_id uuid,
    secret_hash          bytea,
    sent_at              timestamptz not null,
    sent_today           int         not null,
    expires_at           timestamptz not null,
    accepted_at          timestamptz,
    revoked_at           timestamptz,
    version              bigint      not null default 1,
    created_at           timestamptz not null,
    updated_at           timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, person_id) references pls.person (tenant_id, id) on delete cascade,
    foreign key (tenant_id, organization_id) references pls.organization (tenant_id, id),
    check (starts_on is null or ends_on is null or starts_on <= ends_on)
);
create unique index invitation_once on pls.invitation (tenant_id, person_id, role, organization_id) nulls not distinct where status = 'pending';
create index invitation_person on pls.invitation (tenant_id, person_id, id);
create index invitation_organization on pls.invitation (tenant_id, organization_id, id);
create index invitation_expiry on pls.invitation (tenant_id, expires_at) where secret_hash is not null;

-- A role that somebody asks for: a person, or somebody of whom only an identity provider knows who it is.
create table pls.access_request (
    tenant_id            uuid        not null references pls.tenant (id),
    id                   uuid        not null,
    person_id            uuid,
    provider_id          uuid,
    subject              text        check (length(subject) between 1 and 255),
    name                 text        not null check (length(name) between 1 and 254),
    email                text        check (length(email) between 3 and 254),
    email_verified       boolean     not null,
    role                 text        not null check (role in ('agencyAdmin', 'districtLead', 'facilitator', 'reviewer', 'participant', 'viewer')),
    organization_id      uuid,
    reason               text        not null check (length(reason) between 1 and 1000),
    status               text        not null check (status in ('open', 'granted', 'refused', 'withdrawn')),
    decided_at           timestamptz,
    decided_by_person_id uuid,
    decided_by_client_id uuid,
    note                 text        check (length(note) between 1 and 1000),
    -- What was given, which need not be what was asked for.
    membership_id        uuid,
    version              bigint      not null default 1,
    created_at           timestamptz not null,
    updated_at           timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, person_id) references pls.person (tenant_id, id) on delete cascade,
    foreign key (tenant_id, provider_id) references pls.identity_provider (tenant_id, id) on delete cascade,
    foreign key (tenant_id, organization_id) references pls.organization (tenant_id, id),
    constraint access_request_is_somebodys check (status <> 'open' or (person_id is not null) <> (subject is not null))
);
create unique index access_request_once on pls.access_request (tenant_id, person_id, role, organization_id) nulls not distinct
    where status = 'open' and person_id is not null;
create unique index access_request_login_once on pls.access_request (tenant_id, provider_id, subject, role, organization_id) nulls not distinct
    where status = 'open' and subject is not null;
create index access_request_person on pls.access_request (tenant_id, person_id, id) where person_id is not null;
create index access_request_login on pls.access_request (tenant_id, provider_id, subject, id) where subject is not null;
create index access_request_organization on pls.access_request (tenant_id, organization_id, id);
create index access_request_status on pls.access_request (tenant_id, status, id);

alter table pls.mail drop constraint mail_kind_check;
alter table pls.mail add constraint mail_kind_check check (kind in (
    'invitation', 'passwordReset', 'emailChange', 'accessRequest', 'windowClosing', 'digest', 'signInNotice', 'accountCreated', 'accountNotice', 'accessDecision'));

do $$
declare
    t text;
begin
    foreach t in array array['invitation', 'access_request'] loop
        execute format('alter table pls.%I enable row level security', t);
        execute format('alter table pls.%I force row level security', t);
        execute format('create policy tenant_isolation on pls.%I to plservice_app, plservice_owner
            using (tenant_id = (select pls.current_tenant())) with check (tenant_id = (select pls.current_tenant()))', t);
        execute format('grant select, insert, update, delete on pls.%I to plservice_app', t);
    end loop;
end $$;
