-- Mail: the outbox, and who does not want which kind of it.

create table pls.mail (
    tenant_id           uuid        not null references pls.tenant (id),
    id                  uuid        not null,
    kind                text        not null check (kind in ('invitation', 'passwordReset', 'emailChange', 'accessRequest', 'windowClosing', 'digest', 'signInNotice')),
    status              text        not null check (status in ('queued', 'shown', 'sent', 'failed', 'bounced', 'suppressed')),
    recipient_person_id uuid,
    recipient_address   text        not null check (length(recipient_address) between 3 and 254),
    recipient_name      text        check (length(recipient_name) between 1 and 200),
    language            text        not null check (length(language) between 2 and 35),
    subject             text        not null,
    -- What may hold a secret goes as soon as it is not needed any more: see Mail.cs.
    text_body           text,
    html_body           text,
    unsubscribe_address text,
    unsubscribe_hash    bytea,
    message_id          text        not null,
    attempts            int         not null default 0,
    -- When it is tried next; null when it is not tried any more.
    due_at              timestamptz,
    error_code          text,
    error_detail        text,
    queued_at           timestamptz not null,
    sent_at             timestamptz,
    version             bigint      not null default 1,
    created_at          timestamptz not null,
    updated_at          timestamptz not null,
    primary key (tenant_id, id),
    constraint mail_keeps_no_body check (status not in ('sent', 'suppressed') or (text_body is null and html_body is null and unsubscribe_address is null))
);
create index mail_due on pls.mail (tenant_id, due_at, id) where status = 'queued';
create index mail_status on pls.mail (tenant_id, status, id);
create index mail_recipient on pls.mail (tenant_id, lower(recipient_address), id);

-- The address as a hash: a wish not to be written to must outlive the person's row without keeping the address.
create table pls.mail_opt_out (
    tenant_id    uuid        not null references pls.tenant (id),
    address_hash bytea       not null,
    kind         text        not null check (kind in ('windowClosing', 'digest')),
    created_at   timestamptz not null,
    primary key (tenant_id, address_hash, kind)
);

do $$
declare
    t text;
begin
    foreach t in array array['mail', 'mail_opt_out'] loop
        execute format('alter table pls.%I enable row level security', t);
        execute format('alter table pls.%I force row level security', t);
        execute format('create policy tenant_isolation on pls.%I to plservice_app, plservice_owner
            using (tenant_id = (select pls.current_tenant())) with check (tenant_id = (select pls.current_tenant()))', t);
        execute format('grant select, insert, update, delete on pls.%I to plservice_app', t);
    end loop;
end $$;
