-- Identity providers whose access tokens a tenant accepts from its people, and which person each of their subjects is.

create table pls.identity_provider (
    tenant_id            uuid        not null references pls.tenant (id),
    id                   uuid        not null,
    name                 text        not null check (length(name) between 1 and 120),
    issuer               text        not null check (length(issuer) between 1 and 300),
    audience             text        not null check (length(audience) between 1 and 300),
    -- Never none, and nothing that a public key could be the secret of.
    algorithms           text[]      not null check (algorithms <@ array['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512',
                                                                                                         'ES256', 'ES384', 'ES512']),
    token_types          text[]      not null check (token_types <@ array['at+jwt', 'JWT']),
    browser_client_id    text        check (length(browser_client_id) between 1 and 200),
    device_client_id     text        check (length(device_client_id) between 1 and 200),
    scopes               text[]      not null,
    email_claim          text        not null,
    email_verified_claim text        not null,
    name_claim           text        not null,
    link_by_email        boolean     not null,
    email_domains        text[]      not null,
    create_people        boolean     not null,
    status               text        not null check (status in ('active', 'disabled')),
    checked_at           timestamptz not null,
    check_code           text,
    check_detail         text,
    offers               text[]      not null,
    version              bigint      not null default 1,
    created_at           timestamptz not null,
    updated_at           timestamptz not null,
    primary key (tenant_id, id),
    check (not link_by_email or cardinality(email_domains) > 0),
    check (link_by_email or not create_people)
);
create unique index identity_provider_issuer on pls.identity_provider (tenant_id, issuer, audience);

create table pls.person_login (
    tenant_id   uuid        not null,
    id          uuid        not null,
    person_id   uuid        not null,
    provider_id uuid        not null,
    subject     text        not null check (length(subject) between 1 and 255),
    linked_at   timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, person_id) references pls.person (tenant_id, id) on delete cascade,
    foreign key (tenant_id, provider_id) references pls.identity_provider (tenant_id, id)
);
create unique index person_login_subject on pls.person_login (tenant_id, provider_id, subject);
create index person_login_person on pls.person_login (tenant_id, person_id);

do $$
declare
    t text;
begin
    foreach t in array array['identity_provider', 'person_login'] loop
        execute format('alter table pls.%I enable row level security', t);
        execute format('alter table pls.%I force row level security', t);
        execute format('create policy tenant_isolation on pls.%I to plservice_app, plservice_owner
            using (tenant_id = (select pls.current_tenant())) with check (tenant_id = (select pls.current_tenant()))', t);
        execute format('grant select, insert, update, delete on pls.%I to plservice_app', t);
    end loop;
end $$;

-- A token names its issuer and not its tenant: the door finds who trusts it, and by which rules.
create policy door_finds on pls.identity_provider for select to plservice_door using (true);
grant select (tenant_id, id, issuer, audience, algorithms, token_types, email_claim, email_verified_claim, name_claim, status, version)
    on pls.identity_provider to plservice_door;
