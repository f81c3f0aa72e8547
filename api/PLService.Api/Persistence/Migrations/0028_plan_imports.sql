-- Plans come in by file as well.

alter table pls.import drop constraint import_kind_check;
alter table pls.import add constraint import_kind_check
    check (kind in ('readinessRatings', 'readinessWide', 'tallies', 'organizations', 'people', 'memberships', 'oneRoster', 'plans'));
alter table pls.import_change drop constraint import_change_resource_type_check;
alter table pls.import_change add constraint import_change_resource_type_check
    check (resource_type in ('response', 'tally', 'organization', 'assessment', 'person', 'membership', 'organizationIdentifier', 'personIdentifier', 'plan'));
