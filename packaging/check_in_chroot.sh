#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# check_in_chroot.sh [PACKAGE.deb [OUT_FOLDER]]: installs the package in a fresh minimal Debian 12, and uses it there as an
# ordinary user. Prints what was done and how long it took; pictures and report are left in OUT_FOLDER.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
source packaging/fresh_system.sh

deb=${1:-$(find build/release -maxdepth 1 -name '*.deb' 2>/dev/null | sort | tail -n 1)}
out=$(readlink -m "${2:-build/check-package}")
[[ -f $deb ]] || {
    echo "there is no package; ./dev package builds it" >&2
    exit 2
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 0755 "$work"
cp "$deb" "$work/proofsheet.deb"
cat >"$work/steps.sh" <<'STEPS'
#!/bin/bash
set -u
exec > >(tee /check/out/log) 2>&1
failed=0
step() { # step EXPECTED_CODE DESCRIPTION COMMAND...
    local expected=$1 what=$2 begin=$EPOCHREALTIME code=0
    shift 2
    "$@" >/tmp/step.log 2>&1 || code=$?
    local seconds
    seconds=$(awk -v a="$begin" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.2f", b - a }')
    if ((code == expected)); then
        printf 'ok    %7s s  %s\n' "$seconds" "$what"
    else
        printf 'FAIL  %7s s  %s (exit %d, expected %d)\n' "$seconds" "$what" "$code" "$expected"
        tail -n 20 /tmp/step.log
        failed=1
    fi
}
as_user() { setpriv --reuid=user --regid=user --clear-groups env HOME=/home/user USER=user LANG=C.UTF-8 \
    QT_QPA_PLATFORM=offscreen XDG_RUNTIME_DIR=/home/user/run "$@"; }
export DEBIAN_FRONTEND=noninteractive
before=$(dpkg-query -f '.\n' -W | wc -l)
step 0 "apt-get update" apt-get -q update
step 0 "apt-get install ./proofsheet.deb" apt-get -q install -y --no-install-recommends /check/proofsheet.deb
echo "                  $(($(dpkg-query -f '.\n' -W | wc -l) - before)) packages, $(du -sk /usr | cut -f1) kB in /usr"
useradd -m user && install -d -o user -g user -m 0700 /home/user/run /home/user/pictures
step 0 "proofsheet --version" as_user proofsheet --version
cat /tmp/step.log
step 0 "proofsheet-cli --version" as_user proofsheet-cli --version
step 0 "proofsheet-worker --version" as_user proofsheet-worker --version
step 2 "proofsheet-cli demo create without the photographs" as_user proofsheet-cli demo create --to /home/user/demo
tail -n 1 /tmp/step.log
read -ra named < <(sed -n 's/.*apt-get install \([^]]*\)\].*/\1/p' /tmp/step.log | tail -n 1)
step 0 "apt-get install ${named[*]}" apt-get -q install -y --no-install-recommends "${named[@]}"
step 0 "proofsheet-cli demo create" as_user proofsheet-cli demo create --to /home/user/demo
tail -n 1 /tmp/step.log
cd /home/user/demo || exit 1
step 1 "proofsheet-cli inspect demo (planted problems)" as_user proofsheet-cli inspect demo
step 1 "proofsheet-cli inspect demo --out report.pdf" as_user proofsheet-cli inspect demo --out /home/user/pictures/report.pdf
step 0 "the PDF is one" grep -aq '^%PDF' /home/user/pictures/report.pdf
step 0 "proofsheet --render-demo" as_user proofsheet --render-demo /home/user/pictures
step 0 "it gave pictures" bash -c 'ls /home/user/pictures/*.png'
cat /tmp/step.log
for file in share/applications/io.github.proofsheet.Proofsheet.desktop share/metainfo/io.github.proofsheet.Proofsheet.metainfo.xml \
    share/icons/hicolor/scalable/apps/io.github.proofsheet.Proofsheet.svg share/icons/hicolor/48x48/apps/io.github.proofsheet.Proofsheet.png \
    share/doc/proofsheet/copyright; do
    step 0 "/usr/$file" test -s "/usr/$file"
done
cp -r /home/user/pictures /check/out/
cd /
step 0 "apt-get purge proofsheet" apt-get -q purge -y proofsheet
step 1 "nothing of it is left" bash -c 'find /usr /etc /var/lib -name "*proofsheet*" -not -path "/var/lib/dpkg/*" -not -path "/var/lib/apt/*" | grep .'
exit $failed
STEPS
in_fresh_debian bookworm "$work" steps.sh "$out"
