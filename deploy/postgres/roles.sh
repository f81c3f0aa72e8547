#!/bin/sh
# Makes the four roles and the database on a new server, as its superuser. The application's role owns nothing, inherits nothing
# and cannot bypass row-level security; it may only step into two others: the worker, which sees nothing but jobs, and the door,
# which finds the tenant that a name belongs to and sees nothing of it.
set -eu
: "${PLSERVICE_OWNER_PASSWORD:?}" "${PLSERVICE_APP_PASSWORD:?}"

psql -v ON_ERROR_STOP=1 -v owner="$PLSERVICE_OWNER_PASSWORD" -v app="$PLSERVICE_APP_PASSWORD" --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
create role plservice_owner login nosuperuser nobypassrls password :'owner';
create role plservice_app login nosuperuser nobypassrls noinherit password :'app';
create role plservice_worker nologin nosuperuser nobypassrls;
create role plservice_door nologin nosuperuser nobypassrls;
grant plservice_worker, plservice_door to plservice_app;
create database plservice owner plservice_owner;
revoke all on database plservice from public;
grant connect, temporary on database plservice to plservice_app;
SQL
