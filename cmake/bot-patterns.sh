#!/usr/bin/env bash
# Writes third_party/crawler-user-agents anew, from the npm package of that name. For maintainers: no build calls it.
# Needs npm and node.
#   cmake/bot-patterns.sh                     the version that is in the tree; `git diff` then shows no change
#   cmake/bot-patterns.sh VERSION INTEGRITY   another one; `npm view crawler-user-agents version dist.integrity` names both
set -euo pipefail
target=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/third_party/crawler-user-agents

fail() {
    echo "pinrelay: $1" >&2
    exit 1
}

if [ $# = 0 ]; then
    { read -r version; read -r integrity; } <"$target/VERSION"
elif [ $# = 2 ]; then
    version=$1 integrity=$2
else
    fail "give a version and its integrity, or neither"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent --ignore-scripts --cache "$work/cache" "crawler-user-agents@$version" >/dev/null ||
    fail "npm could not fetch crawler-user-agents $version"
package=crawler-user-agents-$version.tgz
found=sha512-$(node -p 'require("crypto").createHash("sha512").update(fs.readFileSync(process.argv[1])).digest("base64")' "$package")
[ "$found" = "$integrity" ] || fail "$package has the integrity $found, not $integrity"

tar -xzf "$package"
node -e 'for (const bot of require(process.argv[1])) console.log(bot.pattern)' "$work/package/crawler-user-agents.json" >patterns.txt
[ -s patterns.txt ] || fail "$package holds no patterns"
install -m 0644 patterns.txt package/LICENSE "$target/"
printf '%s\n' "$version" "$integrity" >"$target/VERSION"
