#!/usr/bin/env bash
# Runs docker-compose.yml for real, under a project name of its own: builds the images, starts everything, does what an
# operator and a client do, looks for the key where it must not be, and starts everything again on the same volumes.
# Prints a line per promise kept, and ends with an error at the first one that is not. Needs Docker, Compose and curl.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

project=eventicat-compose-test
deadline_seconds=120
# Any free ports of this machine.
export EVENTICAT_LISTEN=127.0.0.1:0 EVENTICAT_DASHBOARD_LISTEN=127.0.0.1:0

if docker compose version >/dev/null 2>&1; then compose=(docker compose); else compose=(docker-compose); fi
compose+=(--project-name "$project" --file docker-compose.yml)
work=$(mktemp -d)
progress=$work/compose.log

ok() { printf 'ok   %s\n' "$*"; }

fail() {
  printf 'FAIL %s\n' "$*" >&2
  exit 1
}

clean_up() {
  status=$?
  if ((status != 0)); then
    tail -n 30 "$progress" >&2 || true
    "${compose[@]}" logs --no-color --tail 20 >&2 || true
  fi
  "${compose[@]}" --profile cli down --volumes --rmi local --remove-orphans >>"$progress" 2>&1 || true
  rm -rf "$work"
  exit "$status"
}
trap clean_up EXIT

container() { "${compose[@]}" ps -q "$1"; }

inspect() { docker inspect --format "$2" "$(container "$1")"; }

inside() { docker exec "$(container "$1")" bash -c "$2"; }

# The command line, as one JSON object or array.
cli() { "${compose[@]}" run --rm -T cli "$@" --json 2>>"$progress" </dev/null; }

# The value of a member that is a string.
member() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

# eventually WHAT COMMAND…: until the command succeeds, or the deadline has passed.
eventually() {
  local what=$1 end=$((SECONDS + deadline_seconds))
  shift
  until "$@"; do
    ((SECONDS < end)) || fail "$what: not within $deadline_seconds s"
    sleep 0.5
  done
}

is_healthy() { [[ $(inspect "$1" '{{.State.Health.Status}}') == healthy ]]; }

start() {
  "${compose[@]}" up -d >>"$progress" 2>&1 || fail "docker-compose up"
  local service
  for service in redis sink gateway dashboard; do
    eventually "$service is healthy" is_healthy "$service"
  done
  url=http://$("${compose[@]}" port gateway 8080)
  [[ $url == http://127.0.0.1:* ]] || fail "the gateway is published at $url"
  dashboard=http://$("${compose[@]}" port dashboard 8082)
  [[ $dashboard == http://127.0.0.1:* ]] || fail "the dashboard is published at $dashboard"
}

# request STATUS PATH [CURL OPTION…]: the answer's body is in $work/body.
request() {
  local expected=$1 path=$2 status
  shift 2
  status=$(curl -sS --max-time 10 -o "$work/body" -w '%{http_code}' "$@" "$url$path")
  [[ $status == "$expected" ]] || fail "${path%%\?*}: $status instead of $expected: $(cat "$work/body")"
}

body_has() { grep -qF -- "$1" "$work/body" || fail "no $1 in $(cat "$work/body")"; }

# Lines of one container's log with a text in them.
log_lines() { "${compose[@]}" logs --no-color "$1" 2>&1 | grep -cF -- "$2" || true; }

logs_have() { (($(log_lines "$1" "$2") >= $3)); }

# can_connect SERVICE HOST PORT: whether a connection can be opened from inside a container.
can_connect() { inside "$1" "timeout 3 bash -c 'exec 3<>/dev/tcp/$2/$3'" 2>/dev/null; }

# What was open before has nothing to do with us.
is_open_here() { timeout 3 bash -c "exec 3<>/dev/tcp/127.0.0.1/$1" 2>/dev/null; }
closed_ports=()
for port in 6379 8081 8090; do
  is_open_here "$port" || closed_ports+=("$port")
done

# --- Build and start -------------------------------------------------------------------------------------------------
"${compose[@]}" --profile cli down --volumes --remove-orphans >>"$progress" 2>&1 || true
SECONDS=0
"${compose[@]}" --profile cli build >>"$progress" 2>&1 || fail "docker-compose build"
ok "images are built ($SECONDS s)"
SECONDS=0
start
ok "redis, sink, gateway and dashboard are healthy ($SECONDS s)"

# --- An operator's first minutes -------------------------------------------------------------------------------------
[[ $(cli account create acme | member id) == acme ]] || fail "account create"
aggregator=$(cli aggregator create acme | member id)
key=$(cli key create acme | member key)
[[ -n $aggregator && $key == evc_* ]] || fail "aggregator '$aggregator' and a key of ${#key} characters"
# What must stay secret, also of a key that something has shortened or cut up.
secret=${key##*_}
ok "the command line creates account, aggregator and key"

# --- People and programs that see to accounts --------------------------------------------------------------------------
page() {
  local status
  status=$(curl -sS --max-time 10 -o "$work/body" -w '%{http_code}' "$1")
  [[ $status == 200 ]] || fail "${1%%\?*} of the dashboard: $status"
}
page "$dashboard/signin"
page "$dashboard/_framework/blazor.web.js"
link=$(cli user invite ada --operator --dashboard "$dashboard" | member link)
[[ $link == "$dashboard/welcome?user=ada&code="* ]] || fail "user invite"
page "$link"
ok "the dashboard answers, and takes an operator's invitation from the command line"
checks=$(cli verify --gateway http://gateway:8080 --management http://gateway:8081 --dashboard http://dashboard:8082) || fail "verify: $checks"
ok "verify finds nothing wrong"

# --- A client's requests ---------------------------------------------------------------------------------------------
request 200 "/api/event?_id=$aggregator" -X POST -H "Authorization: Bearer $key" -H 'Content-Type: application/json' -d '{"name":"posted_event"}'
body_has '"status":"ok"'
ok "POST with a Bearer key stores an event"
request 200 "/api/event?_id=$aggregator&_apikey=$key&name=got_event"
body_has '"status":"ok"'
ok "GET with _apikey stores an event"

read_back() {
  request 200 "/api/events?_id=$aggregator" -H "Authorization: Bearer $key"
  local event
  for event in "$@"; do
    body_has "\"name\":\"$event\""
  done
}
read_back posted_event got_event
ok "both are read back"
request 401 "/api/event?_id=$aggregator&name=refused_event"
body_has '{"error":"Invalid API key"}'
request 404 "/api/event?_id=agg_0&name=refused_event" -H "Authorization: Bearer $key"
body_has '{"error":"Invalid aggregator"}'
ok "no key gets 401, a foreign aggregator 404"
for path in /usage/acme /usage/keys /health/ready /signin /admin/v1/accounts; do
  request 404 "$path" -H "Authorization: Bearer $key"
done
ok "the public port answers neither usage, nor health, nor the dashboard"

# --- Where the key must not be ---------------------------------------------------------------------------------------
no_leak() {
  local service
  for service in gateway sink redis dashboard; do
    (($(log_lines "$service" "$secret") == 0)) || fail "the key is in the log of $service"
  done
}
# Until the lines of the three requests are there, a search would prove nothing.
eventually "the requests are in the gateway's log" logs_have gateway "$aggregator" 3
eventually "the requests are in the sink's log" logs_have sink "$aggregator" 3
no_leak
ok "no log has the key"
for place in sink:/data redis:/data gateway:/tmp dashboard:/tmp; do
  ! inside "${place%:*}" "grep -rqF -- '$secret' ${place#*:}" || fail "the key is in $place"
done
inside sink "grep -rqF -- posted_event /data" || fail "the search of files does not find an event"
ok "no file has the key"

# --- Who reaches whom ------------------------------------------------------------------------------------------------
for service in sink redis; do
  [[ $(inspect "$service" '{{len .HostConfig.PortBindings}}') == 0 ]] || fail "$service is published"
done
for service in gateway dashboard; do
  [[ $(inspect "$service" '{{len .HostConfig.PortBindings}}') == 1 ]] || fail "$service publishes more than one port"
done
for port in ${closed_ports[@]+"${closed_ports[@]}"}; do
  ! is_open_here "$port" || fail "port $port is open on this machine"
done
ok "the host reaches the API and the dashboard alone (closed: ${closed_ports[*]-})"
address() { inspect "$1" '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}' | cut -d ' ' -f 1; }
can_connect gateway sink 8090 || fail "the gateway does not reach the sink"
can_connect gateway redis 6379 || fail "the gateway does not reach redis"
for target in sink "$(address sink)"; do
  ! can_connect redis "$target" 8090 || fail "redis reaches the sink at $target"
done
for target in redis "$(address redis)"; do
  ! can_connect sink "$target" 6379 || fail "the sink reaches redis at $target"
done
for target in gateway:8081 sink:8090 redis:6379; do
  can_connect dashboard "${target%:*}" "${target#*:}" || fail "the dashboard does not reach $target"
done
ok "sink and redis do not reach each other"

# --- What they may do ------------------------------------------------------------------------------------------------
for service in gateway sink dashboard; do
  user=$(inspect "$service" '{{.Config.User}}')
  [[ -n $user && $user != 0 && $user != root ]] || fail "$service runs as '$user'"
  [[ $(inside "$service" 'id -u') != 0 ]] || fail "$service runs as root"
  inside "$service" "grep -q '^CapEff:[[:space:]]*0*$' /proc/1/status" || fail "$service has capabilities"
  inside "$service" "grep -q '^NoNewPrivs:[[:space:]]*1$' /proc/1/status" || fail "$service may gain privileges"
done
for service in gateway sink redis dashboard; do
  [[ $(inspect "$service" '{{.HostConfig.ReadonlyRootfs}}') == true ]] || fail "$service can write its root file system"
done
ok "gateway, sink and dashboard run as $user without capabilities, and no root file system can be written"

# --- Again, on the same volumes --------------------------------------------------------------------------------------
SECONDS=0
"${compose[@]}" stop >>"$progress" 2>&1
for service in gateway sink redis dashboard; do
  [[ $(docker inspect --format '{{.State.ExitCode}}' "$("${compose[@]}" ps -a -q "$service")") == 0 ]] || fail "$service did not end by itself"
done
ok "everything ends by itself when told to ($SECONDS s)"
"${compose[@]}" down >>"$progress" 2>&1
[[ -z $(docker ps -aq --filter "label=com.docker.compose.project=$project") ]] || fail "down leaves containers"
start
read_back posted_event got_event
[[ $(cli account list) == *'"id":"acme"'* ]] || fail "the account is gone"
[[ $(cli user list) == *'"id":"ada"'* ]] || fail "the operator is gone"
[[ $(cli audit --account acme) == *'"action":"key.create"'* ]] || fail "the audit log is gone"
[[ $(cli key list acme) == *"\"id\":\"$(cut -d _ -f 2 <<<"$key")\""* ]] || fail "the key is gone"
request 200 "/api/event?_id=$aggregator" -X POST -H "Authorization: Bearer $key" -H 'Content-Type: application/json' -d '{"name":"later_event"}'
read_back posted_event got_event later_event
ok "account, key and events are there after down and up"

# --- The search for the key finds one --------------------------------------------------------------------------------
eventually "the requests are in the gateway's log" logs_have gateway "$aggregator" 3
no_leak
for service in gateway sink dashboard; do
  inside "$service" "echo 'planted $key' >/proc/1/fd/1"
  eventually "the key planted in the log of $service is found" logs_have "$service" "$secret" 1
done
# Redis has given up the rights to its output, so nothing can be planted there: what it writes itself has to do.
logs_have redis 'Ready to accept connections' 1 || fail "the log of redis is not read"
ok "no log has the key after the restart either, and one planted there is found"

"${compose[@]}" --profile cli down --volumes >>"$progress" 2>&1
[[ -z $(docker volume ls -q --filter "label=com.docker.compose.project=$project") ]] || fail "down -v leaves volumes"
ok "nothing is left"
