-- Rosters come in by file as well, and may give an outside id to an organization or a person that was there before: an undo takes it away.

alter table pls.import drop constraint import_kind_check;
alter table pls.import add constraint import_kind_check
    check (kind in ('readinessRatings', 'readinessWide', 'tallies', 'organizations', 'people', 'memberships', 'oneRoster'));
alter table pls.import_change drop constraint import_change_resource_type_check;
alter table pls.import_change add constraint import_change_resource_type_check
    check (resource_type in ('response', 'tally', 'organization', 'assessment', 'person', 'membership', 'organizationIdentifier', 'personIdentifier'));
