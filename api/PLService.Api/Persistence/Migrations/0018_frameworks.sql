-- Frameworks of standards, kept as the CASE objects that they are: body is the object of CASE 1.1 (CFDocument, CFItem, CFAssociation,
-- CFRubric, a definition), and the columns beside it are what is searched and joined by. A package is then written from its rows as
-- they stand, and nothing that came in is lost. The id of a row is the CASE identifier. Rows of the nil tenant are the system catalog.
--
-- An address of this installation is stored as plservice:/CFItems/<id>, so that a body does not change when the service moves.

create table pls.framework (
    tenant_id             uuid        not null,
    id                    uuid        not null,
    code                  text        not null check (code ~ '^[a-z][a-z0-9-]{1,39}$'),
    title                 text        not null,
    status                text        not null check (status in ('draft', 'published', 'retired')),
    body                  jsonb       not null,
    package_extensions    jsonb,
    definition_extensions jsonb,
    derived_from_id       uuid,
    published_at          timestamptz,
    retired_at            timestamptz,
    version               bigint      not null default 1,
    created_at            timestamptz not null,
    updated_at            timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, code)
);

create table pls.standard (
    tenant_id    uuid        not null,
    id           uuid        not null,
    framework_id uuid        not null,
    code         text,
    statement    text        not null,
    label        text,
    item_type    text,
    position     int         not null,
    body         jsonb       not null,
    version      bigint      not null default 1,
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, framework_id) references pls.framework (tenant_id, id) on delete cascade
);
create index standard_framework on pls.standard (tenant_id, framework_id, position, id);
create index standard_code on pls.standard (tenant_id, code);

-- What a standard was called before: a row is written when a published standard gets another code, label or statement.
create table pls.standard_name (
    tenant_id   uuid not null,
    id          uuid not null,
    standard_id uuid not null,
    code        text,
    statement   text not null,
    label       text,
    valid_from  date,
    valid_to    date not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, standard_id) references pls.standard (tenant_id, id) on delete cascade
);
create index standard_name_standard on pls.standard_name (tenant_id, standard_id, valid_to);
create index standard_name_code on pls.standard_name (tenant_id, code);

-- The tree (isChildOf), renames (replacedBy) and crosswalks. An end may lie in another framework, or outside: no foreign key. One
-- association may be part of two packages.
create table pls.standard_association (
    tenant_id       uuid not null,
    framework_id    uuid not null,
    id              uuid not null,
    type            text not null,
    origin_id       uuid,
    destination_id  uuid,
    sequence_number int,
    position        int  not null,
    body            jsonb not null,
    primary key (tenant_id, framework_id, id),
    foreign key (tenant_id, framework_id) references pls.framework (tenant_id, id) on delete cascade
);
create index standard_association_id on pls.standard_association (tenant_id, id);
create index standard_association_origin on pls.standard_association (tenant_id, origin_id);
create index standard_association_destination on pls.standard_association (tenant_id, destination_id);

-- Concepts, subjects, licences, item types and association groupings. Publishers repeat them in each of their packages.
create table pls.framework_definition (
    tenant_id    uuid  not null,
    framework_id uuid  not null,
    id           uuid  not null,
    kind         text  not null check (kind in ('concept', 'subject', 'license', 'itemType', 'associationGrouping')),
    title        text  not null,
    position     int   not null,
    body         jsonb not null,
    primary key (tenant_id, framework_id, id),
    foreign key (tenant_id, framework_id) references pls.framework (tenant_id, id) on delete cascade
);
create index framework_definition_id on pls.framework_definition (tenant_id, id);

-- A rubric with its criteria and their levels is one document.
create table pls.rubric (
    tenant_id    uuid        not null,
    id           uuid        not null,
    framework_id uuid        not null,
    title        text,
    position     int         not null,
    body         jsonb       not null,
    version      bigint      not null default 1,
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, framework_id) references pls.framework (tenant_id, id) on delete cascade
);
create index rubric_framework on pls.rubric (tenant_id, framework_id, position, id);

-- What refers to a standard, by the codes that a document names it with: it may be written before the framework is imported.
create table pls.standard_reference (
    tenant_id       uuid not null,
    framework_code  text not null,
    standard_code   text not null,
    resource_type   text not null,
    resource_id     uuid not null,
    part            text not null,
    relation        text not null,
    title           text not null,
    address         text not null,
    organization_id uuid,
    primary key (tenant_id, framework_code, standard_code, resource_type, resource_id, part)
);
create index standard_reference_resource on pls.standard_reference (tenant_id, resource_type, resource_id);

do $$
declare
    t text;
    nil constant uuid := '00000000-0000-0000-0000-000000000000';
begin
    foreach t in array array['framework', 'standard', 'standard_name', 'standard_association', 'framework_definition', 'rubric', 'standard_reference'] loop
        execute format('alter table pls.%I enable row level security', t);
        execute format('alter table pls.%I force row level security', t);
        execute format('create policy tenant_isolation on pls.%I to plservice_app, plservice_owner
            using (tenant_id = (select pls.current_tenant())) with check (tenant_id = (select pls.current_tenant()))', t);
        execute format('create policy catalog_is_public on pls.%I for select to plservice_app using (tenant_id = %L)', t, nil);
        execute format('create policy catalog_is_read_only on pls.%I as restrictive for insert to plservice_app with check (tenant_id <> %L)', t, nil);
        execute format('create policy catalog_is_not_changed on pls.%I as restrictive for update to plservice_app using (tenant_id <> %L)', t, nil);
        execute format('create policy catalog_is_not_deleted on pls.%I as restrictive for delete to plservice_app using (tenant_id <> %L)', t, nil);
        execute format('grant select, insert, update, delete on pls.%I to plservice_app', t);
    end loop;
end $$;
