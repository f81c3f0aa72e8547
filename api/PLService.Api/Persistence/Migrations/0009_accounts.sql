-- Local accounts: how people sign in to the service itself, and where they are signed in.

alter table pls.tenant add column local_accounts boolean not null default true;
grant update (local_accounts) on pls.tenant to plservice_app;

-- A person's local account. Whoever signs in names the person's own address, so there is no user name that could differ from it.
create table pls.account (
    tenant_id                  uuid        not null,
    person_id                  uuid        not null,
    -- As ASP.NET Core Identity writes it (PBKDF2); null until a first password is chosen.
    password_hash              text,
    password_changed_at        timestamptz,
    -- Attempts are counted before they are looked at, so that many at once are as many attempts.
    failed_attempts            int         not null default 0,
    locked_until               timestamptz,
    -- The secret that is shared with an authenticator app, protected with keys that are not in the database.
    authenticator_key          text,
    authenticator_confirmed_at timestamptz,
    -- The time step of the last code that was taken: no code is taken twice.
    authenticator_step         bigint      not null default 0,
    created_at                 timestamptz not null,
    primary key (tenant_id, person_id),
    foreign key (tenant_id, person_id) references pls.person (tenant_id, id) on delete cascade
);

-- What may be used once and for a while: links that are sent, and the second half of a sign-in that has begun.
create table pls.account_ticket (
    tenant_id  uuid        not null references pls.tenant (id),
    id         uuid        not null,
    kind       text        not null check (kind in ('firstPassword', 'passwordReset', 'emailChange', 'secondFactor', 'passkeySignIn', 'passkeyRegistration')),
    -- Null while nobody is known: a passkey tells who it is.
    person_id  uuid,
    -- SHA-256 of 256 random bits.
    hash       bytea       not null,
    -- What it is about: the new address, or what the authenticator was asked.
    data       text,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, person_id) references pls.account (tenant_id, person_id) on delete cascade
);
create index account_ticket_person on pls.account_ticket (tenant_id, person_id, kind);
create index account_ticket_expiry on pls.account_ticket (tenant_id, expires_at);

-- 80 random bits each, so a plain SHA-256 is enough.
create table pls.recovery_code (
    tenant_id uuid  not null,
    id        uuid  not null,
    person_id uuid  not null,
    hash      bytea not null,
    used_at   timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, person_id) references pls.account (tenant_id, person_id) on delete cascade
);
create index recovery_code_person on pls.recovery_code (tenant_id, person_id);

-- Public keys of WebAuthn authenticators.
create table pls.passkey (
    tenant_id          uuid        not null,
    id                 uuid        not null,
    person_id          uuid        not null,
    name               text        not null check (length(name) between 1 and 80),
    credential_id      bytea       not null,
    public_key         bytea       not null,
    sign_count         bigint      not null,
    transports         text[]      not null,
    is_user_verified   boolean     not null,
    is_backup_eligible boolean     not null,
    is_backed_up       boolean     not null,
    attestation_object bytea       not null,
    client_data        bytea       not null,
    created_at         timestamptz not null,
    last_used_at       timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, person_id) references pls.account (tenant_id, person_id) on delete cascade
);
create unique index passkey_credential on pls.passkey (tenant_id, credential_id);
create index passkey_person on pls.passkey (tenant_id, person_id);

-- Where a person is signed in. The refresh tokens of a session are a chain: each is an HMAC of the one before under refresh_key, and of the
-- current one only the hash is here, so that neither the table nor an old token alone gives a token that works.
create table pls.person_session (
    tenant_id       uuid        not null,
    id              uuid        not null,
    person_id       uuid        not null,
    client          text        not null check (client in ('browser', 'cli')),
    -- Browser and system as words: "Firefox on Windows".
    device          text        not null check (length(device) between 1 and 80),
    remembered      boolean     not null,
    refresh_key     bytea       not null,
    refresh_hash    bytea       not null,
    -- How many tokens came before the current one.
    refresh_number  int         not null default 0,
    created_at      timestamptz not null,
    last_used_at    timestamptz not null,
    expires_at      timestamptz not null,
    revoked_at      timestamptz,
    revoked_reason  text        check (revoked_reason in ('signedOut', 'revoked', 'revokedByAdmin', 'everywhere', 'passwordChanged', 'passwordReset',
                                                          'tokenReused', 'accountRemoved', 'deactivated', 'superseded')),
    primary key (tenant_id, id),
    foreign key (tenant_id, person_id) references pls.person (tenant_id, id) on delete cascade
);
create index person_session_person on pls.person_session (tenant_id, person_id, id);

alter table pls.mail drop constraint mail_kind_check;
alter table pls.mail add constraint mail_kind_check check (kind in (
    'invitation', 'passwordReset', 'emailChange', 'accessRequest', 'windowClosing', 'digest', 'signInNotice', 'accountCreated', 'accountNotice'));

do $$
declare
    t text;
begin
    foreach t in array array['account', 'account_ticket', 'recovery_code', 'passkey', 'person_session'] loop
        execute format('alter table pls.%I enable row level security', t);
        execute format('alter table pls.%I force row level security', t);
        execute format('create policy tenant_isolation on pls.%I to plservice_app, plservice_owner
            using (tenant_id = (select pls.current_tenant())) with check (tenant_id = (select pls.current_tenant()))', t);
        execute format('grant select, insert, update, delete on pls.%I to plservice_app', t);
    end loop;
end $$;
