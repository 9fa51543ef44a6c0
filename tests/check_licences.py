#!/usr/bin/env python3
"""docs/licences.md names every library of cmake/packages.txt, with the version and the licence of the installed package,
and everything in third_party, with its version."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
ROW = re.compile(r"^\|[^|]*\| `([^`]+)` \| ([^|]+) \|[^|]*\| `([^`]+)` \|$", re.MULTILINE)


def libraries():
    """The packages that are linked: of `build` and `test`, those that Debian names as libraries are named."""
    lines = (line.split() for line in (ROOT / "cmake/packages.txt").read_text().splitlines() if not line.startswith("#"))
    return {words[1] for words in lines if words[:1] in (["build"], ["test"]) and (words[1].endswith("-dev") or words[1].startswith("lib"))}


def installed_version(package):
    """The upstream version, "" where the package is not installed."""
    query = subprocess.run(["dpkg-query", "--show", "--showformat=${db:Status-Status} ${Version}", package],
                           capture_output=True, text=True)
    status, _, version = query.stdout.partition(" ")
    return re.sub(r"^\d+:", "", version) if query.returncode == 0 and status == "installed" else ""


def flaws(package, version, licence):
    there = installed_version(package)
    if there and not re.match(re.escape(version) + r"(?!\d)", there):
        yield f"{package} is installed as {there}, not as {version}"
    copyright_file = pathlib.Path("/usr/share/doc") / package / "copyright"
    if there and copyright_file.exists() and licence not in copyright_file.read_text(errors="replace"):
        yield f"{copyright_file} does not name {licence}"


def copied():
    """What stands in third_party: (name, version, whether its licence is there)."""
    for folder in sorted((ROOT / "third_party").iterdir()):
        yield folder.name, (folder / "VERSION").read_text().split()[0], (folder / "LICENSE").exists()


page = (ROOT / "docs/licences.md").read_text()
rows = {package: (version.strip(), licence) for package, version, licence in ROW.findall(page)}
problems = [f"docs/licences.md does not name {package}" for package in sorted(libraries() - rows.keys())]
problems += [f"docs/licences.md names {package}, which cmake/packages.txt does not" for package in sorted(rows.keys() - libraries())]
for package, (version, licence) in rows.items():
    problems += flaws(package, version, licence)
for name, version, licensed in copied():
    if f"{name} {version}," not in page:
        problems.append(f"docs/licences.md does not name {name} {version}")
    if not licensed:
        problems.append(f"third_party/{name} has no LICENSE")
print("\n".join(problems) or f"{len(rows)} libraries and their licences")
sys.exit(1 if problems or not rows else 0)
