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


class DeliveryFaults(unittest.TestCase):
    def run_script(self, rules, count=12, mock_options=(), relay_options=None):
        """Sends `count` events against the script; gives the mock's event ids and the final balance."""
        with harness.Workspace() as workspace:
            path = workspace.path / "script.json"
            path.write_text(json.dumps({"rules": rules}))
            mock = workspace.mock(MOCK, "--script", path, *mock_options)
            relay = workspace.relay(PINRELAY, mock, retry_base="20ms", retry_cap="100ms", delivery_timeout="1s",
                                    **(relay_options or {}))
            body = [{"event": "sign_up", "event_id": f"e-{n}", "user_data": {"email": f"p{n}@example.com"}}
                    for n in range(count)]
            self.assertEqual(relay.post(body)[0], 204)
            harness.wait_until(lambda: relay.balance()["pending"] == 0, "every fate is known")
            processed = [r["event"]["event_id"] for r in mock.records() if r["verdict"] == "processed"]
            return processed, relay.balance()

    def assert_all_once(self, outcome, count=12):
        processed, balance = outcome
        self.assertEqual(sorted(processed), sorted(f"e-{n}" for n in range(count)))
        self.assertEqual((balance["delivered"], balance["dead_lettered"]), (count, 0))

    def test_waits_out_a_rate_limit(self):
        self.assert_all_once(self.run_script([{"status": 429, "retry_after": 1, "times": 1}]))

    def test_tries_again_after_server_errors(self):
        self.assert_all_once(self.run_script([{"status": 500, "times": 2}, {"status": 503, "times": 2}]))

    def test_tries_again_after_a_reset_before_the_request_was_taken(self):
        self.assert_all_once(self.run_script([{"fault": "reset_before", "times": 2}]))

    def test_tries_again_when_no_answer_comes(self):
        self.assert_all_once(self.run_script([{"fault": "hang", "times": 1}]))

    def test_a_refused_event_is_a_dead_letter_and_its_neighbours_are_delivered(self):
        processed, balance = self.run_script([{"fail_event_ids": ["e-3", "e-7"], "message": "cannot use this one"}])

        self.assertEqual(sorted(processed), sorted(f"e-{n}" for n in range(12) if n not in (3, 7)))
        self.assertEqual((balance["delivered"], balance["dead_lettered"]), (10, 2))

    def test_a_request_refused_for_one_event_is_split_until_that_one_is_found(self):
        processed, balance = self.run_script([{"refuse_event_ids": ["e-5"], "status": 400, "times": 1000}])

        self.assertEqual(sorted(processed), sorted(f"e-{n}" for n in range(12) if n != 5))
        self.assertEqual((balance["delivered"], balance["dead_lettered"]), (11, 1))

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
