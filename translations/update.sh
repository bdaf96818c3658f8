#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Collects the texts of the program into the .ts files. "update.sh --check" changes nothing and fails when a file is not
# up to date, lacks a German text, or lacks an English plural.
set -euo pipefail
cd "$(dirname "$0")/.."
lupdate=$(command -v lupdate || echo /usr/lib/qt6/bin/lupdate)
folder=translations
if [[ ${1:-} == --check ]]; then
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    cp translations/*.ts "$folder"
fi
sources=(app core/integrity ui)
"$lupdate" -silent -locations none -no-obsolete -no-ui-lines -I . -pluralonly "${sources[@]}" -ts "$folder/proofsheet_en.ts"
"$lupdate" -silent -locations none -no-obsolete -no-ui-lines -I . "${sources[@]}" -ts "$folder/proofsheet_de.ts"
[[ ${1:-} == --check ]] || exit 0

status=0
for language in en de; do
    name=proofsheet_$language.ts
    if ! diff -u "translations/$name" "$folder/$name"; then
        echo "translations/$name is not up to date: run translations/update.sh" >&2
        status=1
    fi
    if grep -n 'type="unfinished"' "$folder/$name"; then
        echo "translations/$name has texts that are not translated" >&2
        status=1
    fi
done
exit $status
