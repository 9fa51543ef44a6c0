#!/usr/bin/env python3
"""What one event costs between the request's header and the store: instructions and allocations of decoding, judging and
translating, for each form, and of all that is around a small event, held to what tests/cost/counts.json says and ten percent more.

callgrind counts, so the figures are the same on any machine, fast or slow, to a few in a thousand; they are those of the
release build. PINRELAY_BLESS=1 writes them anew.
  test_cost.py [FORM …]
"""
import os
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))
import needs  # noqa: E402

import counted  # noqa: E402

DRIVER = os.environ.get("COST_DRIVER", str(ROOT / "build/release/cost_driver"))
COUNTS = pathlib.Path(__file__).with_name("counts.json")
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
    "around an event": ("around", 1),  # parsing, the handler and the answer's header: all but socket and store
}


def run(case, times, copies):
    """(instructions, events, allocations) of a whole run."""
    instructions, printed = counted.run([DRIVER, case, str(times), str(copies)])
    numbers = re.search(r"(\d+) events, (\d+) allocations", printed)
    return instructions, int(numbers[1]), int(numbers[2])


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
    counted.hold(counted.each(names, measure), COUNTS)


if __name__ == "__main__":
    main()
