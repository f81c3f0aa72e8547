#!/usr/bin/env bash
# Runs every test project one after the other and closes with one line for all: 'N passed, N failed'.
set -uo pipefail
cd "$(dirname "$0")/.."
config=${1:-Release}
passed=0 failed=0 status=0

for project in tests/PLService.*.Tests; do
    name=$(basename "$project")
    echo "== $name"
    log=$(mktemp)
    dotnet "$project/bin/$config/net10.0/$name.dll" -noLogo -noColor | tee "$log"
    [ "${PIPESTATUS[0]}" -eq 0 ] || status=1
    # The runner's own summary: "Total: 12, Errors: 0, Failed: 0, Skipped: 0, ..."
    summary=$(grep -Eo 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+' "$log" | tail -n 1)
    rm -f "$log"
    if [ -z "$summary" ]; then
        echo "$name ran no test"
        status=1
        continue
    fi
    read -r total errors failures skipped <<<"$(tr -dc '0-9 ' <<<"$summary")"
    passed=$((passed + total - errors - failures - skipped))
    # What was skipped was not proven: it counts as failed.
    failed=$((failed + errors + failures + skipped))
done

echo
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] || status=1
exit "$status"
