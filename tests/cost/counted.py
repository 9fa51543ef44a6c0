"""Counts what a driver takes under callgrind, and holds it to what is written down."""
import concurrent.futures
import json
import os
import re
import subprocess

AIR = 1.1


def run(command):
    """(instructions, what it printed) of a whole run of a driver."""
    ended = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command],
                           capture_output=True, text=True, check=False)
    collected = re.search(r"Collected : (\d+)", ended.stderr)
    assert ended.returncode == 0 and collected, f"{' '.join(command)}: {ended.stdout}{ended.stderr}"
    return int(collected[1]), ended.stdout


def each(names, measure):
    """{name: what measure(name) gives}, as many at a time as there are processors."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(names, pool.map(measure, names)))


def hold(measured, counts):
    """Fails where a figure is above that of the file. PINRELAY_BLESS=1 writes the file anew."""
    if os.environ.get("PINRELAY_BLESS") == "1":
        known = json.loads(counts.read_text()) if counts.exists() else {}
        counts.write_text(json.dumps({**known, **measured}, indent=2) + "\n")
    known = json.loads(counts.read_text())
    dear = []
    print(f"{'':34}{'instructions':>14}{'written down':>14}{'allocations':>13}{'written down':>14}")
    for name, now in measured.items():
        then = known[name]
        print(f"{name:34}{now['instructions']:>14,}{then['instructions']:>14,}{now['allocations']:>13}{then['allocations']:>14}")
        dear += [f"{name}: {kind}" for kind in then if now[kind] > then[kind] * AIR]
    assert not dear, f"more than ten percent above {counts.name}: {', '.join(dear)}"
