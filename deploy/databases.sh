#!/bin/sh
# Run once by the Postgres image, on an empty volume: two databases, each with an owner of its own. Whoever gets hold of the read
# models' password does not hold the keyring's.
set -eu

database() {
  psql --username "$POSTGRES_USER" --set ON_ERROR_STOP=1 --set name="$1" <<SQL
\set password \`cat /run/secrets/$1-password\`
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name";
REVOKE CONNECT, TEMPORARY ON DATABASE :"name" FROM PUBLIC;
SQL
}

database hifadhi
database keyring
# As this role the api asks the read models: it owns nothing, and is let through to rows that are for whoever asks.
psql --username "$POSTGRES_USER" --set ON_ERROR_STOP=1 <<SQL
CREATE ROLE hifadhi_reader NOLOGIN;
GRANT hifadhi_reader TO hifadhi;
SQL
psql --username "$POSTGRES_USER" --set ON_ERROR_STOP=1 <<SQL
REVOKE CONNECT, TEMPORARY ON DATABASE postgres FROM PUBLIC;
SQL
