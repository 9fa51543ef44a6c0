"""Who may post to an account, and what a stranger learns."""
import json
import os
import signal
import sys
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]
KEY = "TEST_ONLY_shared_key_1"
NEXT_KEY = "TEST_ONLY_shared_key_2"
SIGNING_KEY = "TEST_ONLY_signing_key_1"
OTHER_ACCOUNT = "549755885999"
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"}


def body(event_id, **more):
    return json.dumps(harness.sign_up(event_id, **more)).encode()


def signed(payload, key=SIGNING_KEY, at=None):
    return harness.signature(payload, key, at)


class Access(unittest.TestCase):
    def setUp(self):
        self.workspace = harness.Workspace()
        self.addCleanup(lambda: self.workspace.__exit__(None, None, None))
        self.mock = self.workspace.mock(MOCK)
        self.keys_file = self.workspace.path / "keys"
        self.keys_file.write_text(f"{KEY}\n{NEXT_KEY}\n")
        self.signing_file = self.workspace.path / "signing_keys"
        self.signing_file.write_text(SIGNING_KEY + "\n")
        self.file = self.workspace.path / "pinrelay.json"

    def write(self, *accounts):
        self.file.write_text(json.dumps({"endpoint": self.mock.url, "ca_file": str(self.mock.ca_file),
                                         "delivery": {"batch_linger": "20ms"}, "accounts": accounts}))

    def start(self, *accounts):
        self.write(*accounts)
        self.relay = self.workspace.relay(PINRELAY, None, config=self.file)

    def account(self, **access):
        return {"ad_account_id": harness.ACCOUNT, "access_token": harness.TOKEN, **access}

    def post(self, payload, headers=None, query=""):
        return self.relay.request("POST", "/collect" + query, payload, {**BROWSER, **(headers or {})})

    def rejected(self, code):
        return self.relay.metrics().get(f'pinrelay_requests_rejected_total{{code="{code}"}}', 0)

    def test_each_way_in_and_every_other_refused(self):
        self.start(self.account(keys_file=str(self.keys_file), signing_keys_file=str(self.signing_file),
                                allow_origins=["https://*.shop.example"]))
        payload = body("by-signature")

        self.assertEqual(self.post(body("by-key"), {"X-Pinrelay-Key": KEY})[0], 204)
        self.assertEqual(self.post(body("by-next-key"), {"X-Pinrelay-Key": NEXT_KEY})[0], 204)
        self.assertEqual(self.post(body("by-query"), query=f"?api_secret={KEY}")[0], 204)
        self.assertEqual(self.post(body("by-origin"), {"Origin": "https://www.shop.example"})[0], 204)
        self.assertEqual(self.post(payload, signed(payload))[0], 204)
        refused = [self.post(body("none")),
                   self.post(body("wrong"), {"X-Pinrelay-Key": KEY + "x"}),
                   self.post(body("origin"), {"Origin": "https://shop.example.evil.example"}),
                   self.post(body("forged"), signed(payload)),
                   self.post(payload, signed(payload, at=time.time() - 3600))]
        harness.wait_delivered(self.relay, 5)

        self.assertEqual([status for status, _, _ in refused], [401] * 5)
        self.assertEqual(self.rejected("signature_wrong"), 1)
        self.assertEqual(self.rejected("signature_expired"), 1)
        self.assertEqual(self.rejected("credentials_missing"), 3)
        self.assertEqual(sorted(event["event_id"] for event in self.mock.events()),
                         ["by-key", "by-next-key", "by-origin", "by-query", "by-signature"])

    def test_refusals_and_the_log_repeat_nothing_of_what_was_sent(self):
        self.start(self.account(keys_file=str(self.keys_file)))
        guess = "GUESS_of_a_stranger_123456"

        status, _, answer = self.post(body("x"), {"X-Pinrelay-Key": guess})
        self.post(body("x"), query=f"?api_secret={guess}")

        self.assertEqual(status, 401)
        self.assertNotIn(guess, answer.decode())
        log = harness.wait_until(lambda: "key_wrong" in self.relay.log() and self.relay.log(), "the refusal is logged")
        for secret in guess, KEY, NEXT_KEY, harness.TOKEN:
            self.assertNotIn(secret, log)
            self.assertNotIn(secret, self.relay.admin("/metrics"))

    def test_a_debug_answer_needs_the_same_credentials(self):
        self.start(self.account(keys_file=str(self.keys_file)))

        stranger = self.post(body("x"), query="?debug=1")
        known = self.post(body("x"), {"X-Pinrelay-Key": KEY}, query="?debug=1")

        self.assertEqual(stranger[0], 401)
        self.assertEqual(known[0], 200)
        self.assertIn(b"would_send", known[2])

    def test_keys_are_changed_without_a_restart(self):
        self.start(self.account(keys_file=str(self.keys_file)))
        self.assertEqual(self.post(body("before"), {"X-Pinrelay-Key": KEY})[0], 204)

        self.keys_file.write_text(NEXT_KEY + "\n")
        self.relay.child.send_signal(signal.SIGHUP)
        harness.wait_until(lambda: "a new configuration is in force" in self.relay.log(), "the reload")

        self.assertEqual(self.post(body("old"), {"X-Pinrelay-Key": KEY})[0], 401)
        self.assertEqual(self.post(body("new"), {"X-Pinrelay-Key": NEXT_KEY})[0], 204)

    def test_one_account_is_open_and_another_is_not(self):
        self.start(self.account(paths=["/collect/g"], keys_file=str(self.keys_file)),
                   {"ad_account_id": OTHER_ACCOUNT, "access_token": harness.TOKEN})

        self.assertEqual(self.post(body("open"))[0], 204)
        status, _, _ = self.relay.request("POST", "/collect/g/collect", body("closed"), BROWSER)
        harness.wait_delivered(self.relay, 1)

        self.assertEqual(status, 401)
        self.assertEqual([event["event_id"] for event in self.mock.events()], ["open"])
        self.assertEqual(self.rejected("credentials_missing"), 1)


if __name__ == "__main__":
    unittest.main()
