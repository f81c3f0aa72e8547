-- The life of a plan around its writing: templates and forms as documents (rows of the nil tenant are the system catalog), versions that are kept,
-- submissions to the next level with their decisions, and comments as a dialogue.

create table pls.plan_template (
    tenant_id  uuid        not null,
    id         uuid        not null,
    code       text        not null check (code ~ '^[a-z][a-z0-9-]{1,39}$'),
    title      jsonb       not null,
    document   jsonb       not null,
    version    bigint      not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, code)
);

create table pls.plan_form (
    tenant_id  uuid        not null,
    id         uuid        not null,
    code       text        not null check (code ~ '^[a-z][a-z0-9-]{1,39}$'),
    title      jsonb       not null,
    document   jsonb       not null,
    version    bigint      not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, code)
);

-- A plan as it stood, whole. Rows are only ever added.
create table pls.plan_version (
    tenant_id     uuid        not null,
    plan_id       uuid        not null,
    number        int         not null check (number > 0),
    reason        text        not null check (reason in ('named', 'activated', 'submitted')),
    name          text        check (length(name) between 1 and 200),
    -- The plan's own version that it shows.
    shows         bigint      not null,
    status        text        not null check (status in ('draft', 'active', 'completed', 'archived')),
    document      jsonb       not null,
    person_id     uuid,
    api_client_id uuid,
    at            timestamptz not null,
    primary key (tenant_id, plan_id, number),
    foreign key (tenant_id, plan_id) references pls.plan (tenant_id, id) on delete cascade
);

alter table pls.plan add column review_state text not null default 'none' check (review_state in ('none', 'submitted', 'returned', 'accepted'));
create index plan_submitted on pls.plan (tenant_id, id desc) where review_state = 'submitted';

-- One submission with its decision.
create table pls.plan_review (
    tenant_id               uuid        not null,
    plan_id                 uuid        not null,
    round                   int         not null check (round > 0),
    -- The version that was submitted.
    number                  int         not null,
    note                    text,
    submitted_by_person_id  uuid,
    submitted_by_client_id  uuid,
    submitted_at            timestamptz not null,
    decision                text        check (decision in ('accept', 'return')),
    comment                 text,
    decided_by_person_id    uuid,
    decided_by_client_id    uuid,
    decided_at              timestamptz,
    primary key (tenant_id, plan_id, round),
    foreign key (tenant_id, plan_id, number) references pls.plan_version (tenant_id, plan_id, number) on delete cascade
);

create table pls.plan_comment (
    tenant_id             uuid        not null,
    id                    uuid        not null,
    plan_id               uuid        not null,
    -- The comment that opened the thread; null for that one itself.
    thread_id             uuid,
    -- The part that it is about, which may be deleted since; null for the whole plan.
    part_id               uuid,
    part_kind             text,
    text                  text        not null,
    -- JSON list of what it said before, with when.
    earlier               jsonb       not null default '[]',
    person_id             uuid,
    api_client_id         uuid,
    resolved_at           timestamptz,
    resolved_by_person_id uuid,
    version               bigint      not null default 1,
    created_at            timestamptz not null,
    updated_at            timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, plan_id) references pls.plan (tenant_id, id) on delete cascade,
    foreign key (tenant_id, thread_id) references pls.plan_comment (tenant_id, id) on delete cascade
);
create index plan_comment_plan on pls.plan_comment (tenant_id, plan_id, id desc) where thread_id is null;
create index plan_comment_thread on pls.plan_comment (tenant_id, thread_id, id) where thread_id is not null;

alter table pls.mail drop constraint mail_kind_check;
alter table pls.mail add constraint mail_kind_check check (kind in (
    'invitation', 'passwordReset', 'emailChange', 'accessRequest', 'windowClosing', 'digest', 'signInNotice', 'accountCreated', 'accountNotice', 'accessDecision', 'planNews'));
alter table pls.mail_opt_out drop constraint mail_opt_out_kind_check;
alter table pls.mail_opt_out add constraint mail_opt_out_kind_check check (kind in ('windowClosing', 'digest', 'planNews'));

do $$
declare
    t text;
    nil constant uuid := '00000000-0000-0000-0000-000000000000';
begin
    foreach t in array array['plan_template', 'plan_form', 'plan_version', 'plan_review', 'plan_comment'] loop
        execute format('alter table pls.%I enable row level security', t);
        execute format('alter table pls.%I force row level security', t);
        execute format('create policy tenant_isolation on pls.%I to plservice_app, plservice_owner
            using (tenant_id = (select pls.current_tenant())) with check (tenant_id = (select pls.current_tenant()))', t);
        execute format('grant select, insert, update, delete on pls.%I to plservice_app', t);
    end loop;
    foreach t in array array['plan_template', 'plan_form'] loop
        execute format('create policy catalog_is_public on pls.%I for select to plservice_app using (tenant_id = %L)', t, nil);
        -- The application can never write a catalog row, whatever tenant it names.
        execute format('create policy catalog_is_read_only on pls.%I as restrictive for insert to plservice_app with check (tenant_id <> %L)', t, nil);
        execute format('create policy catalog_is_not_changed on pls.%I as restrictive for update to plservice_app using (tenant_id <> %L)', t, nil);
        execute format('create policy catalog_is_not_deleted on pls.%I as restrictive for delete to plservice_app using (tenant_id <> %L)', t, nil);
    end loop;
end $$;
