"""Pinterest refuses everything for a while, whatever the shape of the refusal: no event becomes a dead letter. Events
that it refuses while it takes others become some. Answers that contradict themselves lose nothing."""
import os
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]

QUICK = {"retry_base": "20ms", "retry_cap": "200ms"}
OUTAGES = {
    "a 400": {"fault": "status", "status": 400},
    "a 422": {"fault": "status", "status": 422},
    "a list that refuses each": {"fault": "fail_events", "event_id_contains": "e-", "message": "not now"},
    "a list under 422": {"fault": "fail_events", "event_id_contains": "e-", "message": "not now", "status": 422},
}
EVENTS = [f"e-{number}" for number in range(100)]


def processed(mock):
    return [r["event"]["event_id"] for r in mock.records() if r["verdict"]["status"] == "processed"]


class RefusalsInDoubt(unittest.TestCase):
    def deliver_through(self, outage, posts):
        """The events are posted while it lasts, so many at a time; afterwards all arrive once, and none is dead."""
        with harness.Workspace() as workspace:
            mock = workspace.mock(MOCK, *workspace.script({**outage, "times": "forever"}))
            relay = workspace.relay(PINRELAY, mock, batch_linger="1ms", **QUICK)
            for first in range(0, len(EVENTS), posts):
                seen = mock.summary()["requests"]
                self.assertEqual(relay.post([harness.sign_up(event) for event in EVENTS[first:first + posts]])[0], 204)
                if first < 30 * posts:
                    harness.wait_until(lambda: mock.summary()["requests"] > seen, "it is tried")
            harness.wait_until(lambda: "events are refused, and no other was taken meanwhile" in relay.log(), "it is reported")
            during = mock.summary()["requests"]
            self.assertEqual(relay.balance()["dead_lettered"], 0)
            mock.play()
            harness.wait_delivered(relay, len(EVENTS))

            self.assertEqual(sorted(processed(mock)), sorted(EVENTS))
            self.assertEqual(relay.balance()["dead_lettered"], 0)
            counted = [v for k, v in relay.metrics().items() if k.startswith("pinrelay_delivery_doubted_refusals_total")]
            self.assertGreaterEqual(sum(counted), 1)
            return during

    def test_everything_refused_for_a_while_costs_no_event(self):
        for what, outage in OUTAGES.items():
            for posts in (1, 3, 100):
                with self.subTest(what, at_a_time=posts):
                    during = self.deliver_through(outage, posts)
                    print(f"{what}, {posts} at a time: {during} requests while it lasted")

    def test_many_bad_events_of_one_sender_are_dead_letters_and_others_go_on(self):
        poison = {"fault": "status", "status": 400, "when": {"body_contains": "bad-"}, "times": "forever"}
        for posts in (1, 100):
            with self.subTest(at_a_time=posts), harness.Workspace() as workspace:
                mock = workspace.mock(MOCK, *workspace.script(poison))
                relay = workspace.relay(PINRELAY, mock, batch_linger="1ms", **QUICK)
                bad = [f"bad-{number}" for number in range(100)]
                for first in range(0, len(bad), posts):
                    self.assertEqual(relay.post([harness.sign_up(event) for event in bad[first:first + posts]])[0], 204)
                good = 0
                while relay.balance()["dead_lettered"] < len(bad):
                    good += 1
                    self.assertEqual(relay.post(harness.sign_up(f"good-{good}"))[0], 204)
                    harness.wait_until(lambda: f"good-{good}" in processed(mock), "a good one arrives")
                    self.assertLess(good, 100, f"bad ones left: {relay.balance()}")
                print(f"{posts} at a time: {good} good ones until the last bad one was settled")

                self.assertEqual(sorted(processed(mock)), sorted(f"good-{n + 1}" for n in range(good)))

    def test_an_event_without_a_clear_verdict_is_sent_again(self):
        contradictory = {
            "fewer processed than sent, and no list": '{"num_events_received":3,"num_events_processed":2}',
            "fewer entries, and one failed": '{"num_events_processed":2,"events":[{"status":"processed"},{"status":"failed"}]}',
            "more entries than events": '{"events":[{"status":"processed"},{"status":"processed"},{"status":"processed"},{"status":"processed"}]}',
            "a status that nobody knows": '{"events":[{"status":"queued"},{"status":"queued"},{"status":"queued"}]}',
        }
        for what, body in contradictory.items():
            with self.subTest(what), harness.Workspace() as workspace:
                mock = workspace.mock(MOCK, *workspace.script({"fault": "malformed_body", "body": body, "accept": False}))
                relay = workspace.relay(PINRELAY, mock, **QUICK)
                self.assertEqual(relay.post([harness.sign_up(event) for event in EVENTS[:3]])[0], 204)
                harness.wait_delivered(relay, 3)

                self.assertEqual(sorted(processed(mock)), sorted(EVENTS[:3]))
                self.assertEqual(relay.balance()["dead_lettered"], 0)
                self.assertIn("contradicts itself", relay.log())
                counted = [v for k, v in relay.metrics().items() if k.startswith("pinrelay_delivery_contradictory_answers_total")]
                self.assertGreaterEqual(sum(counted), 1)


if __name__ == "__main__":
    unittest.main()
