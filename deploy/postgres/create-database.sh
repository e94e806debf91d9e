#!/bin/sh
# Run once by the image of PostgreSQL, when its data are created: a database and its owner, who is no superuser.
set -eu
psql --no-psqlrc --set ON_ERROR_STOP=1 --set password="$(cat /run/secrets/database_password)" <<'SQL'
CREATE ROLE spacedly LOGIN PASSWORD :'password';
CREATE DATABASE spacedly OWNER spacedly;
SQL
