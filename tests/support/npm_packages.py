"""Packages of a list such as tests/clients/packages.txt, fetched by npm once per build directory. Each is checked against the digest
that stands beside it; nothing is resolved and no script of a package runs."""
import base64
import fcntl
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import tarfile
import tempfile

import harness
import needs

CLIENTS = harness.ROOT / "tests" / "clients" / "packages.txt"
PATIENCE = 120  # seconds for all of them together


def node_modules(packages=CLIENTS):
    """The folder with the packages; ends the test as skipped where they cannot be had."""
    needs.commands("npm")
    text = packages.read_text()
    home = pathlib.Path(os.environ["PINRELAY"]).resolve().parent / "clients"
    home.mkdir(exist_ok=True)
    folder = home / hashlib.sha256(text.encode()).hexdigest()[:12]
    with open(home / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests run side by side
        if not folder.exists():
            _install([line.split() for line in text.splitlines() if line and line[0] != "#"], home, folder)
    return folder / "node_modules"


def _install(rows, home, folder):
    with tempfile.TemporaryDirectory(dir=home) as work:
        work = pathlib.Path(work)
        packed = _pack([f"{name}@{version}" for name, version, _ in rows], work)
        for name, version, integrity in rows:
            archive = work / packed[name, version]
            if _integrity(archive) != integrity:
                raise RuntimeError(f"{name}@{version} is not what packages.txt says: {_integrity(archive)}")
            _unpack(archive, work / "tree" / "node_modules" / name)
        (work / "tree").rename(folder)


def _pack(specs, work):
    """{(name, version): file name}"""
    command = [*harness.ENDS_WITH_PARENT, "npm", "pack", "--json", "--ignore-scripts", "--cache", str(work / "cache")]
    try:
        done = subprocess.run([*command, *specs], cwd=work, capture_output=True, text=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        needs.give_up(f"npm did not fetch the packages within {PATIENCE} s")
    if done.returncode != 0:
        needs.give_up(f"npm could not fetch the packages: {done.stderr[-500:]}")
    # Older versions of npm give the name of the package in place of that of the file.
    return {(row["name"], row["version"]): row["filename"].replace("@", "").replace("/", "-")
            for row in json.loads(done.stdout)}


def _integrity(path):
    return "sha512-" + base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()


def _unpack(archive, target):
    """Without the first folder of the archive, whatever its name."""
    with tempfile.TemporaryDirectory(dir=archive.parent) as place:
        with tarfile.open(archive) as tar:
            tar.extractall(place)
        [root] = pathlib.Path(place).iterdir()
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(root, target)
