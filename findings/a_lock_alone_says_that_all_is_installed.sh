#!/usr/bin/env bash
# A lock that is only written says that its packages are installed: npm 11.19.1.
#
# Guess, before looking: `npm install --package-lock-only` writes package-lock.json and leaves node_modules alone.
# Seen: where there is a node_modules, it rewrites node_modules/.package-lock.json as well, npm's own note of what
# is installed, and lists in it a package that was never fetched. `npm ls` does not believe the note; whatever
# compares the note with package-lock.json, by age or by content, takes the packages for installed.
# What we do: the Makefile leaves a stamp of its own once `npm ci` has run, and trusts no file of npm's.
set -euo pipefail
place="$(mktemp -d)"
trap 'rm -rf "$place"' EXIT
cd "$place"
mkdir tool project
npm install --silent --no-audit --no-fund --ignore-scripts --prefix tool npm@11.19.1
npm="$place/tool/node_modules/.bin/npm"
cd project
echo '{"name": "project", "private": true, "dependencies": {"leaflet": "1.9.4"}}' >package.json
"$npm" install --silent --no-audit --no-fund
echo '{"name": "project", "private": true, "dependencies": {"leaflet": "1.9.4", "source-map-js": "1.2.1"}}' >package.json
"$npm" install --silent --no-audit --no-fund --package-lock-only
noted="$(grep -c '"node_modules/source-map-js"' node_modules/.package-lock.json || true)"
there="$([ -e node_modules/source-map-js ] && echo yes || echo no)"
echo "npm $("$npm" --version): noted as installed $noted time(s), there: $there"
[ "$noted" = 1 ] && [ "$there" = no ] || { echo "npm does otherwise now: see the Makefile" >&2; exit 1; }
