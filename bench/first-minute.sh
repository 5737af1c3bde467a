#!/usr/bin/env bash
# How long a newcomer waits: from a fresh clone to the line that says everything runs, and again after a stop.
#
#     bench/first-minute.sh [N]      N starts after the first, 3 by default; one line each
#
# Needs the .NET SDK, and the packages in NuGet's cache: what is measured is the build and the start, not the network. The compiler's server is
# stopped before, as on a machine that has not compiled anything yet.
set -euo pipefail
again=${1:-3}
repository=$(realpath "$(dirname "$0")/..")
folder=$(mktemp -d)
pid=
trap 'stop; rm -rf "$folder"' EXIT

# The program is a child of "dotnet run", which passes no signal on to it.
stop() {
  if [[ -n $pid ]]; then
    pkill -TERM -P "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    pid=
  fi
}

start() {
  local began=$EPOCHREALTIME told=- line
  : > "$folder/errors"
  rm -f "$folder/output"; mkfifo "$folder/output"
  dotnet run --project src/Cli -- dev --data "$folder/data" --port 0 --management-port 0 --dashboard-port 0 --json \
    > "$folder/output" 2> "$folder/errors" &
  pid=$!
  exec 3< "$folder/output"
  while ! read -r -t 0.1 line <&3; do
    if [[ $told == - && -s $folder/errors ]]; then told=$(since "$began"); fi
    kill -0 "$pid" || { cat "$folder/errors" >&2; exit 1; }
  done
  exec 3<&-
  echo "$1: $(since "$began") s, said something after $told s, load $(cut -d ' ' -f 1 /proc/loadavg)"
}

since() { awk -v a="$1" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }'; }

git clone -q "$repository" "$folder/clone"
cd "$folder/clone"
dotnet build-server shutdown --vbcscompiler > "$folder/shutdown"
start 'fresh clone'
for ((i = 1; i <= again; i++)); do
  stop
  start "start $i after a stop"
done
