#!/usr/bin/env bash
# Brings the patterns that user agents of bots are known by, one a line, to build/deps/bot-patterns/patterns.txt. They
# are those of the npm package crawler-user-agents (MIT licence). Does nothing when the wanted version is there.
# PINRELAY_BOT_PATTERNS: the package's file, as `npm pack` writes it, on a machine that cannot fetch it itself.
set -euo pipefail
version=1.60.0
sha256=355ff319e17919f1738122752c8036d605d0e1bcba81de31e84377d12b286d79

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=$root/build/deps/bot-patterns
if [ -s "$target/patterns.txt" ] && [ "$(cat "$target/version" 2>/dev/null)" = "$version" ]; then exit 0; fi

fail() {
    printf 'pinrelay: %s\n' "$1" \
        "Where a network is, run: npm pack crawler-user-agents@$version" \
        "and then here, with that file: PINRELAY_BOT_PATTERNS=/path/crawler-user-agents-$version.tgz $root/cmake/bot-patterns.sh" >&2
    exit 1
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
package=${PINRELAY_BOT_PATTERNS:-}
if [ -z "$package" ]; then
    (cd "$work" && npm pack --silent --cache "$work/cache" "crawler-user-agents@$version" >/dev/null) ||
        fail "the list of bots could not be fetched: crawler-user-agents $version, by npm"
    package=$work/crawler-user-agents-$version.tgz
fi
[ -r "$package" ] || fail "there is no file $package"
echo "$sha256  $package" | sha256sum --check --status || fail "$package is not crawler-user-agents $version"

tar -xzf "$package" -C "$work"
mkdir -p "$target"
node -e 'for (const bot of require(process.argv[1])) console.log(bot.pattern)' \
    "$work/package/crawler-user-agents.json" >"$target/patterns.txt"
cp "$work/package/LICENSE" "$target/LICENSE"
echo "$version" >"$target/version"
