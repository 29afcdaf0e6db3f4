#!/usr/bin/env bash
# Counts the instructions that futures take, rustc's and lowered, from their making to their end, and prints the table.
# Needs valgrind; installs the runner of the benchmark library, which must be of the same version as the library.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v valgrind >/dev/null; then
    echo "valgrind is missing: apt-get install valgrind" >&2
    exit 1
fi
version=$(sed -n 's/^gungraun = "=\(.*\)"$/\1/p' benches/instructions/Cargo.toml)
if [ "$(gungraun-runner --version 2>/dev/null)" != "gungraun-runner $version" ]; then
    cargo install gungraun-runner --version "$version" --locked
fi
export GUNGRAUN_HOME=$PWD/target/gungraun
mkdir -p target
rm -rf "$GUNGRAUN_HOME"
cargo bench --quiet --locked --package instructions --bench polls -- --save-summary=json >target/instructions.log
cargo run --quiet --locked --release --package instructions --bin table -- "$GUNGRAUN_HOME/instructions/polls/polls"
