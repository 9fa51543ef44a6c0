"""A relay with two ad accounts: what happens to A, and how long B's events take meanwhile."""
import json
import math
import multiprocessing
import time
from datetime import datetime

import harness

A = harness.ACCOUNT
B = "549755885176"
PATHS = {A: "/collect/a", B: "/collect/b"}
FLOOD_BODY = 200

_FOR_A = {"times": "forever", "when": {"account": A}}
# What Pinterest does to A.
CONDITIONS = {
    "A has nothing": [],
    "A gets no answers": [{"fault": "hang", **_FOR_A}],
    "A's token is refused": [{"fault": "status", "status": 401, **_FOR_A}],
    "A gets errors": [{"fault": "status", "status": 503, **_FOR_A}],
    "A gets slow answers": [{"fault": "none", "delay": "2s", **_FOR_A}],
}


def start_relay(workspace, binary, mock, **settings):
    path = workspace.path / "accounts.json"
    path.write_text(json.dumps({"accounts": [{"ad_account_id": account, "paths": [prefix], "max_events_per_second": 0}
                                             for account, prefix in PATHS.items()],
                                "collect": {"prefixes": list(PATHS.values())}}))
    return workspace.relay(binary, mock, config=path, ad_account_id=None, max_events_per_second=None, max_events=1000, **settings)


def post(relay, account, ids):
    status, _, answer = relay.post([harness.sign_up(event_id) for event_id in ids], PATHS[account])
    if status != 204:
        raise RuntimeError(f"{status}: {answer}")


def pending(relay, account):
    return sum(value for key, value in relay.metrics().items()
               if key.startswith("pinrelay_events_pending{") and f"pinterest:{account}" in key)


class Flood:
    """Another process that posts events of A, so many a second, until this is left."""

    def __init__(self, relay, per_second):
        # Forked: it has the relay's address and shares nothing else.
        self._end = multiprocessing.get_context("fork").Event()
        self._child = multiprocessing.get_context("fork").Process(target=self._run, args=(relay, per_second))

    def _run(self, relay, per_second):
        number = 0
        while not self._end.wait(FLOOD_BODY / per_second):
            post(relay, A, [f"flood-{number}-{n}" for n in range(FLOOD_BODY)])
            number += 1

    def running(self):
        return self._child.is_alive()

    def __enter__(self):
        self._child.start()
        return self

    def __exit__(self, kind, value, trace):
        self._end.set()
        self._child.join()


def latencies(relay, mock, name, count, per_second):
    """Posts events of B one by one; gives the seconds from each post to its arrival at the mock, sorted."""
    sent = {}
    began = time.monotonic()
    for number in range(count):
        time.sleep(max(0.0, began + number / per_second - time.monotonic()))
        event_id = f"{name}-{number}"
        sent[event_id] = time.time()
        post(relay, B, [event_id])
    harness.wait_until(lambda: pending(relay, B) == 0, "all events of B are delivered")
    arrived = {record["event"]["event_id"]: record for record in mock.records() if record["account"] == B}
    return sorted(seconds(arrived[event_id]["received_at"]) - at for event_id, at in sent.items())


def seconds(iso_time):
    return datetime.fromisoformat(iso_time.replace("Z", "+00:00")).timestamp()


def percentile(ordered, percent):
    return ordered[math.ceil(len(ordered) * percent / 100) - 1]


def describe(ordered):
    return (f"p50 {percentile(ordered, 50) * 1000:6.1f} ms   p99 {percentile(ordered, 99) * 1000:6.1f} ms   "
            f"worst {ordered[-1] * 1000:6.1f} ms   of {len(ordered)}")
