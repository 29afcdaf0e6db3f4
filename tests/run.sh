#!/usr/bin/env bash
# Runs the tests: every crate and example of the workspace, then the targets of the corpus that `passing.txt` lists as green.
# Fails if one of these fails, or if the list leaves out a target that exists. Ends with the count of green targets.
set -euo pipefail
cd "$(dirname "$0")/.."

list=tests/passing.txt
corpus=(edition2021 edition2024)
failed=()

existing() {
    for package in "${corpus[@]}"; do
        for file in tests/"$package"/tests/*.rs; do
            echo "$package $(basename "$file" .rs)"
        done
    done | sort
}

entries() { grep -vE '^(#|$)' "$list"; }

if ! diff <(existing) <(entries | awk '{ print $1, $2 }' | sort); then
    echo "error: $list must name every target of the corpus once (< exists, > listed)" >&2
    exit 1
fi
if entries | grep -vE '^edition[0-9]+ +[a-z0-9_]+ +(green$|larger: .|not yet: .)'; then
    echo "error: each line of $list ends with 'green', 'larger: ' and the bodies, or 'not yet: ' and the reason" >&2
    exit 1
fi

cargo test --workspace --exclude edition2021 --exclude edition2024 --no-fail-fast || failed+=("the workspace's own tests")
cargo test --features serde --test saved --test in_postgres --example durable_order || failed+=("saved")

for package in "${corpus[@]}"; do
    mapfile -t green < <(tests/green.sh "$package")
    if [ ${#green[@]} -eq 0 ]; then
        failed+=("$package, which has no green target")
        continue
    fi
    cargo test --package "$package" --no-fail-fast "${green[@]}" || failed+=("$package")
    mapfile -t larger < <(tests/green.sh "$package" larger:)
    if [ ${#larger[@]} -gt 0 ]; then
        # They behave alike; the list says which of their futures are larger than rustc's.
        cargo test --package "$package" --no-fail-fast "${larger[@]}" -- --skip not_larger || failed+=("$package")
    fi
done

echo
if entries | grep 'not yet:'; then
    echo
fi
echo "bodies that are lowered: $(cat tests/corpus/*.rs | grep -c '#\[lower[](]'), not yet: $(cat tests/corpus/*.rs | grep -c '#\[not_yet\]' || true)"
entries | grep 'larger:' || true
echo "corpus: $(entries | grep -c ' larger:' || true) of $(entries | wc -l) targets ran but for sizes; $(entries | grep -c ' green$' || true) are listed as green and ran"
if [ ${#failed[@]} -gt 0 ]; then
    printf 'FAILED: %s\n' "${failed[@]}" >&2
    exit 1
fi
echo "all of them passed, and so did the workspace's own tests"
