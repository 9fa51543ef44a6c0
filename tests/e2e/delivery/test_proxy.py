"""Deliveries through an HTTP proxy: end to end in a tunnel, its password told to it alone, and whatever it refuses kept."""
import os
import subprocess
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402
import tunnel_proxy  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]

HOST = "conversions.pinterest.invalid"  # which no resolver knows: only the proxy can reach it
ENDPOINT = f"https://{HOST}"
PASSWORD = "hush-hush-4711"
ENCODED = "dXNlcjpodXNoLWh1c2gtNDcxMQ=="  # of user:hush-hush-4711
EVENTS = 10
NOT_SENT = f'pinrelay_delivery_requests_total{{destination="pinterest:{harness.ACCOUNT}",result="not_sent"}}'

REFUSALS = {
    "status 407": b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n",
    "status 403": b"HTTP/1.1 403 Forbidden\r\nContent-Length: 5\r\n\r\nno!\r\n",
    "status 502": b"HTTP/1.1 502 Bad Gateway\r\n\r\n",
    "status 302": b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\n\r\n",
    "cannot be read": b"\x00\x01 no HTTP at all\r\n\r\n",
    "header is too large": b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n",
    "before the end of the header": b"",
    "in the TLS handshake": tunnel_proxy.ESTABLISHED[:-2] + b"X: y\r\n\r\n",  # a tunnel that leads nowhere
}


class Proxy(unittest.TestCase):
    def setUp(self):
        self.workspace = harness.Workspace()
        self.addCleanup(lambda: self.workspace.__exit__(None, None, None))
        self.mock = self.workspace.mock(MOCK, "--host", HOST)
        self.proxy = tunnel_proxy.TunnelProxy(self.mock.address, "user", PASSWORD)
        self.addCleanup(self.proxy.close)
        self.url = f"http://user:{PASSWORD}@{self.proxy.address}"

    def relay(self, variables=None, **settings):
        return self.workspace.relay(PINRELAY, self.mock, retry_base="20ms", retry_cap="100ms", variables=variables,
                                    **{"endpoint": ENDPOINT, **settings})

    def post(self, relay):
        self.assertEqual(relay.post([harness.sign_up(f"e-{n}") for n in range(EVENTS)])[0], 204)

    def assert_silent_about_the_password(self, relay):
        for text in (relay.log(), relay.admin("/metrics"), relay.admin("/readyz")):
            self.assertNotIn(PASSWORD, text)
            self.assertNotIn(ENCODED, text)

    def test_events_travel_through_the_tunnel_end_to_end(self):
        for what, how in {"the key": {"delivery_proxy": self.url},
                          "the environment": {"variables": {"HTTPS_PROXY": self.url}}}.items():
            with self.subTest(what), harness.Workspace() as workspace:
                self.proxy.heads.clear()
                relay = workspace.relay(PINRELAY, self.mock, endpoint=ENDPOINT, log_level="debug", **how)
                before = self.mock.summary()["events"]
                self.post(relay)
                harness.wait_delivered(relay, EVENTS)

                self.assertEqual(self.mock.summary()["events"] - before, EVENTS)
                self.assertEqual(self.proxy.heads[0],
                                 f"CONNECT {HOST}:443 HTTP/1.1\r\nHost: {HOST}:443\r\n"
                                 f"Proxy-Authorization: Basic {ENCODED}\r\n\r\n")
                for secret in (harness.TOKEN, "sign_up", PASSWORD, ENCODED):
                    self.assertNotIn(secret.encode(), self.proxy.carried)
                self.assertIn(f"proxy={self.proxy.address}", relay.log())
                self.assert_silent_about_the_password(relay)

    def test_what_the_proxy_refuses_is_kept_and_delivered_once_it_does_not(self):
        for reason, refusal in REFUSALS.items():
            with self.subTest(reason), harness.Workspace() as workspace:
                self.proxy.refusal = refusal
                before = self.mock.summary()
                relay = workspace.relay(PINRELAY, self.mock, endpoint=ENDPOINT, delivery_proxy=self.url, retry_base="20ms",
                                        retry_cap="100ms")
                self.post(relay)
                harness.wait_until(lambda: relay.metrics().get(NOT_SENT, 0) >= 3, "three attempts")

                self.assertEqual(relay.balance()["pending"], EVENTS)
                self.assertEqual(self.mock.summary()["events"], before["events"])
                self.assertIn(f"{HOST} through the proxy {self.proxy.address}: ", relay.log())
                self.assertIn(reason, relay.log())
                self.assert_silent_about_the_password(relay)

                self.proxy.refusal = None
                balance = harness.wait_delivered(relay, EVENTS)
                self.assertEqual((balance["delivered"], balance["dead_lettered"]), (EVENTS, 0))
                self.assertEqual(self.mock.summary()["events"] - before["events"], EVENTS)

    def test_wrong_credentials_are_a_clear_error(self):
        relay = self.relay(delivery_proxy=f"http://user:wrong@{self.proxy.address}")
        self.post(relay)
        harness.wait_until(lambda: relay.metrics().get(NOT_SENT, 0) >= 1, "an attempt")

        self.assertIn("the proxy refused the tunnel with status 407; check the user and password", relay.log())
        self.assertEqual(relay.balance()["pending"], EVENTS)

    def test_the_certificate_is_pinterests_and_not_the_proxys(self):
        relay = self.relay(delivery_proxy=self.url, endpoint="https://other.pinterest.invalid")
        self.post(relay)
        harness.wait_until(lambda: "its certificate was refused: hostname mismatch" in relay.log(), "an attempt")

        self.assertEqual(self.mock.summary()["requests"], 0)
        self.assertEqual(relay.balance()["pending"], EVENTS)

    def test_hosts_that_are_exempt_and_a_key_that_says_none_go_without_it(self):
        for what, how in {
                "NO_PROXY": {"variables": {"HTTPS_PROXY": self.url, "NO_PROXY": "shop.example,127.0.0.0/8"}},
                "no_proxy": {"variables": {"https_proxy": self.url, "no_proxy": "*"}},
                "none": {"variables": {"HTTPS_PROXY": self.url}, "delivery_proxy": "none"}}.items():
            with self.subTest(what), harness.Workspace() as workspace:
                relay = workspace.relay(PINRELAY, self.mock, **how)
                self.post(relay)
                harness.wait_delivered(relay, EVENTS)

                self.assertEqual(self.proxy.heads, [])
                self.assertIn('proxy=""', relay.log())

    def test_a_proxy_that_cannot_be_used_is_named_without_its_password(self):
        for variable, url in {"HTTPS_PROXY": f"socks5://user:{PASSWORD}@{self.proxy.address}",
                              "PINRELAY_DELIVERY_PROXY": f"http://user:{PASSWORD}@{self.proxy.address}/path"}.items():
            with self.subTest(variable):
                env = {"PATH": os.environ["PATH"], "PINRELAY_AD_ACCOUNT_ID": harness.ACCOUNT,
                       "PINRELAY_ACCESS_TOKEN": harness.TOKEN, variable: url}
                ran = subprocess.run([PINRELAY, "check"], env=env, capture_output=True, text=True, timeout=harness.PATIENCE)

                said = ran.stdout + ran.stderr
                self.assertNotEqual(ran.returncode, 0)
                self.assertIn(f"environment: {variable}: ", said)
                self.assertNotIn(PASSWORD, said)


if __name__ == "__main__":
    unittest.main()
