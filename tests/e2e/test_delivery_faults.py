"""Pinterest answers strangely: nothing is lost, nothing that it processed is sent again, the rest is explained."""
import json
import os
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]


USUAL_IDS = [f"e-{number}" for number in range(12)]


class DeliveryFaults(unittest.TestCase):
    def run_script(self, rules, ids=tuple(USUAL_IDS)):
        """Sends one request of events against the script; gives the ids that Pinterest processed and the balance."""
        with harness.Workspace() as workspace:
            path = workspace.path / "script.json"
            path.write_text(json.dumps({"rules": rules}))
            mock = workspace.mock(MOCK, "--script", path)
            relay = workspace.relay(PINRELAY, mock, retry_base="20ms", retry_cap="100ms", delivery_timeout="1s")
            body = [{"event": "sign_up", "event_id": event_id, "user_data": {"email": f"{event_id}@example.com"}}
                    for event_id in ids]
            self.assertEqual(relay.post(body)[0], 204)
            harness.wait_until(lambda: relay.balance()["pending"] == 0, "every fate is known")
            processed = [r["event"]["event_id"] for r in mock.records() if r["verdict"]["status"] == "processed"]
            return processed, relay.balance()

    def assert_all_once(self, outcome):
        processed, balance = outcome
        self.assertEqual(sorted(processed), sorted(USUAL_IDS))
        self.assertEqual((balance["delivered"], balance["dead_lettered"]), (len(USUAL_IDS), 0))

    def test_waits_out_a_rate_limit(self):
        self.assert_all_once(self.run_script([{"fault": "status", "status": 429, "retry_after": 1}]))

    def test_tries_again_after_server_errors(self):
        self.assert_all_once(self.run_script([{"fault": "status", "status": 500, "times": 2},
                                              {"fault": "status", "status": 503, "times": 2}]))

    def test_tries_again_after_a_reset_before_the_request_was_taken(self):
        self.assert_all_once(self.run_script([{"fault": "reset_before", "times": 2}]))

    def test_tries_again_when_no_answer_comes(self):
        self.assert_all_once(self.run_script([{"fault": "hang"}]))

    def test_tries_again_after_a_failed_handshake(self):
        self.assert_all_once(self.run_script([{"fault": "close_handshake", "times": 2}]))

    def test_a_refused_event_is_a_dead_letter_and_its_neighbours_are_delivered(self):
        ids = [*USUAL_IDS, "bad-1", "bad-2"]

        processed, balance = self.run_script(
            [{"fault": "fail_events", "event_id_contains": "bad", "message": "cannot use this one"}], ids)

        self.assertEqual(sorted(processed), sorted(USUAL_IDS))
        self.assertEqual((balance["delivered"], balance["dead_lettered"]), (12, 2))

    def test_a_request_refused_for_one_event_is_split_until_that_one_is_found(self):
        ids = [*USUAL_IDS[:5], "bad-1", *USUAL_IDS[5:]]

        processed, balance = self.run_script(
            [{"fault": "status", "status": 400, "when": {"body_contains": "bad-1"}, "times": "forever"}], ids)

        self.assertEqual(sorted(processed), sorted(USUAL_IDS))
        self.assertEqual((balance["delivered"], balance["dead_lettered"]), (12, 1))

    def test_sends_again_with_the_same_identity_when_the_answer_is_lost(self):
        processed, balance = self.run_script([{"fault": "reset_after", "times": 1}])

        self.assertEqual(set(processed), {f"e-{n}" for n in range(12)})
        self.assertEqual(len(processed), 24, "Pinterest folds the second copy by event id and name")
        self.assertEqual(balance["delivered"], 12)

    def test_a_malformed_answer_loses_nothing(self):
        processed, balance = self.run_script([{"fault": "malformed_body", "times": 1}])

        self.assertEqual(set(processed), {f"e-{n}" for n in range(12)})
        self.assertEqual(balance["delivered"], 12)

    def test_an_untrusted_certificate_gets_no_byte_of_an_event(self):
        with harness.Workspace() as workspace:
            mock = workspace.mock(MOCK)
            relay = workspace.relay(PINRELAY, mock, ca_file=None, retry_base="20ms", retry_cap="50ms")
            relay.post({"event": "sign_up", "user_data": {"email": "a@b.co"}})
            harness.wait_until(lambda: relay.total("pinrelay_delivery_requests_total") >= 2, "two attempts")

            self.assertEqual(mock.records(), [])
            self.assertEqual(relay.balance()["pending"], 1)
            self.assertIn("certificate", relay.log())


if __name__ == "__main__":
    unittest.main()
