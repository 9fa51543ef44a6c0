"""Pinterest refuses some of the events: those become dead letters, and their neighbours are delivered once."""
import os
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]

GOOD = [f"e-{number}" for number in range(12)]
BAD = ["bad-1", "bad-2"]
MIXED = [*GOOD[:5], BAD[0], *GOOD[5:], BAD[1]]

# The answers that name the events which failed.
NAMED = {
    "with 200": {"fault": "fail_events", "event_id_contains": "bad", "message": "cannot use this one", "times": "forever"},
    "with 422 and details": {"fault": "fail_events", "event_id_contains": "bad", "message": "cannot use this one",
                             "status": 422, "times": "forever"},
}
# The answers that refuse the request as a whole, as long as a bad event is in it.
WHOLE = {
    "with 400": {"status": 400}, "with 413": {"status": 413, "body": "<html>Request Entity Too Large</html>"},
    "with 422 and no details": {"status": 422},
}

BATCH = 1000
MOST_REQUESTS = 21  # 2 · log2(1000) + 2 = 21.9
POSITIONS = [0, 1, 124, 333, 499, 500, 624, 998, 999]


def refused(relay):
    """The dead letters with that reason."""
    return relay.metrics().get(
        f'pinrelay_events_dead_lettered_total{{destination="pinterest:{harness.ACCOUNT}",reason="refused"}}', 0)


class RefusedEvents(unittest.TestCase):
    def deliver_mixed(self, workspace, rule):
        mock = workspace.mock(MOCK, *workspace.script(rule))
        relay = workspace.relay(PINRELAY, mock, retry_base="20ms", retry_cap="100ms")
        self.assertEqual(relay.post([harness.sign_up(event_id) for event_id in MIXED])[0], 204)
        balance = harness.wait_delivered(relay, len(GOOD))
        processed = [r["event"]["event_id"] for r in mock.records() if r["verdict"]["status"] == "processed"]

        self.assertEqual(sorted(processed), sorted(GOOD), "each neighbour once")
        self.assertEqual((balance["delivered"], balance["dead_lettered"]), (len(GOOD), len(BAD)))
        return mock, relay

    def test_an_event_that_is_named_is_a_dead_letter(self):
        for how, rule in NAMED.items():
            with self.subTest(how), harness.Workspace() as workspace:
                mock, relay = self.deliver_mixed(workspace, rule)

                self.assertEqual(mock.summary()["requests"], 1)
                self.assertEqual(refused(relay), len(BAD))
                self.assertIn("cannot use this one", relay.log())

    def test_a_request_refused_as_a_whole_is_split_until_the_culprits_are_found(self):
        for how, answer in WHOLE.items():
            rule = {"fault": "status", "when": {"body_contains": "bad-"}, "times": "forever", **answer}
            with self.subTest(how), harness.Workspace() as workspace:
                _, relay = self.deliver_mixed(workspace, rule)

                self.assertEqual(refused(relay), len(BAD))

    def test_one_culprit_among_a_thousand_is_found_in_few_requests_wherever_it_is(self):
        poison = {"fault": "status", "status": 400, "when": {"body_contains": "poison"}, "times": "forever"}
        needed = {}
        with harness.Workspace() as workspace:
            mock = workspace.mock(MOCK, "--quiet", *workspace.script(poison))
            relay = workspace.relay(PINRELAY, mock, max_events=BATCH)
            for done, position in enumerate(POSITIONS):
                before = mock.summary()["requests"]
                ids = [f"at-{position}-{n}" for n in range(BATCH)]
                ids[position] = f"poison-{position}"
                self.assertEqual(relay.post([harness.sign_up(event_id) for event_id in ids])[0], 204)
                harness.wait_delivered(relay, (done + 1) * (BATCH - 1))
                needed[position] = mock.summary()["requests"] - before
            summary = mock.summary()
            found = refused(relay)
        print(f"requests to isolate 1 of {BATCH}, by position: {needed}; worst {max(needed.values())}")

        self.assertLessEqual(max(needed.values()), MOST_REQUESTS)
        self.assertEqual(found, len(POSITIONS))
        self.assertEqual((summary["unique"], summary["duplicates"]), (len(POSITIONS) * (BATCH - 1), 0))


if __name__ == "__main__":
    unittest.main()
