"""Pinterest fails, for ever, at requests that hold a certain event; or at all requests. The first costs that event
alone, the second costs none."""
import os
import sys
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]

GOOD = [f"good-{number}" for number in range(20)]
MIXED = [*GOOD[:7], "poison-1", *GOOD[7:]]

# The answers to a request that holds the event.
POISON = {
    "a 500": {"fault": "status", "status": 500},
    "a 400 with the code of an own fault": {"fault": "status", "status": 400, "code": 2787},
    "no answer": {"fault": "raw", "body": ""},
}
# The answers to everything, and after how many requests the relay has shown what it makes of them: a refusal is
# recognised with the 23rd.
OUTAGES = {
    "500": ({"status": 500}, 6), "own fault": ({"status": 400, "code": 2787}, 6),
    "a refusal": ({"status": 400}, 25),
}
QUICK = {"retry_base": "50ms", "retry_cap": "200ms"}
MOST_REQUESTS = 40


def dead_letters(relay, reason):
    return relay.metrics().get(
        f'pinrelay_events_dead_lettered_total{{destination="pinterest:{harness.ACCOUNT}",reason="{reason}"}}', 0)


def processed(mock):
    return [r["event"]["event_id"] for r in mock.records() if r["verdict"]["status"] == "processed"]


class Poison(unittest.TestCase):
    def deliver(self, workspace, fault, traffic, **settings):
        """The mock and the relay once the good events have arrived, and how long that took."""
        mock = workspace.mock(MOCK, *workspace.script(
            {**fault, "when": {"body_contains": "poison"}, "times": "forever"}))
        relay = workspace.relay(PINRELAY, mock, **{**QUICK, **settings})
        began = time.monotonic()
        self.assertEqual(relay.post([harness.sign_up(event_id) for event_id in MIXED])[0], 204)
        count = 0
        while not set(GOOD) <= set(processed(mock)):
            if traffic:
                self.assertEqual(relay.post(harness.sign_up(f"beside-{count}"))[0], 204)
                count += 1
            self.assertLess(time.monotonic() - began, harness.PATIENCE, "the good ones arrive")
            time.sleep(0.05)
        return mock, relay, time.monotonic() - began

    def test_its_neighbours_arrive_once_with_traffic_beside_it_and_without(self):
        for what, fault in POISON.items():
            for traffic in (False, True):
                with self.subTest(what, traffic=traffic), harness.Workspace() as workspace:
                    mock, relay, seconds = self.deliver(workspace, fault, traffic)
                    failed = sum(value for key, value in relay.metrics().items()
                                 if key.startswith("pinrelay_delivery_requests_total") and 'result="200"' not in key)
                    print(f"{what}, {'with' if traffic else 'without'} traffic: {seconds:.1f} s, "
                          f"{mock.summary()['requests']} requests, {failed:.0f} of them failed")

                    self.assertEqual(relay.balance()["dead_lettered"], 0)
                    self.assertEqual(mock.summary()["duplicates"], 0)
                    self.assertLessEqual(failed, MOST_REQUESTS)

    def test_it_waits_alone_and_becomes_a_dead_letter_while_others_are_delivered_at_once(self):
        with harness.Workspace() as workspace:
            mock, relay, _ = self.deliver(workspace, POISON["a 500"], True, retry_base="10ms", retry_cap="20ms")
            beside = 0
            while not dead_letters(relay, "server_error"):
                beside += 1
                self.assertEqual(relay.post(harness.sign_up(f"later-{beside}"))[0], 204)
                harness.wait_until(lambda: f"later-{beside}" in processed(mock), "a later event arrives", 5)
                time.sleep(0.05)
                self.assertLess(beside, 1000)
            log = relay.log()

            self.assertIn('the event waits alone"', log)
            self.assertIn("event_id=poison-1", log)
            self.assertIn("last_reason=server_error", log)
            self.assertEqual(mock.summary()["duplicates"], 0)
            self.assertNotIn("poison-1", processed(mock))
            harness.wait_delivered(relay, 20 + beside)

    def test_an_outage_that_meets_everybody_costs_no_event(self):
        for what, (fault, enough) in OUTAGES.items():
            with self.subTest(what), harness.Workspace() as workspace:
                mock = workspace.mock(MOCK, *workspace.script({"fault": "status", "times": "forever", **fault}))
                relay = workspace.relay(PINRELAY, mock, **QUICK)
                self.assertEqual(relay.post([harness.sign_up(event_id) for event_id in GOOD])[0], 204)
                harness.wait_until(lambda: mock.summary()["requests"] >= enough, "it is tried again and again")

                self.assertEqual(relay.balance()["dead_lettered"], 0)
                mock.play()
                harness.wait_delivered(relay, len(GOOD))

                self.assertEqual(sorted(processed(mock)), sorted(GOOD))
                self.assertIn("delivery works again", relay.log())
                self.assertEqual(relay.balance()["dead_lettered"], 0)


if __name__ == "__main__":
    unittest.main()
