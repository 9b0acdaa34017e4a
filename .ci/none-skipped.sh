#!/usr/bin/env bash
# none-skipped.sh DIRECTORY [CLASSES]: fails unless the reports in a directory tell of tests, and of none that was skipped; of classes
# that match a pattern, if there is one.
set -euo pipefail

tests=0
skipped=0
for report in "$1"/TEST-${2:-*}.xml; do
  [ -e "$report" ] || continue
  line=$(grep -m 1 -A 3 '<testsuite ' "$report" | tr '\n' ' ')
  tests=$((tests + $(sed -n 's/.* tests="\([0-9]*\)".*/\1/p' <<<"$line")))
  skipped=$((skipped + $(sed -n 's/.* skipped="\([0-9]*\)".*/\1/p' <<<"$line")))
done
printf '[ci] %s %s: %d run, %d skipped\n' "$1" "${2:-}" "$((tests - skipped))" "$skipped"
((tests > 0 && skipped == 0)) || {
  echo '[ci] these tests must all run' >&2
  exit 1
}
