"""Pinterest refuses the token or the account: delivery pauses with a hint, keeps the events, and goes on by itself."""
import os
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]

PAUSED = f'pinrelay_delivery_paused{{destination="pinterest:{harness.ACCOUNT}"}}'

# What is answered, and a word of the hint that an operator needs.
REFUSALS = {
    "a token that is not valid": ({"status": 401, "echo_token": True}, "access token is invalid"),
    "an account that the token may not write to": ({"status": 403}, "not the tag id"),
    "an account that is not there": ({"status": 404}, "no such ad account"),
    "a redirect": ({"status": 302, "body": "", "headers": {"Location": "https://elsewhere.invalid/"}}, "redirects"),
    "a permanent redirect": ({"status": 308, "body": "", "headers": {"Location": "/v6"}}, "redirects"),
    "a method that is not known": ({"status": 405, "body": "<html>"}, "check `endpoint`"),
}


class PausedAccount(unittest.TestCase):
    def test_keeps_the_events_until_the_account_is_taken_again(self):
        for what, (answer, hint) in REFUSALS.items():
            with self.subTest(what), harness.Workspace() as workspace:
                refusal = {"fault": "status", "times": "forever", **answer}
                mock = workspace.mock(MOCK, *workspace.script(refusal))
                relay = workspace.relay(PINRELAY, mock, probe_interval="200ms")
                self.post(relay, "before")
                harness.wait_until(lambda: relay.metrics().get(PAUSED) == 1, "the account is paused")
                self.post(relay, "meanwhile")
                harness.wait_until(lambda: mock.summary()["requests"] >= 3, "it is tried again")

                self.assertEqual(relay.balance()["pending"], 20)
                self.assertEqual(mock.summary()["accepted_requests"], 0)
                self.assertIn(hint, relay.log())
                self.assertEqual(relay.log().count("delivery is paused"), 1, "told once, not with each attempt")

                mock.play()
                balance = harness.wait_delivered(relay, 20)

                self.assertEqual(relay.metrics()[PAUSED], 0)
                self.assertIn("the pause is over", relay.log())
                self.assertEqual((balance["delivered"], balance["dead_lettered"]), (20, 0))
                self.assertEqual((mock.summary()["unique"], mock.summary()["duplicates"]), (20, 0))
                self.assertNotIn(harness.TOKEN, relay.log())

    def test_a_redirect_is_not_followed(self):
        for status in (301, 302, 307, 308):
            with self.subTest(status), harness.Workspace() as workspace, harness.Workspace() as other_workspace:
                authority = ["--ca-store", workspace.path / "authority.pem"]
                mock = workspace.mock(MOCK, *authority)
                elsewhere = other_workspace.mock(MOCK, *authority)
                location = {"Location": f"{elsewhere.url}/v5/ad_accounts/{harness.ACCOUNT}/events"}
                mock.play({"fault": "status", "status": status, "body": "", "headers": location, "times": "forever"})
                relay = workspace.relay(PINRELAY, mock, probe_interval="200ms")
                self.post(relay, "sent")
                harness.wait_until(lambda: mock.summary()["requests"] >= 2, "it is tried again")

                summary = elsewhere.summary()
                self.assertEqual((summary["requests"], summary["handshake_failures"]), (0, 0))
                self.assertEqual(relay.metrics()[PAUSED], 1)
                self.assertEqual(relay.balance()["pending"], 10)

    def test_a_paused_account_is_tried_only_from_time_to_time(self):
        with harness.Workspace() as workspace:
            mock = workspace.mock(MOCK, *workspace.script({"fault": "status", "status": 401, "times": "forever"}))
            relay = workspace.relay(PINRELAY, mock, probe_interval="1h", retry_base="1ms", retry_cap="2ms")
            self.post(relay, "first")
            harness.wait_until(lambda: relay.metrics().get(PAUSED) == 1, "the account is paused")
            for number in range(20):
                self.post(relay, f"later-{number}")

            self.assertEqual(mock.summary()["requests"], 1)
            self.assertEqual(relay.balance()["pending"], 210)

    def post(self, relay, name):
        self.assertEqual(relay.post([harness.sign_up(f"{name}-{n}") for n in range(10)])[0], 204)


if __name__ == "__main__":
    unittest.main()
