#!/usr/bin/env python3
"""Every test that docs/known-mistakes.md names exists."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
named = set(re.findall(r"`([A-Z]\w+\.[A-Z]\w+)`", (ROOT / "docs/known-mistakes.md").read_text()))
there = set()
for source in (ROOT / "tests").rglob("*.cpp"):
    there |= {f"{suite}.{name}" for suite, name in re.findall(r"^TEST(?:_F|_P)?\((\w+),\s*(\w+)\)", source.read_text(), re.M)}
missing = sorted(named - there)
print("\n".join(f"docs/known-mistakes.md names {name}, which no test is called" for name in missing)
      or f"{len(named)} named tests exist")
sys.exit(1 if missing or len(named) < 40 else 0)
