-- Roles come in by file as well, and people whom a file names by address are found when they were deactivated, too.

-- The index of those who are active holds each address once; this one holds the others.
create index person_former_email on pls.person (tenant_id, lower(email), deactivated_at) where email is not null and status = 'deactivated';

alter table pls.import drop constraint import_kind_check;
alter table pls.import add constraint import_kind_check
    check (kind in ('readinessRatings', 'readinessWide', 'tallies', 'organizations', 'people', 'memberships'));
alter table pls.import_change drop constraint import_change_resource_type_check;
alter table pls.import_change add constraint import_change_resource_type_check
    check (resource_type in ('response', 'tally', 'organization', 'assessment', 'person', 'membership'));
