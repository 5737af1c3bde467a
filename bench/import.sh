#!/bin/sh
# Imports many accounts into a Redis of its own and starts a gateway on them.
#
#     bench/import.sh [N]        N accounts, 1000000 by default, each with one key and one aggregator
#
# Publishes the command line and the gateway in Release; needs the .NET SDK, redis-server, redis-cli and curl. Uses
# 127.0.0.1 only, ends what it started and removes what it wrote.
set -eu
count=${1:-1000000}
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
redis_pid=
gateway_pid=
cleanup() {
  for pid in $gateway_pid $redis_pid; do
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  rm -rf "$folder"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

now() { date +%s.%N; }
since() { echo "$1 $(now)" | awk '{ printf "%.1f", $2 - $1 }'; }
redis() { redis-cli -h 127.0.0.1 -p "$port" "$@"; }

dotnet publish src/Cli --configuration Release --output "$folder/cli" --verbosity quiet --nologo
dotnet publish src/Gateway --configuration Release --output "$folder/gateway" --verbosity quiet --nologo

# Any digits do for a digest: nothing is looked up by a key here.
awk -v n="$count" 'BEGIN {
  for (i = 1; i <= n; i++)
    printf "{\"id\":\"account-%d\",\"name\":\"Account %d\",\"limit\":{\"permits\":1000,\"window\":\"00:01:00\"},\"keys\":[{\"id\":\"k%d\",\"name\":\"prod\",\"sha256\":\"%064d\"}],\"aggregators\":[{\"id\":\"agg_%d\",\"name\":\"Sign-ups\"}]}\n", i, i, i, i, i
}' > "$folder/accounts.ndjson"

# Below the ports that the system gives to clients; a server that cannot have it ends, and the next one is tried.
port=15000
until
  : > "$folder/redis.log"
  redis-server --port "$port" --bind 127.0.0.1 --save "" --appendonly no --dir "$folder" > "$folder/redis.log" &
  redis_pid=$!
  until grep -q -e 'Ready to accept' -e 'in use' "$folder/redis.log" || ! kill -0 "$redis_pid" 2>/dev/null; do sleep 0.1; done
  grep -q 'Ready to accept' "$folder/redis.log"
do
  wait "$redis_pid" || true
  port=$((port + 1))
  test "$port" -lt 15100
done

echo "$(uname -sm), $(getconf _NPROCESSORS_ONLN) processors, load $(cut -d' ' -f1 /proc/loadavg), Redis $(redis info server | tr -d '\r' | sed -n 's/^redis_version://p'), .NET $(dotnet --version)"

started=$(now)
dotnet "$folder/cli/eventicat.dll" import "$folder/accounts.ndjson" --redis "127.0.0.1:$port"
seconds=$(since "$started")
echo "import: $seconds s, $(echo "$count $seconds" | awk '{ printf "%.0f", $1 / $2 }') accounts/s"
echo "Redis: $(redis info memory | tr -d '\r' | sed -n 's/^used_memory_human://p') for $(redis dbsize) keys"

management=$((port + 200))
if curl --silent --output /dev/null "http://127.0.0.1:$management/"; then
  echo "Somebody else answers on port $management." >&2
  exit 1
fi
started=$(now)
(
  cd "$folder"
  Redis__Connection="127.0.0.1:$port" \
  Kestrel__Endpoints__Public__Url="http://127.0.0.1:$((port + 100))" \
  Kestrel__Endpoints__Management__Url="http://127.0.0.1:$management" \
  exec dotnet gateway/Eventicat.Gateway.dll > gateway.log 2>&1
) &
gateway_pid=$!
until curl --silent --fail --output /dev/null "http://127.0.0.1:$management/health/ready"; do
  kill -0 "$gateway_pid" || { cat "$folder/gateway.log" >&2; exit 1; }
  sleep 0.05
done
echo "gateway: ready after $(since "$started") s"
