#!/bin/sh
# Builds everything in Release and compares the gateway with plain YARP. Options: --rounds N --seconds S --concurrency C
set -eu
cd "$(dirname "$0")/.."
dotnet build --configuration Release --verbosity quiet --nologo bench/Compare
exec dotnet artifacts/bin/Eventicat.Bench.Compare/release/Eventicat.Bench.Compare.dll "$@"
