#!/usr/bin/env bash
# Installs what is missing of the Debian 12 packages in packages.txt, for the given groups (default: build run).
# Prints nothing when nothing is missing. A package of the group node that cannot be installed is no failure.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
groups=${*:-build run}

wanted=()
declare -A command_of group_of
for group in $groups; do
    while read -r name command; do
        wanted+=("$name")
        command_of[$name]=$command
        group_of[$name]=$group
    done < <(awk -v g="$group" '$1 == g { print $2, $3 }' "$here/packages.txt")
done

installed() {
    [ -z "${command_of[$1]}" ] || ! command -v "${command_of[$1]}" >/dev/null 2>&1 || return 0
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

explain_other_system() {
    echo "pinrelay: this script knows Debian 12 (bookworm) only." >&2
    echo "On another system install the equivalents of: ${wanted[*]}, and the headers of libphonenumber 8," >&2
    echo "or build the container image, which brings its own Debian: docker build -f docker/Dockerfile ." >&2
    exit 1
}

command -v dpkg-query >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1 || explain_other_system

missing=()
optional=()
for name in "${wanted[@]}"; do
    if installed "$name"; then continue; fi
    if [ "${group_of[$name]}" = node ]; then optional+=("$name"); else missing+=("$name"); fi
done

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1; then sudo "$@"
    else echo "pinrelay: not root and no sudo; as root, run: $*" >&2; return 1
    fi
}

updated=
install_packages() {
    echo "pinrelay: installing missing packages: $*"
    [ -n "$updated" ] || as_root apt-get update -qq || return 1
    updated=yes
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

if [ ${#missing[@]} -gt 0 ]; then
    install_packages "${missing[@]}" || { grep -qs 'VERSION_ID="12"' /etc/os-release || explain_other_system; exit 1; }
fi
for name in "${optional[@]}"; do
    # Another vendor's nodejs brings npm, too.
    installed "$name" || install_packages "$name" || echo "pinrelay: without $name the tests that need it are skipped" >&2
done

# libphonenumber-dev depends on Boost 1.74's headers and so cannot be installed beside libboost1.81-dev.
# Its headers alone are enough: unpack them into a prefix of our own.
prefix=$root/build/deps/phonenumber
if [[ " $groups " == *" build "* ]] && [ ! -e "$prefix/usr/include/phonenumbers/phonenumberutil.h" ]; then
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    (cd "$work" && { apt-get download -qq libphonenumber-dev 2>/dev/null ||
        { as_root apt-get update -qq && apt-get download -qq libphonenumber-dev; }; })
    mkdir -p "$prefix"
    dpkg -x "$work"/libphonenumber-dev_*.deb "$prefix"
fi
