#!/bin/sh
# Two gateways, a Redis and every core kept busy: does the limit that the gateways share hold?
#
#     bench/overload.sh [N] [FILE]      N rounds, 10 by default, one line each, also appended to FILE
#
# Runs the test of the same name (tests/EndToEnd.Tests/Gateway/OverloadTests.cs), of which CI runs one round. Needs the
# .NET SDK and redis-server. Ends with an error if the limit was exceeded, or less than 95 % of it admitted, in any round.
set -eu
rounds=${1:-10}
result=${2:-$(mktemp)}
cd "$(dirname "$0")/.."
dotnet build tests/EndToEnd.Tests --configuration Release --verbosity quiet --nologo
: >> "$result"
started=$(wc -l < "$result")
status=0
EVENTICAT_OVERLOAD_ROUNDS=$rounds EVENTICAT_OVERLOAD_RESULT=$(realpath "$result") REQUIRE_REAL_REDIS=1 \
  dotnet artifacts/bin/Eventicat.EndToEnd.Tests/release/Eventicat.EndToEnd.Tests.dll -class '*.OverloadTests' || status=$?
tail -n "+$((started + 1))" "$result"
exit "$status"
