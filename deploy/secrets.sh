#!/bin/sh
# Makes what compose.split.yaml mounts as secrets, each once: passwords, addresses, and certificates for the database.
# What is there already stays as it is. To change one, remove it (and what is made from it) and run this again.
#   deploy/secrets.sh [folder]
set -eu
folder=${1:-"$(dirname "$0")/secrets"}
umask 077
mkdir -p "$folder"
cd "$folder"

# The folder is closed to others; the files in it are read by the users of the containers, who are others.
keep() { # name: keeps the standard input under it
  [ -e "$1" ] && { cat >/dev/null; return; }
  cat >"$1.new"
  chmod 444 "$1.new"
  mv "$1.new" "$1"
  echo "made $1"
}
random() { openssl rand -hex 32; }
certificate() { # name: a key and a certificate of that host name
  [ -e "$1_cert" ] && return
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$1" -keyout key.tmp -out request.tmp 2>/dev/null
  printf 'subjectAltName=DNS:%s\nextendedKeyUsage=serverAuth\n' "$1" >names.tmp
  openssl x509 -req -in request.tmp -CA ca_cert -CAkey ca_key -CAcreateserial -days 3650 -extfile names.tmp -out cert.tmp 2>/dev/null
  keep "$1_key" <key.tmp
  keep "$1_cert" <cert.tmp
}

openssl rand -base64 48 | keep spacedly_secret
for name in database_password postgres_password redis_password grafana_password; do random | keep "$name"; done
password=$(cat database_password)
echo "postgres://spacedly:$password@pgbouncer:6432/spacedly" | keep database_url
echo "postgres://spacedly:$password@postgres:5432/spacedly" | keep database_direct_url
echo "\"spacedly\" \"$password\"" | keep pgbouncer_users
echo "redis://:$(cat redis_password)@redis:6379" | keep redis_url

if [ ! -e postgres_cert ] || [ ! -e pgbouncer_cert ]; then
  # An authority for these two alone. Its key goes when they are made, so that nobody makes a third.
  rm -f ca_cert postgres_cert postgres_key pgbouncer_cert pgbouncer_key
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj "/CN=Spacedly" -keyout ca_key -out ca.tmp \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign 2>/dev/null
  keep ca_cert <ca.tmp
  certificate postgres
  certificate pgbouncer
  rm -f ca_key ca_cert.srl ./*.tmp
fi
