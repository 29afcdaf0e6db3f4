#!/usr/bin/env bash
# Prints the cargo options for the targets of an edition that `passing.txt` lists as green, or with another word.
# Usage: green.sh edition2021|edition2024 [larger:]
set -euo pipefail
cd "$(dirname "$0")"
awk -v package="$1" -v state="${2:-green}" '$1 == package && $3 == state { print "--test=" $2 }' passing.txt
