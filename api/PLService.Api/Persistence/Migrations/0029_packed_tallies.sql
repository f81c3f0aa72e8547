-- Counts and days of tallies as they travel: a report over thousands of plans reads them, and arrays are sent and received one element after the other.
-- Each number is four bytes, the most significant one first; a day is the count of days since 1 January 2000.

-- The owner of a table sees the rows of all tenants only while the wall is down for it; nobody else ever does.
alter table pls.plan_tally no force row level security;
do $$
declare
    c text;
    value text;
begin
    foreach c in array array['steps', 'obstacles', 'open_due', 'due_on', 'done_on'] loop
        value := case when c in ('steps', 'obstacles') then 'e.value' else 'e.value - date ''2000-01-01''' end;
        execute format('alter table pls.plan_tally add column packed bytea not null default ''''');
        execute format('update pls.plan_tally set packed = coalesce((select string_agg(int4send(%s), ''''::bytea order by e.place) from unnest(%I) with ordinality e(value, place)), '''')', value, c);
        execute format('alter table pls.plan_tally drop column %I', c);
        execute format('alter table pls.plan_tally rename column packed to %I', c);
        execute format('alter table pls.plan_tally alter column %I drop default', c);
    end loop;
end $$;
alter table pls.plan_tally force row level security;
