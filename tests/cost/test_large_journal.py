#!/usr/bin/env python3
"""How large a journal of ten million events is, and how long `pinrelay find` takes in it. Prints the figures; fails where an event is
not found or an entry takes more than the store reckons with.
  test_large_journal.py [ENTRIES]
"""
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("LARGE_JOURNAL", str(ROOT / "build/release/large_journal"))


def main():
    entries = int(sys.argv[1]) if sys.argv[1:] else 10_000_000
    for count, at_once in ((entries, 32), (entries // 50, 1)):  # of a busy relay, and of one with an event now and then
        with tempfile.TemporaryDirectory() as directory:
            subprocess.run([PROGRAM, str(count), str(at_once), directory], check=True)


if __name__ == "__main__":
    main()
