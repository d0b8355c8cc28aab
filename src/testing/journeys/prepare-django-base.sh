#!/usr/bin/env bash
# Makes the base image of the Django journey out of Debian's packages, with the engine that answers. It installs
# nothing on this machine; the root is kept in the temporary folder, so that it is built once. Says why it goes without.
set -uo pipefail

image=platform-journey-django:bookworm
kept=${TMPDIR:-/tmp}/platform-journey-django-bookworm.tar

skip() { echo "no base image for the Django journey: $*"; exit 0; }

command -v docker >/dev/null || skip 'there is no docker'
docker info >/dev/null 2>&1 || skip 'no container engine answers'
docker image inspect "$image" >/dev/null 2>&1 && exit 0
if [ ! -s "$kept" ]; then
  [ "$(id -u)" = 0 ] || skip 'debootstrap needs root'
  command -v debootstrap >/dev/null || skip 'there is no debootstrap'
  root=$(mktemp -d)
  trap 'rm -rf "$root"' EXIT
  debootstrap --variant=minbase --include=python3-django,python3-psycopg2 bookworm "$root" >"$kept.log" 2>&1 ||
    skip "debootstrap did not end well: $(tail -1 "$kept.log")"
  tar -C "$root" -c --exclude=./var/cache/apt --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' \
    --exclude='./usr/share/locale/*' --exclude='./proc/*' --exclude='./sys/*' . >"$kept.draft" && mv "$kept.draft" "$kept"
fi
docker import "$kept" "$image" >/dev/null || skip 'the engine did not take it'
