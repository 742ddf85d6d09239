#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Installs the real programs that the long tests talk to: a headless browser with its driver, Prometheus and
# Alertmanager; and the C compiler for what stands between the bot and its disk. Only what is missing is installed, from the packages of Debian or a relative of it. No service is
# started: the tests start their own copies on free ports.
set -euo pipefail

missing=()
need() { # PROGRAM PACKAGE
  command -v "$1" >/dev/null 2>&1 || missing+=("$2")
}
need chromium chromium
need chromedriver chromium-driver
need prometheus prometheus
need prometheus-alertmanager prometheus-alertmanager
need gcc gcc
[ -e /usr/include/dlfcn.h ] || missing+=(libc6-dev)

if [ "${#missing[@]}" -eq 0 ]; then
  echo "Test peers: all present."
  exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
  echo "Missing: ${missing[*]}. Install them with the package tool of this system; apt-get is not here." >&2
  exit 1
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "Missing: ${missing[*]}. Run this script as root, or install sudo." >&2
    exit 1
  fi
  as_root=(sudo)
fi

# Debian starts a service right after installing it, unless this file says no (101).
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
  "${as_root[@]}" chmod 755 "$policy"
  trap '"${as_root[@]}" rm -f "$policy"' EXIT
fi

echo "Test peers: installing ${missing[*]}."
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
echo "Test peers: ready."
