#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds engine and worker against a CUDA libtorch, checks every reference model on the GPU, measures decoding and
# prefill, and writes docs/measured/gpu-NAME.json. Needs a compiler, CMake, a CUDA libtorch (that of a Python
# installation will do) and a few headers; no Qt, no root, no network.
#
#   tests/gpu/run.sh [--build-only] [--device ID] [--models 0.25B,1.5B,8B] [--torch FOLDER] [--libraries FOLDER] [--build FOLDER]
#
# --torch: where libtorch lies, as for CMAKE_PREFIX_PATH; else that of python3, else where CMake looks. --libraries: what
# get-libraries fetched. Ends with 0 when every check passed.
set -euo pipefail
cd "$(dirname "$0")/../.."

build_only=no device=cuda:0 models=0.25B,1.5B,8B torch="" libraries="" build=build/gpu
while [ $# -gt 0 ]; do
    case $1 in
        --build-only) build_only=yes ;;
        --device | --models | --torch | --libraries | --build)
            [ $# -gt 1 ] || { echo "run.sh: $1 needs a value" >&2; exit 64; }
            declare "${1#--}=$2"
            shift ;;
        *) sed -n '3,12s/^# \{0,1\}//p' "$0" >&2; exit 64 ;;
    esac
    shift
done

missing=()
command -v cmake >/dev/null || missing+=("cmake (3.25 or newer)")
command -v c++ >/dev/null || command -v "${CXX:-g++}" >/dev/null || missing+=("a C++20 compiler (GCC 12 or newer)")
command -v ninja >/dev/null || command -v make >/dev/null || missing+=("ninja or make")
if [ ${#missing[@]} -gt 0 ]; then
    printf 'run.sh: missing: %s\n' "${missing[@]}" >&2
    exit 69
fi

prefix=${CMAKE_PREFIX_PATH:-}
if [ -z "$torch" ] && command -v python3 >/dev/null; then
    torch=$(python3 -c 'import torch; print(torch.utils.cmake_prefix_path)' 2>/dev/null || true)
fi
[ -z "$libraries" ] || prefix="$(cd "$libraries" && pwd)/usr;$prefix"
[ -z "$torch" ] || prefix="$torch;$prefix"
generator=()
if [ ! -e "$build/CMakeCache.txt" ] && command -v ninja >/dev/null; then generator=(-G Ninja); fi

cmake -S . -B "$build" "${generator[@]}" -DCMAKE_BUILD_TYPE=Release -DASSAY_QT=OFF -DASSAY_WERROR=OFF "-DCMAKE_PREFIX_PATH=$prefix" \
    ${libraries:+"-DCMAKE_LIBRARY_ARCHITECTURE=$(gcc -print-multiarch 2>/dev/null || true)"}
cmake --build "$build" --parallel "${JOBS:-$(nproc)}"
[ "$build_only" = no ] || { echo "run.sh: built in $build"; exit 0; }

programs=$build/bin
name=$("$programs/gpuspeed" --device "$device" --name)
file=docs/measured/gpu-$(printf %s "$name" | tr 'A-Z' 'a-z' | tr -cs 'a-z0-9' '-' | sed 's/^-*//;s/-*$//').json
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Every model, those with expected outputs from the library first, then those that the second implementation makes.
failed=0 first=yes
check() { # NAME FOLDER
    local text
    text=$("$programs/referencecheck" "$2" --device "$device") || { failed=$((failed + 1)); echo "run.sh: $1 failed: $text" >&2; }
    [ "$first" = yes ] || printf ',\n' >>"$work/checks"
    first=no
    printf '"%s": %s' "$1" "${text:-null}" >>"$work/checks"
}
for folder in tests/data/models/*/; do
    check "$(basename "$folder")" "${folder%/}"
done
for folder in tests/data/models-made/*/; do
    model=$(basename "$folder")
    "$programs/slowmodel" make "${folder%/}" "$work/$model" >/dev/null
    check "$model" "$work/$model"
done
count=$(grep -c . "$work/checks")
echo "run.sh: $((count - failed)) of $count models as expected on $name"

speed=$("$programs/gpuspeed" --device "$device" --models "$models")
mkdir -p docs/measured
{
    printf '{"commit": "%s",\n"failed": %d,\n"checks": {\n' "$(git rev-parse --short HEAD 2>/dev/null || true)" "$failed"
    cat "$work/checks"
    printf '\n},\n"speed": %s}\n' "$speed"
} >"$file"
echo "run.sh: wrote $file"
[ "$failed" -eq 0 ]
