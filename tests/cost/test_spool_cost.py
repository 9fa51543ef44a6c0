#!/usr/bin/env python3
"""What one record costs the store: instructions and allocations of appending, leasing and delivering it, alone and with 31
others in a commit, and fails if one is more than ten percent above tests/cost/spool_counts.json.

The commits are real ones, synced in a temporary directory; callgrind counts the instructions of the program, and not those of the
kernel. PINRELAY_BLESS=1 writes the figures anew.
  test_spool_cost.py [STEP …]
"""
import os
import pathlib
import re
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))
import needs  # noqa: E402

import counted  # noqa: E402

DRIVER = os.environ.get("SPOOL_COST_DRIVER", str(ROOT / "build/release/spool_cost_driver"))
COUNTS = pathlib.Path(__file__).with_name("spool_counts.json")
FEW, MANY = 64, 352

STEPS = {  # name: (step of the driver, records of a commit)
    f"{name}, {group} in a commit": (step, group)
    for name, step in {"append": "append", "lease and deliver": "lease", "lease and deliver, read back": "read",
                       "deliver": "settle"}.items()
    for group in (1, 32)
}


def run(step, group, records):
    """(instructions, allocations) of a whole run."""
    with tempfile.TemporaryDirectory() as directory:
        instructions, printed = counted.run([DRIVER, step, str(group), str(records), directory])
    return instructions, int(re.search(r"(\d+) allocations", printed)[1])


def measure(name):
    """What one record costs: the start, and what the store held before, are in both runs, and go with the difference."""
    few, few_allocations = run(*STEPS[name], FEW)
    many, many_allocations = run(*STEPS[name], MANY)
    records = MANY - FEW
    return {"instructions": round((many - few) / records), "allocations": round((many_allocations - few_allocations) / records, 1)}


def main():
    needs.commands("valgrind")
    names = [name for name in STEPS if not sys.argv[1:] or name in sys.argv[1:]]
    counted.hold(counted.each(names, measure), COUNTS)


if __name__ == "__main__":
    main()
