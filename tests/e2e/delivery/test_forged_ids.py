"""A stranger sends an event with the id of another's purchase first: the true purchase is sent all the same."""
import hashlib
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
SIGNING_KEY = "TEST_ONLY_signing_key_1"
ORIGIN = "https://shop.example"
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Origin": ORIGIN,
           "Sec-Fetch-Site": "same-origin"}
STRANGER = {**BROWSER, "X-Forwarded-For": "198.51.100.7"}
CUSTOMER = {**BROWSER, "X-Forwarded-For": "203.0.113.9"}
SERVER = {"User-Agent": "shop/1.0", "X-Forwarded-For": "203.0.113.80"}
ID = "4711"
EMAIL = "jane@example.com"
DIGEST = hashlib.sha256(EMAIL.encode()).hexdigest()
WEEK = 7 * 24 * 3600
PAUSED = f'pinrelay_delivery_paused{{destination="pinterest:{harness.ACCOUNT}"}}'


def event(value, email=None, **more):
    commerce = {"currency": "EUR", "value": value}
    if "transaction_id" in more:
        commerce["transaction_id"] = more.pop("transaction_id")
    person = {"user_data": {"email": email}} if email else {}
    return {"event": "purchase", "event_id": ID, "ecommerce": commerce, **person, **more}


def true_purchase(**more):
    return event(79.99, EMAIL, **{"client_id": "1.2", "transaction_id": ID, **more})


# What a stranger sends first, and the true purchase behind it.
FORGERIES = {
    "the same order at another value": (event(0.01, client_id="9.9", transaction_id=ID), true_purchase()),
    "nobody's event with any digest": (event(0.01, "mallory@example.com"), true_purchase()),
    "nobody's event with the right value": (event(79.99, "mallory@example.com"), true_purchase()),
    "the visitor's client id, no order": (event(0.01, client_id="1.2"), true_purchase(transaction_id="")),
    "another order": (event(0.01, client_id="9.9", transaction_id="other"), true_purchase()),
    "no order and another visitor": (event(0.01, client_id="9.9"), true_purchase()),
    "the same order and value without a person": (event(79.99, transaction_id=ID), true_purchase()),
    "the same order as an offline event": (event(0.01, "mallory@example.com", transaction_id=ID, action_source="offline"),
                                           true_purchase()),
    "nobody's offline event": (event(0.01, "mallory@example.com", action_source="offline"), true_purchase()),
    "an offline event without a value": ({"event": "purchase", "event_id": ID, "action_source": "offline",
                                          "user_data": {"email": "mallory@example.com"}}, true_purchase()),
    "the same visitor, order and a lower value": (event(1, EMAIL, client_id="1.2", transaction_id=ID), true_purchase()),
}


class ForgedIds(unittest.TestCase):
    def setUp(self):
        self.workspace = self.enterContext(harness.Workspace())
        self.mock = self.workspace.mock(MOCK)

    def start(self, **account):
        file = self.workspace.path / "pinrelay.json"
        file.write_text(json.dumps({
            "endpoint": self.mock.url, "ca_file": str(self.mock.ca_file),
            "delivery": {"batch_linger": "20ms", "probe_interval": "1h"},
            "collect": {"trusted_proxies": ["127.0.0.0/8"]},
            "accounts": [{"ad_account_id": harness.ACCOUNT, "access_token": harness.TOKEN, **account}]}))
        self.relay = self.workspace.relay(PINRELAY, None, config=file)

    def guarded(self):
        keys, signing = self.workspace.path / "keys", self.workspace.path / "signing_keys"
        keys.write_text(KEY + "\n")
        signing.write_text(SIGNING_KEY + "\n")
        return {"allow_origins": [ORIGIN], "keys_file": str(keys), "signing_keys_file": str(signing)}

    def post(self, payload, headers):
        self.assertEqual(self.relay.post(payload, headers=headers)[0], 204)

    def post_signed(self, payload):
        body = json.dumps(payload).encode()
        self.post(body, {**SERVER, **harness.signature(body, SIGNING_KEY)})

    def values_of_customer(self):
        return [sent["custom_data"]["value"] for sent in self.mock.events()
                if DIGEST in sent["user_data"].get("em", [])]

    def values_sent(self):
        return [sent["custom_data"]["value"] for sent in self.mock.events() if sent["event_id"] == ID]

    def wait_sent(self):
        harness.wait_until(lambda: "79.99" in self.values_of_customer(), "the true purchase reaches Pinterest")
        harness.wait_until(lambda: self.relay.balance()["pending"] == 0, "nothing waits")
        balance = self.relay.balance()
        self.assertEqual(balance["accepted"] + balance["replayed"],
                         balance["delivered"] + balance["dead_lettered"] + balance["dropped"] + balance["pending"], balance)

    def in_each_case(self, between, send, alone=False, paused=False):
        for name, (forged, true) in FORGERIES.items():
            with self.subTest(name), harness.Workspace() as self.workspace:
                self.mock = self.workspace.mock(MOCK)
                self.start(**self.guarded())
                if paused:
                    self.pause()
                self.post(forged, STRANGER)
                between()
                send(true)
                if paused:
                    self.resume()
                self.wait_sent()
                if alone:
                    self.assertEqual(self.values_sent(), ["79.99"], "the forgery was not sent")

    def delivered(self):
        harness.wait_delivered(self.relay, 1)

    def killed(self):
        harness.wait_delivered(self.relay, 1)
        self.relay.end(signal.SIGKILL)
        self.start(**self.guarded())

    def pause(self):
        """Nothing leaves the store from now on, but one batch an hour."""
        self.mock.play({"fault": "status", "status": 401, "times": "forever"})
        self.post(harness.sign_up("before"), STRANGER)
        harness.wait_until(lambda: self.relay.metrics().get(PAUSED) == 1, "the account is paused")

    def resume(self, *rules):
        self.assertEqual(self.mock.summary()["requests"], 1)
        self.mock.play(*rules)
        self.relay.child.send_signal(signal.SIGHUP)

    def test_a_browsers_purchase_after_the_forgery_was_sent(self):
        self.in_each_case(self.delivered, lambda true: self.post(true, CUSTOMER))

    def test_a_browsers_purchase_while_the_forgery_waits(self):
        self.in_each_case(lambda: None, lambda true: self.post(true, CUSTOMER), paused=True)

    def test_a_signed_purchase_after_the_forgery_was_sent(self):
        self.in_each_case(self.delivered, self.post_signed)

    def test_a_signed_purchase_while_the_forgery_waits(self):
        self.in_each_case(lambda: None, self.post_signed, alone=True, paused=True)

    def test_no_forgery_takes_the_place_of_a_purchase_that_waits(self):
        for name, (forged, true) in FORGERIES.items():
            with self.subTest(name), harness.Workspace() as self.workspace:
                self.mock = self.workspace.mock(MOCK)
                self.start(**self.guarded())
                self.pause()
                self.post(true, CUSTOMER)
                self.post(forged, STRANGER)
                self.resume()
                self.wait_sent()
                self.assertEqual(self.relay.balance()["dead_lettered"], 0)

    def test_a_forger_with_a_proof_removes_no_purchase_that_waits(self):
        for name, (forged, true) in FORGERIES.items():
            for first, second in (("forged", "true"), ("true", "forged")):
                with self.subTest(name, first=first), harness.Workspace() as self.workspace:
                    self.mock = self.workspace.mock(MOCK)
                    self.start(**self.guarded())
                    self.pause()
                    page = self.relay.post({"event": "page_view", "event_id": "page"}, headers=STRANGER)
                    proof = page[1]["Set-Cookie"].split(";")[0]
                    senders = {"forged": (forged, {**STRANGER, "Cookie": proof}), "true": (true, CUSTOMER)}
                    self.post(*senders[first])
                    self.post(*senders[second])
                    self.resume()
                    self.wait_sent()
                    self.assertEqual(self.relay.balance()["dead_lettered"], 0)

    def test_a_signed_purchase_overtakes_a_forgery_that_waits_for_a_retry(self):
        self.mock.play({"fault": "status", "status": 503, "times": 1})
        self.start(**self.guarded())
        self.post(event(0.01, client_id="9.9", transaction_id=ID), STRANGER)
        harness.wait_until(lambda: self.mock.summary()["requests"] == 1, "the first try")

        self.post_signed(true_purchase())

        self.wait_sent()
        self.assertEqual(self.values_sent(), ["79.99"])

    def test_a_forgery_does_not_overtake_a_signed_purchase_that_waits_for_a_retry(self):
        self.mock.play({"fault": "status", "status": 503, "times": 1})
        self.start(**self.guarded())
        self.post_signed(true_purchase())
        harness.wait_until(lambda: self.mock.summary()["requests"] == 1, "the first try")

        earlier = int((time.time() - 600) * 1e6)
        self.post(event(0.01, client_id="9.9", transaction_id="other", timestamp_micros=earlier), STRANGER)

        self.wait_sent()
        self.assertEqual(self.values_sent(), ["79.99"])

    def test_a_copy_outlives_a_first_that_is_refused(self):
        self.start(**self.guarded())
        self.pause()
        broken = event(79.99, EMAIL, client_id="1.2", transaction_id=ID, page_location=f"{ORIGIN}/broken-page")

        self.post(broken, CUSTOMER)
        self.post(true_purchase(), CUSTOMER)
        self.post(harness.sign_up("good"), CUSTOMER)
        self.resume({"fault": "status", "status": 400, "when": {"body_contains": "broken-page"}, "times": "forever"})

        self.wait_sent()
        self.assertEqual(self.relay.balance()["dead_lettered"], 1)

    def test_an_old_forgery_takes_no_purchase_with_it(self):
        old = int((time.time() - WEEK + 2 * 3600) * 1e6)
        self.start(**self.guarded())
        self.post(event(79.99, client_id="1.2", transaction_id=ID, timestamp_micros=old), STRANGER)
        self.delivered()

        self.post(true_purchase(), CUSTOMER)

        self.wait_sent()

    def test_guessed_order_numbers_take_no_purchase_with_them(self):
        self.start(**self.guarded())
        orders = [str(number) for number in range(4700, 4750)]
        for start in range(0, len(orders), 25):
            self.post([{**event(0.01, client_id="9.9", transaction_id=order), "event_id": order}
                       for order in orders[start:start + 25]], STRANGER)
        harness.wait_delivered(self.relay, len(orders))

        for order in orders:
            self.post_signed({**true_purchase(transaction_id=order), "event_id": order})

        harness.wait_until(lambda: self.values_of_customer().count("79.99") == len(orders), "each true purchase is sent")
        self.assertIn("events with one id contradict each other", self.relay.log())

    def test_a_reload_and_a_retry_still_make_no_second_purchase(self):
        self.start(**self.guarded())
        for number, send in enumerate((self.post_signed, lambda purchase: self.post(purchase, CUSTOMER))):
            purchase = {**true_purchase(transaction_id=f"again-{number}"), "event_id": f"again-{number}"}
            for _ in range(3):
                send(purchase)
                harness.wait_until(lambda: self.relay.balance()["pending"] == 0, "nothing waits")
        self.assertEqual(len(self.mock.events()), 2)

    def test_a_signed_purchase_after_a_kill(self):
        self.in_each_case(self.killed, self.post_signed)


if __name__ == "__main__":
    unittest.main()
