#!/usr/bin/env bash
# Prints how long the compiler takes for annotated functions, and for the same functions as rustc compiles them: the whole corpus of
# the tests, and chains of calls 11 and 22 deep, each function of which awaits a pause and three times the function below it.
# Times are those of the processor, user and system, the least of RUNS (3) runs, everything else compiled before.
#
#     benches/build_time.sh            # all of it
#     benches/build_time.sh chains     # the chains alone, or the corpus
set -euo pipefail
cd "$(dirname "$0")/.."

runs=${RUNS:-3}
only=${1:-all}
root=$PWD
work=$root/target/build_time
export CARGO_INCREMENTAL=0 CARGO_TARGET_DIR=$work/target
TIMEFORMAT='%U %S'

# A package whose functions carry `lower`, which is the attribute or does nothing.
package() {
    local name=$1 lower=$2
    mkdir -p "$work/$name/src"
    cat >"$work/$name/Cargo.toml" <<END
[package]
name = "$name"
version = "0.0.0"
edition = "2024"

[workspace]

[dependencies]
differential = { path = "$root/tests/harness" }
state-future = { path = "$root", default-features = false }
END
    cat >"$work/$name/src/main.rs" <<END
#![allow(unused)]
use differential::$lower as lower;
$(cat)
END
}

corpus() {
    cat <<'END'
macro_rules! cases {
    ($($name:ident $(($($arguments:tt)*))? $(: $construct:expr)?),* $(,)?) => {
        $(differential::construct_case! { $name $(($($arguments)*))? $(: $construct)? })*

        /// Has the futures compiled.
        pub fn poll_all() {
            $(crate::poll($name::construct());)*
        }
    };
}

fn poll(future: impl Future) {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let _ = future.as_mut().poll(&mut context);
}
END
    local file
    for file in tests/corpus/*.rs; do
        printf '#[allow(irrefutable_let_patterns, dropping_copy_types, dropping_references)]\npub mod %s {\n' "$(basename "$file" .rs)"
        printf '    use differential::passthrough as not_yet;\n    use differential::prelude::*;\n    use crate::lower;\n    include!("%s/%s");\n}\n' "$root" "$file"
    done
    echo 'fn main() {'
    for file in tests/corpus/*.rs; do
        echo "    $(basename "$file" .rs)::poll_all();"
    done
    echo '}'
}

# Functions that borrow, and what is declared for each.
chain() {
    local depth=$1 generics=$2 kind=$3
    cat <<'END'
use std::pin::Pin;
use std::task::{Context, Poll};

struct Pause(bool);

impl Future for Pause {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        context.waker().wake_by_ref();
        if std::mem::replace(&mut self.0, true) { Poll::Ready(()) } else { Poll::Pending }
    }
}

fn sendable(future: impl Future + Send) {
    let mut future = std::pin::pin!(future);
    let mut context = Context::from_waker(std::task::Waker::noop());
    while future.as_mut().poll(&mut context).is_pending() {}
}

struct Type;
END
    local self='' call='' open='' close='' number=u64 level
    if [ -n "$generics" ]; then
        number=T
    fi
    if [ "$kind" = methods ]; then
        self='&self, ' call='self.' open='impl Type {' close='}'
    fi
    echo "$open"
    echo "#[lower] async fn f0$generics(${self}number: &$number, text: &str) -> u64 { Pause(false).await; text.len() as u64 }"
    for ((level = 1; level <= depth; level++)); do
        local below="${call}f$((level - 1))(number, text).await"
        echo "#[lower] async fn f$level$generics(${self}number: &$number, text: &str) -> u64 {"
        echo "    Pause(false).await; let first = $below; let second = $below; first + second + $below }"
    done
    echo "$close"
    echo "fn main() { if std::env::args().count() > 1 { sendable($([ "$kind" = methods ] && echo Type.)f$depth(&1, \"text\")) } }"
}

# The least processor time of a command, in seconds.
least() {
    local least=''
    for ((run = 0; run < runs; run++)); do
        touch "$work/$1/src/main.rs"
        local times
        times=$({ time cargo ${2/release/build --release} --quiet --manifest-path "$work/$1/Cargo.toml" 2>"$work/errors" || { cat "$work/errors" >&2; exit 1; }; } 2>&1)
        least=$(echo "$times $least" | awk '{ sum = $1 + $2; print ($3 == "" || sum < $3) ? sum : $3 }')
    done
    echo "$least"
}

compare() {
    local title=$1 name=$2 mode
    shift 2
    for mode in "$@"; do
        local plain annotated
        cargo ${mode/release/build --release} --quiet --manifest-path "$work/plain_$name/Cargo.toml"
        cargo ${mode/release/build --release} --quiet --manifest-path "$work/annotated_$name/Cargo.toml"
        plain=$(least "plain_$name" $mode)
        annotated=$(least "annotated_$name" $mode)
        printf '| %-38s | %-7s | %7.2f | %9.2f | %5.2f |\n' "$title" "$mode" "$plain" "$annotated" "$(echo "$annotated $plain" | awk '{ print $1 / $2 }')"
    done
}

printf '| %-38s | %-7s | %7s | %9s | %5s |\n' 'functions' 'cargo' 'plain/s' 'lowered/s' 'ratio'
echo '|---|---|---|---|---|'
generic='<T: Copy + Send + Sync>'
for depth in $([ "$only" = corpus ] || echo 11 22); do
    for kind in functions methods; do
        for generics in '' "$generic"; do
            name=${kind}_$depth${generics:+_generic}
            chain $depth "$generics" $kind | package "plain_$name" passthrough
            chain $depth "$generics" $kind | package "annotated_$name" state_future
            compare "$depth deep, ${generics:+generic }$kind" "$name" check build release
        done
    done
done
if [ "$only" != chains ]; then
    corpus | package plain_corpus passthrough
    corpus | package annotated_corpus state_future
    functions=$(cat tests/corpus/*.rs | grep -c '#\[lower[](]')
    compare "the corpus, $functions functions" corpus check build
fi
