# SPDX-FileCopyrightText: 2026 The Proofsheet authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# Sourced by the checks beside it: runs a script in a fresh minimal Debian that is thrown away afterwards. Needs
# mmdebstrap, and either root or user name spaces.

# Sources of this machine's own Debian mirrors, one line each; the public ones where it has none.
debian_sources() {
    local lines=
    if command -v apt-get >/dev/null; then
        # shellcheck disable=SC2016 # apt's own variables
        lines=$(apt-get indextargets --format '$(ORIGIN) deb $(REPO_URI) $(CODENAME) main' 'Identifier: Packages' 2>/dev/null |
            sed -n "s/^Debian \(deb .* $1[^ ]* main\)\$/\1/p" | sort -u)
    fi
    printf '%s\n' "${lines:-deb http://deb.debian.org/debian $1 main}"
}

# in_fresh_debian RELEASE IN_FOLDER SCRIPT OUT_FOLDER: copies IN_FOLDER to /check, runs SCRIPT (a path in there) as root and
# copies /check/out back. Returns what the script returned.
in_fresh_debian() {
    local release=$1 in=$2 script=$3 out=$4 proxy options=()
    command -v mmdebstrap >/dev/null || {
        echo "mmdebstrap is missing: apt-get install -y --no-install-recommends mmdebstrap" >&2
        return 3
    }
    for scheme in http https; do
        proxy=$(apt-config dump "Acquire::$scheme::Proxy" --format '%v' 2>/dev/null || true)
        [[ -z $proxy ]] || options+=(--aptopt="Acquire::$scheme::Proxy \"$proxy\"")
    done
    mkdir -p "$in/out" "$out"
    # The hook must not fail, or there would be nothing to copy back; the code travels in a file.
    mmdebstrap --quiet --variant=minbase --format=null "${options[@]}" \
        --customize-hook="copy-in '$in' /" \
        --customize-hook="mv \"\$1/$(basename "$in")\" \"\$1/check\"" \
        --customize-hook="chroot \"\$1\" /bin/bash /check/$script; echo \$? > \"\$1/check/out/code\"" \
        --customize-hook="sync-out /check/out '$out'" \
        "$release" - < <(debian_sources "$release") >&2 || return
    return "$(cat "$out/code")"
}
