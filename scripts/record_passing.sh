#!/usr/bin/env bash
# Runs every target of the corpus by itself and writes `tests/passing.txt` anew: what passes is green, what behaves alike
# but has larger futures is 'larger: ' with their sizes, what does not is
# 'not yet' with the reason that stands there already or, for a new one, with what the run says.
# Usage: record_passing.sh [edition2021|edition2024 ...] ; other packages' lines stay as they are.
set -euo pipefail
cd "$(dirname "$0")/.."

list=tests/passing.txt
packages=("$@")
[ ${#packages[@]} -gt 0 ] || packages=(edition2021 edition2024)
log=$(mktemp)
new=$(mktemp)
trap 'rm -f "$log" "$new"' EXIT

# The first compile error, or the names of the tests that fail.
reason() {
    local tests
    tests=$(sed -n 's/^---- \(.*\) stdout ----$/\1/p' "$log" | sed 's/^lowered:://; s/::same$//' | sort)
    if [ -n "$tests" ]; then
        echo "$(wc -l <<<"$tests") of $(sed -n 's/^running \([0-9]*\) tests\?$/\1/p' "$log" | tail -1) tests fail: $(paste -sd ' ' <<<"$tests" | cut -c1-160)"
    else
        echo "does not compile, $(grep -c '^error' "$log") errors: $(grep -m 1 '^error' "$log" | cut -c1-120)"
    fi
}

{
    sed -n '/^#/p' "$list"
    for package in edition2021 edition2024; do
        if [[ " ${packages[*]} " != *" $package "* ]]; then
            sed -n "/^$package /p" "$list"
            continue
        fi
        for file in tests/"$package"/tests/*.rs; do
            name=$(basename "$file" .rs)
            if cargo test --quiet --package "$package" --test "$name" >"$log" 2>&1; then
                state=green
            elif [ "$(sed -n 's/^---- \(.*\) stdout ----$/\1/p' "$log")" = lowered::not_larger ]; then
                state="larger: $(sed -n 's/^  \([a-z0-9_]*\): lowered \([0-9]*\) bytes, plain \([0-9]*\) bytes$/\1 \2>\3/p' "$log" | paste -sd ' ')"
            else
                known=$(sed -n "s/^$package  *$name  *not yet: //p" "$list")
                state="not yet: ${known:-$(reason)}"
            fi
            line=$(printf '%s %-26s %s' "$package" "$name" "$state")
            echo "$line" >&2
            echo "$line"
        done
    done
} >"$new"
cat "$new" >"$list"
