#!/bin/sh
# Gives every file of the corpus its test target in both edition crates; `only2024_*` files go to edition 2024 alone.
cd "$(dirname "$0")" || exit 1
for file in corpus/*.rs; do
    name=$(basename "$file" .rs)
    for edition in 2021 2024; do
        case "$edition$name" in 2021only2024_*) continue ;; esac
        printf 'differential::twins!("../../corpus/%s.rs");\n' "$name" >"edition$edition/tests/$name.rs"
    done
done
