#!/usr/bin/env bash
# Runs the tests of the harness, the corpus of one edition, and fuzzed programs under AddressSanitizer with leak detection.
# Needs Linux on x86-64 and a nightly toolchain: rustup toolchain install nightly
# What rustc's own future leaks, as it does when a drop panics, is no finding; everything else is.
# EDITION=2021|2024 (2024), PROGRAMS=N (1000), SEED=N (1), TOOLCHAIN=nightly, NAMES='rule13 rule15' (targets whose names
# begin so; all)
set -euo pipefail
cd "$(dirname "$0")/.."

edition=${EDITION:-2024}
toolchain=${TOOLCHAIN:-nightly}
host=x86_64-unknown-linux-gnu

if [ "$(uname -s) $(uname -m)" != "Linux x86_64" ]; then
    echo "error: this needs Linux on x86-64" >&2
    exit 1
fi
if ! rustc "+$toolchain" --version >/dev/null 2>&1; then
    echo "error: this needs the toolchain '$toolchain': rustup toolchain install $toolchain" >&2
    exit 1
fi
runtime=$(rustc "+$toolchain" --print sysroot)/lib/rustlib/$host/lib/librustc-${toolchain}_rt.asan.a
if [ ! -e "$runtime" ]; then
    echo "error: the toolchain '$toolchain' has no AddressSanitizer: $runtime is missing" >&2
    exit 1
fi

export ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1
export CARGO_PROFILE_DEV_DEBUG=line-tables-only CARGO_PROFILE_TEST_DEBUG=line-tables-only CARGO_INCREMENTAL=0

instrumented() {
    RUSTFLAGS="-Zsanitizer=address" cargo "+$toolchain" test --quiet --target "$host" --features differential/leak-sanitizer "$@"
}

echo "--- the harness"
instrumented --package differential
echo "--- the corpus, edition $edition"
mapfile -t targets < <(tests/green.sh "edition$edition"; tests/green.sh "edition$edition" larger:)
chosen=()
for target in "${targets[@]}"; do
    if [ -z "${NAMES:-}" ]; then
        chosen+=("$target")
    fi
    for name in ${NAMES:-}; do
        if [[ $target == "--test=$name"* ]]; then
            chosen+=("$target")
        fi
    done
done
# Sizes are another test's business.
instrumented --package "edition$edition" "${chosen[@]}" -- --skip not_larger
echo "--- fuzzed programs"
cargo run --release --quiet --package state-future-fuzz -- --programs "${PROGRAMS:-1000}" --seed "${SEED:-1}" \
    --toolchain "$toolchain" --flag -Zsanitizer=address --folder "${CARGO_TARGET_DIR:-target}/fuzz-address-sanitizer"
