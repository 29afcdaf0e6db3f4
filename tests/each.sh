#!/bin/sh
# Runs every file of the corpus by itself, so that one that does not compile hides no other, and prints a line a file:
# tests passed, tests failed and their names, or the number of compile errors and the first of them.
# Usage: each.sh [edition2021|edition2024 ...] ; WITH=pattern picks files.
cd "$(dirname "$0")" || exit 1
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
for package in ${*:-edition2021 edition2024}; do
    for file in "$package"/tests/*"$WITH"*.rs; do
        name=$(basename "$file" .rs)
        if cargo test --quiet --package "$package" --test "$name" >"$log" 2>&1; then
            outcome=passed
        else
            outcome=FAILED
            status=1
        fi
        counts=$(grep -o '[0-9]* passed; [0-9]* failed' "$log" | tail -1)
        printf '%-12s %-26s %s %s\n' "$package" "$name" "$outcome" "${counts:-$(grep -c '^error' "$log") errors}"
        if [ -n "$counts" ]; then
            sed -n 's/^---- \(.*\) stdout ----$/    \1/p' "$log"
        else
            grep -m 1 -A 3 '^error' "$log" | sed 's/^/    /'
        fi
    done
done
exit $status
