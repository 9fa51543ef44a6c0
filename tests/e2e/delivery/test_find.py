"""What became of an event: `pinrelay find` and the admin port answer from the journal, beside a relay and without one."""
import json
import os
import subprocess
import sys
import unittest
import urllib.error
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]
ACCOUNT = f"pinterest:{harness.ACCOUNT}"

REFUSE_BAD_ONES = {"fault": "fail_events", "event_id_contains": "bad", "message": "cannot use this one", "times": "forever"}


class Find(unittest.TestCase):
    def setUp(self):
        self.workspace = self.enterContext(harness.Workspace())
        self.mock = self.workspace.mock(MOCK, *self.workspace.script(REFUSE_BAD_ONES))
        self.relay = self.workspace.relay(PINRELAY, self.mock)

    def post(self, *events):
        self.assertEqual(self.relay.post(list(events))[0], 204)

    def settle(self, delivered):
        harness.wait_until(lambda: self.relay.balance()["delivered"] == delivered, "all is delivered")
        harness.wait_until(lambda: self.relay.balance()["pending"] == 0, "nothing waits")

    def statuses(self, *question):
        return [event["status"] for event in self.relay.find(*question)["events"]]

    def test_an_order_is_found_with_its_outcome(self):
        purchase = harness.large_purchase("order-4711")
        self.post(dict(purchase, transaction_id="4711"), harness.sign_up("other"))
        self.settle(2)

        found = self.relay.find("--order", "4711")["events"]

        self.assertEqual([(event["status"], event["name"], event["account"]) for event in found],
                         [("delivered", "checkout", ACCOUNT)])
        self.assertEqual(self.statuses("--event-id", "order-4711"), ["delivered"])
        self.assertEqual(self.statuses("--last", "20"), ["delivered", "delivered"])

    def test_a_refused_one_a_duplicate_and_a_dropped_one(self):
        self.post(harness.sign_up("good"), harness.sign_up("bad"))
        self.settle(1)
        self.post(harness.sign_up("good"), dict(harness.sign_up("robot"), user_agent="Googlebot/2.1 (+http://www.google.com/bot.html)"))

        harness.wait_until(lambda: self.relay.find("--last", "9")["entries"] == 4, "the dropped one is written")
        self.assertEqual(self.statuses("--event-id", "good"), ["duplicate", "delivered"])
        refused, = self.relay.find("--event-id", "bad")["events"]
        self.assertEqual((refused["status"], refused["outcomes"][0]["reason"]), ("dead_letter", "refused"))
        self.assertEqual(self.statuses("--event-id", "robot"), ["dropped"])

    def test_what_waits_is_found_after_a_kill_and_without_a_relay(self):
        self.mock.play({"fault": "status", "status": 503, "times": "forever"})
        self.post(harness.sign_up("waits"))
        self.relay.end(9)

        self.assertEqual(self.statuses("--event-id", "waits"), ["pending"])

    def test_the_admin_port_answers_the_same(self):
        self.post(harness.sign_up("one"))
        self.settle(1)

        answer = json.loads(self.relay.admin("/find?event_id=one"))

        self.assertEqual(answer, self.relay.find("--event-id", "one"))
        self.assertEqual(answer["events"][0]["status"], "delivered")
        with self.assertRaisesRegex(urllib.error.HTTPError, "400"):
            self.relay.admin("/find")

    def test_nothing_found_is_the_exit_code_1_and_tells_since_when(self):
        self.post(harness.sign_up("one"))
        self.settle(1)

        result = subprocess.run([PINRELAY, "find", "--event-id", "unknown", "--data-dir", str(self.relay.data_dir)],
                                env=harness.clean_environment(), capture_output=True, text=True, timeout=harness.PATIENCE, check=False)

        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertIn('No event with the id "unknown" is found.\nThe journal has 1 event since ', result.stdout)

    def test_a_journal_that_is_switched_off_is_empty(self):
        self.post(harness.sign_up("one"))
        self.settle(1)
        self.relay.end()
        self.relay = self.workspace.relay(PINRELAY, self.mock, journal_keep="0s")

        self.assertEqual(self.relay.find("--last", "5", code=1)["entries"], 0)
        self.assertNotIn("pinrelay_journal_entries", self.relay.metrics())


if __name__ == "__main__":
    unittest.main()
