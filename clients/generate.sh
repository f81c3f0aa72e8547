#!/usr/bin/env bash
# Generates every client from openapi/v1.json. With --check: fails when what is committed is not what the contract gives.
set -euo pipefail
cd "$(dirname "$0")"

generate() (
  cd "$1"
  [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --loglevel=error
  npm run --silent generate >/dev/null
)
fingerprint() { find typescript/src/generated csharp/Generated -type f | LC_ALL=C sort | xargs cksum; }

before=$(fingerprint)
generate typescript
generate csharp/generator
if [ "${1:-}" = --check ] && [ "$(fingerprint)" != "$before" ]; then
  echo "The generated clients were not up to date with openapi/v1.json. They are now: review the difference and commit it." >&2
  exit 1
fi
