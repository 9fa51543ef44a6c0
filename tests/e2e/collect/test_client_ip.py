"""How much of the visitor's address is stored and sent: client_ip."""
import json
import os
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]

ADDRESS, NEIGHBOUR = "203.0.113.45", "203.0.113.46"
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
           "Sec-Fetch-Site": "same-origin"}


class ClientIp(unittest.TestCase):
    def setUp(self):
        self.workspace = self.enterContext(harness.Workspace())
        self.mock = self.workspace.mock(MOCK)

    def start(self, policy):
        self.relay = self.workspace.relay(PINRELAY, self.mock, client_ip=policy, log_level="debug", debug="true",
                                          trusted_proxies="127.0.0.1")

    def post(self, event, address=ADDRESS, path="/collect"):
        return self.relay.post(event, path, {**BROWSER, "X-Forwarded-For": address})

    def assert_nowhere(self, address):
        for path in [*self.relay.data_dir.iterdir(), self.relay.log_path, self.mock.record_path]:
            self.assertNotIn(address.encode(), path.read_bytes(), path)

    def test_a_truncated_address_is_the_only_one_that_is_stored_sent_and_shown(self):
        self.start("truncated")

        shown = json.loads(self.post(harness.sign_up("e-1"), path="/collect?debug=1")[2])
        self.post(harness.sign_up("e-1"))
        harness.wait_delivered(self.relay, 1)

        self.assertEqual(shown["events"][0]["pinterest"]["user_data"]["client_ip_address"], "203.0.113.0")
        self.assertEqual(self.mock.events()[0]["user_data"]["client_ip_address"], "203.0.113.0")
        self.assert_nowhere(ADDRESS)

    def test_visitors_of_one_network_are_still_told_apart(self):
        self.start("truncated")
        event = {"event": "sign_up", "event_id": "cached-page"}

        for address in (ADDRESS, NEIGHBOUR, ADDRESS):
            self.assertEqual(self.post(event, address)[0], 204)
        harness.wait_delivered(self.relay, 2)

        self.assertEqual(len(self.mock.events()), 2)

    def test_without_any_address_an_event_of_nobody_known_is_dropped(self):
        self.start("none")

        self.post({"event": "sign_up", "event_id": "e-1"})
        self.post(harness.sign_up("e-2"))
        harness.wait_delivered(self.relay, 1)

        self.assertNotIn("client_ip_address", self.mock.events()[0]["user_data"])
        dropped = [value for key, value in self.relay.metrics().items() if 'reason="no_match_keys"' in key]
        self.assertEqual(set(dropped), {1})
        self.assert_nowhere("203.0.113")


if __name__ == "__main__":
    unittest.main()
