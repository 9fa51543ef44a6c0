#!/usr/bin/env python3
"""What one event costs between the request's header and the store: instructions and allocations of decoding, judging and
translating, for each form, held to what tests/cost/counts.json says and ten percent more.

callgrind counts, so the figures are the same on any machine, fast or slow, to a few in a thousand; they are those of the
release build. PINRELAY_BLESS=1 writes them anew.
  test_cost.py [FORM …]
"""
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))
import needs  # noqa: E402

DRIVER = os.environ.get("COST_DRIVER", str(ROOT / "build/release/cost_driver"))
COUNTS = pathlib.Path(__file__).with_name("counts.json")
AIR = 1.1
FEW, MANY = 20, 220

FORMS = {  # name: (golden case, copies of its events)
    "purchase": ("data_layer/owners_purchase", 1),
    "purchase of a server container": ("event_data/purchase", 1),
    "Measurement Protocol": ("measurement_protocol/purchase", 1),
    "Measurement Protocol, 25 events": ("measurement_protocol/purchase", 25),
    "gtag, 2 items": ("gtag/keys_value_as_text", 1),
    "gtag, every item key": ("gtag/items_every_key", 1),
    "data tag": ("data_tag/base64", 1),
    "form": ("form/ecommerce", 1),
    "Segment": ("segment/purchase", 1),
    "page view": ("data_layer/page_view", 1),
}


def run(case, times, copies):
    """(instructions, events, allocations) of a whole run."""
    ended = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", DRIVER, case, str(times),
                            str(copies)], capture_output=True, text=True, check=False)
    collected = re.search(r"Collected : (\d+)", ended.stderr)
    counted = re.search(r"(\d+) events, (\d+) allocations", ended.stdout)
    assert ended.returncode == 0 and collected and counted, f"{case}: {ended.stdout}{ended.stderr}"
    return int(collected[1]), int(counted[1]), int(counted[2])


def measure(name):
    """What one event costs: the start of the program is in both runs, and goes with the difference."""
    case, copies = FORMS[name]
    few, events, few_allocations = run(case, FEW, copies)
    many, _, many_allocations = run(case, MANY, copies)
    calls = (MANY - FEW) * events
    return {"instructions": round((many - few) / calls), "allocations": round((many_allocations - few_allocations) / calls, 1)}


def main():
    needs.commands("valgrind")
    names = [name for name in FORMS if not sys.argv[1:] or name in sys.argv[1:]]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        measured = dict(zip(names, pool.map(measure, names)))
    if os.environ.get("PINRELAY_BLESS") == "1":
        known = json.loads(COUNTS.read_text()) if COUNTS.exists() else {}
        COUNTS.write_text(json.dumps({**known, **measured}, indent=2) + "\n")
    known = json.loads(COUNTS.read_text())
    dear = []
    print(f"{'':34}{'instructions':>14}{'written down':>14}{'allocations':>13}{'written down':>14}")
    for name, now in measured.items():
        then = known[name]
        print(f"{name:34}{now['instructions']:>14,}{then['instructions']:>14,}{now['allocations']:>13}{then['allocations']:>14}")
        dear += [f"{name}: {kind}" for kind in then if now[kind] > then[kind] * AIR]
    assert not dear, f"more than ten percent above {COUNTS.name}: {', '.join(dear)}"


if __name__ == "__main__":
    main()
