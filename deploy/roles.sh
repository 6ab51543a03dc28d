#!/bin/sh
# Run once by the image of PostgreSQL, as its superuser, when the cluster is made: three roles and the database.
# Their rights are granted by the command migrate.
set -eu

psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username=postgres --dbname=postgres \
  --set=owner_password="$OWNER_PASSWORD" \
  --set=app_password="$APP_PASSWORD" \
  --set=auditor_password="$AUDITOR_PASSWORD" <<'SQL'
create role esi_owner login password :'owner_password';
create role esi_app login password :'app_password';
create role esi_auditor login password :'auditor_password';
alter role esi_auditor set search_path = auditing;
create database esi owner esi_owner template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C';
revoke all on database esi from public;
grant connect on database esi to esi_app, esi_auditor;
\connect esi
alter schema public owner to esi_owner;
SQL
