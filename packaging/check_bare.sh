#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# check_bare.sh [--tree] [OUT_FOLDER]: copies the last commit (or, with --tree, the files as they lie here) into a fresh
# minimal Debian 12 and runs the two commands of the README there, with their times. The output and the pictures of the demo
# are left in OUT_FOLDER.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
source packaging/fresh_system.sh

takes_tree=
if [[ ${1:-} == --tree ]]; then
    takes_tree=yes
    shift
fi
out=$(readlink -m "${1:-build/check-bare}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 0755 "$work"
mkdir "$work/source"
if [[ $takes_tree ]]; then
    tar -c --exclude=./build --exclude=./.git . | tar -C "$work/source" -x
else
    git -c safe.directory='*' archive HEAD | tar -C "$work/source" -x
fi
cat >"$work/steps.sh" <<'STEPS'
#!/bin/bash
set -u
exec > >(tee /check/out/log) 2>&1
cd /check/source || exit 1
failed=0
for verb in run test; do
    SECONDS=0
    code=0
    ./dev "$verb" || code=$?
    echo "==== ./dev $verb: exit $code, $SECONDS s"
    ((code == 0)) || failed=1
    if [[ $verb == run ]]; then
        mkdir -p /check/out/pictures
        cp build/demo-pictures/*.png /check/out/pictures/ || failed=1
    fi
done
SECONDS=0
./dev run || failed=1
echo "==== ./dev run, again: $SECONDS s"
exit $failed
STEPS
in_fresh_debian bookworm "$work" steps.sh "$out"
