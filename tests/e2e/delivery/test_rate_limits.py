"""Pinterest says "too many requests": the relay waits as long as it is told, and everything arrives once."""
import email.utils
import math
import os
import sys
import time
import unittest
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]

TOO_MANY = {"fault": "status", "status": 429}
REQUESTS_AT_ONCE = 4
# Without the destination's wish a relay with these would send many requests a second.
EAGER = {"retry_base": "1ms", "retry_cap": "10ms", "max_events": 1000, "concurrency": REQUESTS_AT_ONCE}


def arrival(record):
    return datetime.fromisoformat(record["received_at"].replace("Z", "+00:00")).timestamp()


class RateLimits(unittest.TestCase):
    def first_arrival_after(self, rule):
        """When the events come that were refused once by the rule: (the time before they were sent, their arrival)."""
        with harness.Workspace() as workspace:
            mock = workspace.mock(MOCK, *workspace.script({**TOO_MANY, **rule}))
            relay = workspace.relay(PINRELAY, mock, **EAGER)
            before = time.time()
            self.assertEqual(relay.post([harness.sign_up(f"e-{n}") for n in range(10)])[0], 204)
            harness.wait_delivered(relay, 10)
            summary = mock.summary()

            self.assertEqual((summary["requests"], summary["unique"], summary["duplicates"]), (2, 10, 0))
            return before, min(arrival(record) for record in mock.records())

    def test_waits_the_seconds_of_retry_after(self):
        before, arrived = self.first_arrival_after({"retry_after": "1"})

        self.assertGreaterEqual(arrived, before + 1)

    def test_waits_for_the_date_of_retry_after(self):
        date = math.ceil(time.time()) + 2

        _, arrived = self.first_arrival_after({"retry_after": email.utils.formatdate(date, usegmt=True)})

        self.assertGreaterEqual(arrived, date)

    def test_waits_for_the_reset_of_the_rate_limit(self):
        before, arrived = self.first_arrival_after({"rate_limit_reset": 1})

        self.assertGreaterEqual(arrived, before + 1)

    def test_a_storm_is_waited_out_in_few_requests(self):
        with harness.Workspace() as workspace:
            mock = workspace.mock(MOCK, "--quiet", *workspace.script({**TOO_MANY, "retry_after": "1", "times": "forever"}))
            relay = workspace.relay(PINRELAY, mock, **EAGER)
            before = time.monotonic()
            self.send_batches(relay, 5, 1000)
            harness.wait_until(lambda: mock.summary()["requests"] >= 3, "the storm goes on")
            mock.play()
            harness.wait_delivered(relay, 5000)
            summary = mock.summary()

        # Those in flight when the first refusal came, and then one a second.
        refused = summary["requests"] - summary["accepted_requests"]
        self.assertLessEqual(refused, REQUESTS_AT_ONCE + (time.monotonic() - before))
        self.assertEqual((summary["unique"], summary["duplicates"]), (5000, 0))

    def test_a_storm_of_all_kinds_loses_and_doubles_nothing(self):
        texts = ["0", "soon", "-5", email.utils.formatdate(0, usegmt=True)]
        kinds = [{"rate_limit_reset": 0}, *({"rate_limit_reset": 0, "retry_after": text} for text in texts),
                 {"rate_limit_reset": 3000, "retry_after": "1"}]
        more = 20
        storm = [{**TOO_MANY, **kind} for kind in kinds] + [{**TOO_MANY, "rate_limit_reset": 0, "times": more}]
        with harness.Workspace() as workspace:
            mock = workspace.mock(MOCK, "--quiet", *workspace.script(*storm))
            relay = workspace.relay(PINRELAY, mock, **EAGER)
            self.send_batches(relay, 3, 200)
            balance = harness.wait_delivered(relay, 600)
            summary = mock.summary()

        self.assertEqual((balance["delivered"], balance["dead_lettered"]), (600, 0))
        self.assertEqual((summary["unique"], summary["duplicates"]), (600, 0))
        self.assertEqual(summary["requests"] - summary["accepted_requests"], len(kinds) + more)

    def send_batches(self, relay, count, size):
        for batch in range(count):
            self.assertEqual(relay.post([harness.sign_up(f"e-{batch}-{n}") for n in range(size)])[0], 204)


if __name__ == "__main__":
    unittest.main()
