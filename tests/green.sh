#!/usr/bin/env bash
# Prints the cargo options for the targets of an edition that `passing.txt` lists as green.
# Usage: green.sh edition2021|edition2024
set -euo pipefail
cd "$(dirname "$0")"
awk -v package="$1" '$1 == package && $3 == "green" { print "--test=" $2 }' passing.txt
