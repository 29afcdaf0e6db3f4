#!/usr/bin/env bash
# Runs what looks into suspended machines under Miri: named, printed, copied and saved ones. Miri finds a read of what an awaited
# future has borrowed, and a reference that forbids such a borrow. Once by each of the two models of what a borrow is.
# Needs a nightly toolchain with Miri: rustup toolchain install nightly --component miri --component rust-src
# TOOLCHAIN=nightly, MUTATIONS=N (300) inputs that saved machines are read from
set -euo pipefail
cd "$(dirname "$0")/.."

toolchain=${TOOLCHAIN:-nightly}
export MUTATIONS=${MUTATIONS:-300} CARGO_INCREMENTAL=0
if ! cargo "+$toolchain" miri --version >/dev/null 2>&1; then
    echo "error: this needs Miri: rustup toolchain install $toolchain --component miri --component rust-src" >&2
    exit 1
fi

for model in "" -Zmiri-tree-borrows; do
    echo "--- ${model:-stacked borrows}"
    export MIRIFLAGS="-Zmiri-disable-isolation $model"
    cargo "+$toolchain" miri test --quiet --target-dir "${CARGO_TARGET_DIR:-target}/miri" --package housing-tests --test explicit
    cargo "+$toolchain" miri test --quiet --target-dir "${CARGO_TARGET_DIR:-target}/miri" --features serde --test saved
done
