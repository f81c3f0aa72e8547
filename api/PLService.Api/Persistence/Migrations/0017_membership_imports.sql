-- Roles come in by file as well, and people whom a file names by address are found when they were deactivated, too.

-- Below row-level security no index is used for what a function that is not leakproof makes of a column, and lower() is not:
-- whoever was sought by address was sought among all people of the tenant. A plain column can be sought.
alter table pls.person add column email_key text generated always as (lower(email)) stored;
drop index pls.person_email;
-- One person at a time answers to an address; one who was deactivated gives it free.
create unique index person_email on pls.person (tenant_id, email_key) where email_key is not null and status = 'active';
create index person_former_email on pls.person (tenant_id, email_key, deactivated_at) where email_key is not null and status = 'deactivated';

alter table pls.import drop constraint import_kind_check;
alter table pls.import add constraint import_kind_check
    check (kind in ('readinessRatings', 'readinessWide', 'tallies', 'organizations', 'people', 'memberships'));
alter table pls.import_change drop constraint import_change_resource_type_check;
alter table pls.import_change add constraint import_change_resource_type_check
    check (resource_type in ('response', 'tally', 'organization', 'assessment', 'person', 'membership'));
