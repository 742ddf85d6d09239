#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Makes the app package that a Teams administrator uploads.
#
#   config/teams/package.sh APP_ID HOST [VERSION]
#
#   APP_ID   the application id of the app's registration in Entra, 00000000-0000-0000-0000-000000000000
#   HOST     the host of server.public-url, muster.example.com
#   VERSION  of the package, 1.0.1; Teams takes an update only with a higher one than before
#
# It writes muster-teams.zip into the current folder. It needs the jar tool of a JDK, which Muster is built with anyway.
set -eu

refuse() {
  echo "package.sh: $1" >&2
  exit 2
}

is() {
  printf '%s\n' "$1" | LC_ALL=C grep -Eqx "$2"
}

folder=$(cd "$(dirname "$0")" && pwd)
shipped=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' "$folder/manifest.json")

[ $# -eq 2 ] || [ $# -eq 3 ] ||
  refuse "say APP_ID and HOST: config/teams/package.sh 11111111-2222-3333-4444-555555555555 muster.example.com"
app_id=$(printf '%s' "$1" | tr 'A-F' 'a-f')
host=$(printf '%s' "$2" | tr 'A-Z' 'a-z')
version=${3:-$shipped}

is "$app_id" '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}' ||
  refuse "APP_ID is the Application (client) ID of the app's registration, such as 11111111-2222-3333-4444-555555555555."
is "$host" '([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]' ||
  refuse "HOST is a name on the Internet without https:// and without a path, such as muster.example.com."
is "$version" '(0|[1-9][0-9]{0,4})(\.(0|[1-9][0-9]{0,4})){2}' ||
  refuse "VERSION is three numbers with points between, such as 1.0.1."

jar=${JAVA_HOME:+$JAVA_HOME/bin/jar}
[ -n "$jar" ] && [ -x "$jar" ] || jar=$(command -v jar) ||
  refuse "the jar tool is missing. Install a JDK 17 or newer, or set JAVA_HOME to where one is."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
sed -e "s/APP_ID/$app_id/g" -e "s/HOST/$host/g" -e "s/^  \"version\": .*/  \"version\": \"$version\",/" \
  "$folder/manifest.json" > "$work/manifest.json"
cp "$folder/color.png" "$folder/outline.png" "$work/"
"$jar" --create --no-manifest --file "$work/muster-teams.zip" \
  -C "$work" manifest.json -C "$work" color.png -C "$work" outline.png
mv -f "$work/muster-teams.zip" muster-teams.zip
echo "muster-teams.zip: version $version of the app for $host. Upload it in the Teams admin center."
