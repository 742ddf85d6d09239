#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Measures what an operator feels: the time from "java -jar" to the ready line, and the memory held ten seconds
# later. Each run begins with an empty folder, the embedded defaults and a free port.
#
#   tools/measure-start.sh [RUNS]        5 runs unless told; JAVA names another java, JAVA_FLAGS its flags;
#                                        START=tools/muster starts by that script instead of "java -jar"
set -euo pipefail

runs=${1:-5}
java=${JAVA:-java}
read -r -a flags <<<"${JAVA_FLAGS:-}"
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jar=$root/bot-app/target/muster.jar
[ -f "$jar" ] || {
  echo "No $jar. Build it first: mvn -DskipTests package" >&2
  exit 1
}

begun=("$java" "${flags[@]}" -jar "$jar")
[ -z "${START:-}" ] || begun=("$(readlink -f "$START")")

work=$(mktemp -d)
pid=
finish() {
  [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

printf '%s, %s cores, %s\n' "$("$java" -version 2>&1 | sed -n '1s/"//gp')" "$(nproc)" "$(date -u +%Y-%m-%dT%H:%MZ)"
for run in $(seq "$runs"); do
  home=$work/$run
  mkdir "$home"
  printf 'server:\n  port: 0\n' >"$home/bot.yaml"
  begin=$(date +%s%N)
  (cd "$home" && exec "${begun[@]}" run --config bot.yaml >out 2>err) &
  pid=$!
  until grep -q '^Muster is ready at ' "$home/out" 2>/dev/null; do
    kill -0 "$pid" 2>/dev/null || {
      echo "Muster ended before it was ready:" >&2
      cat "$home/err" >&2
      exit 1
    }
    sleep 0.01
  done
  end=$(date +%s%N)
  sleep 10
  memory=$(awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$pid/status")
  kill "$pid"
  wait "$pid" || true
  pid=
  ready=$(((end - begin) / 1000000))
  echo "run $run: ready after $ready ms, $memory MB resident"
  echo "$ready" >>"$work/ready"
  echo "$memory" >>"$work/memory"
done
echo "median: ready after $(median <"$work/ready") ms, $(median <"$work/memory") MB resident"
