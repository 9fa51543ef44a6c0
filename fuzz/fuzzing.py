"""What fuzz/run and fuzz/keep share: the build, the targets and where their inputs are."""
import dataclasses
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build/fuzz"
SEEDS = BUILD / "seeds"
DICTIONARY = BUILD / "seeds.dict"
FOUND = BUILD / "corpus"  # grows from run to run, until the build directory goes
CORPUS = ROOT / "fuzz/corpus"
REGRESSIONS = ROOT / "fuzz/regressions"

# Seconds that one input may take and megabytes that the process may: far more than any should.
LONGEST_INPUT = 10
MOST_MEMORY = 2048


@dataclasses.dataclass
class Target:
    name: str
    share: int  # per cent of the seconds that a run gives
    longest: int  # bytes of an input

    @property
    def program(self):
        return BUILD / f"fuzz_{self.name}"

    def inputs(self):
        """Folders of inputs that are there, but for those found since the build."""
        return [folder / self.name for folder in (SEEDS, CORPUS, REGRESSIONS) if (folder / self.name).is_dir()]


def build():
    """Builds all targets and makes the seeds; installs what is missing."""
    subprocess.run([ROOT / "cmake/install-packages.sh", "build", "fuzz"], check=True)
    BUILD.parent.mkdir(exist_ok=True)
    configured = subprocess.run(["cmake", "--preset", "fuzz"], cwd=ROOT, text=True, capture_output=True)
    if configured.returncode != 0:
        sys.exit(configured.stdout + configured.stderr)
    subprocess.run(["cmake", "--build", "--preset", "fuzz"], cwd=ROOT, check=True)
    subprocess.run([sys.executable, ROOT / "fuzz/seeds", SEEDS], check=True)


def targets(names=()):
    """The targets of these names, in the order of the build's table; all where no name is given."""
    rows = [row.split() for row in (BUILD / "fuzz_targets.txt").read_text().splitlines()]
    known = [Target(name, int(share), int(longest)) for name, share, longest in rows]
    unknown = set(names) - {target.name for target in known}
    if unknown:
        sys.exit(f"no such target: {', '.join(sorted(unknown))}; there are: {' '.join(t.name for t in known)}")
    return [target for target in known if not names or target.name in names]


def cores():
    return len(os.sched_getaffinity(0))
