#!/usr/bin/env bash
# Runs what exercises the `unsafe` support code, those targets of the corpus whose names begin with NAMES, under valgrind on
# stable Rust. Needs valgrind: apt-get install valgrind
# EDITION=2021|2024 (2024), NAMES='rule03 rule13' (rule02 rule03 rule13 rule14 rule15 rule19)
set -euo pipefail
cd "$(dirname "$0")/.."

edition=${EDITION:-2024}
if ! command -v valgrind >/dev/null; then
    echo "error: this needs valgrind: apt-get install valgrind" >&2
    exit 1
fi

# A leak is an error only where the test does not compare it with what rustc's own future leaks, as it does in every run.
export CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUNNER="valgrind --quiet --error-exitcode=9 --leak-check=no --max-stackframe=16777216 --main-stacksize=16777216"
export CARGO_INCREMENTAL=0

echo "--- the corpus, edition $edition"
targets=()
for name in ${NAMES:-rule02 rule03 rule13 rule14 rule15 rule19}; do
    for file in tests/edition"$edition"/tests/"$name"*.rs; do
        targets+=("--test=$(basename "$file" .rs)")
    done
done
cargo test --quiet --package "edition$edition" "${targets[@]}" -- --skip not_larger
