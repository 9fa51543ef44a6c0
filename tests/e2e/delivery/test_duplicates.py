"""Copies of an event: a reload, a second tag or form, over restarts; and ids that two visitors share."""
import os
import re
import signal
import subprocess
import sys
import unittest
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]

BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64)", "Sec-Fetch-Site": "same-origin"}
REUSED = "share an event id"


def purchase(order, **more):
    return {"event": "purchase", "client_id": "1.2", "user_data": {"email": "jane@example.com"},
            "ecommerce": {"transaction_id": order, "currency": "USD", "value": 12.5}, **more}


def tag_hit(order):
    return urlencode({"v": "2", "tid": "G-TEST123", "cid": "3.4", "_p": "7", "_s": "2", "en": "purchase", "cu": "USD",
                      "epn.value": "12.5", "ep.transaction_id": order, "ep.user_data.email": "jane@example.com"})


class Duplicates(unittest.TestCase):
    def setUp(self):
        self.workspace = self.enterContext(harness.Workspace())
        self.mock = self.workspace.mock(MOCK)

    def start(self, **settings):
        self.relay = self.workspace.relay(PINRELAY, self.mock, **settings)

    def send(self, event, path="/collect", **more):
        self.assertEqual(self.relay.post(event, path, BROWSER, **more)[0], 204)

    def duplicates(self):
        return sum(value for name, value in self.relay.metrics().items()
                   if name.startswith("pinrelay_events_dropped_total") and 'reason="duplicate"' in name)

    def reused(self):
        return sum(value for name, value in self.relay.metrics().items()
                   if name.startswith("pinrelay_event_warnings_total") and 'code="event_id_reused"' in name)

    def assert_delivered(self, ids):
        balance = harness.wait_delivered(self.relay, len(ids))
        self.assertEqual(balance["accepted"] + balance["replayed"],
                         balance["delivered"] + balance["dead_lettered"] + balance["dropped"] + balance["pending"], balance)
        self.assertEqual(sorted(event["event_id"] for event in self.mock.events()), sorted(ids))

    def test_a_reload_of_the_thank_you_page_makes_no_second_purchase(self):
        self.start()

        self.send(purchase("A-1"))
        harness.wait_delivered(self.relay, 1)
        self.send(purchase("A-1"))
        self.send([purchase("A-1"), purchase("A-2"), purchase("A-2")])

        self.assert_delivered(["A-1", "A-2"])
        self.assertEqual(self.duplicates(), 3)
        self.assertEqual(self.reused(), 0)
        self.assertNotIn(REUSED, self.relay.log())

    def test_one_order_in_two_forms_is_one_event(self):
        self.start()

        self.send(purchase("A-1"))
        self.send(b"", f"/g/collect?{tag_hit('A-1')}")
        self.send(b"", f"/g/collect?{tag_hit('A-2')}")

        self.assert_delivered(["A-1", "A-2"])
        self.assertEqual(self.duplicates(), 1)

    def test_copies_are_still_known_after_a_kill(self):
        self.start()
        self.send(purchase("A-1"))
        harness.wait_delivered(self.relay, 1)
        self.relay.end(signal.SIGKILL)

        self.start()
        self.send(purchase("A-1"))
        self.send(purchase("A-2"))

        self.assert_delivered(["A-1", "A-2"])
        self.assertEqual(self.duplicates(), 1)

    def test_two_visitors_under_one_id_are_both_sent_and_said(self):
        self.start()

        for client in ("1111111111.1", "2222222222.2", "3333333333.3"):
            self.send(harness.sign_up("cached-page", client_id=client))

        self.assert_delivered(["cached-page"] * 3)
        self.assertEqual((self.duplicates(), self.reused()), (0, 2))
        warnings = [line for line in self.relay.log().splitlines() if REUSED in line]
        self.assertEqual(len(warnings), 1, "once a minute")
        self.assertIn(f"destination=pinterest:{harness.ACCOUNT} event=signup events=1", warnings[0])
        self.assertNotRegex("\n".join(warnings), r"cached-page|222222")

    def test_a_dead_event_can_be_sent_again(self):
        self.mock.play({"fault": "fail_events", "event_id_contains": "A-1", "message": "not now", "times": "forever"})
        self.start()
        self.send([purchase("A-1"), purchase("B-1")])
        harness.wait_until(lambda: self.relay.balance()["dead_lettered"] == 1, "a dead letter")
        self.mock.play()

        self.send(purchase("A-1"))

        harness.wait_delivered(self.relay, 2)
        self.assertEqual(self.duplicates(), 0)
        verdicts = [record["verdict"]["status"] for record in self.mock.records() if record["event"]["event_id"] == "A-1"]
        self.assertEqual((verdicts[0], verdicts[-1]), ("failed", "processed"))

    def test_without_a_window_everything_is_sent(self):
        self.start(duplicates_window="0s")

        self.send(purchase("A-1"))
        self.send(purchase("A-1"))

        self.assert_delivered(["A-1", "A-1"])
        self.assertEqual(self.duplicates(), 0)

    def test_stats_tell_of_both(self):
        self.start()
        for client in ("1.1", "1.1", "2.2"):
            self.send(harness.sign_up("cached-page", client_id=client))
        self.assert_delivered(["cached-page"] * 2)

        text = self.stats()

        self.assertRegex(text, "copies folded +sent after all +ids reused +id conflicts")
        self.assertTrue(re.search(rf"^ *pinterest:{harness.ACCOUNT} .* +1 +0 +1 +0 *$", text, re.M), text)

    def stats(self):
        return subprocess.run([PINRELAY, "spool", "stats", "--data-dir", self.relay.data_dir], capture_output=True, text=True,
                              check=True, timeout=harness.PATIENCE).stdout


if __name__ == "__main__":
    unittest.main()
