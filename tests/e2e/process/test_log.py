"""What an operator reads in the log of a relay that is set up wrongly, or well."""
import os
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]

VISITOR = "198.51.100.23"
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
           "Sec-Fetch-Site": "same-origin"}


def page_view(number, host="shop.example"):
    return {"event": "page_view", "event_id": f"page-{number}", "page_location": f"https://{host}/"}


class Log(unittest.TestCase):
    def setUp(self):
        self.workspace = self.enterContext(harness.Workspace())
        self.mock = self.workspace.mock(MOCK)

    def start(self, **settings):
        self.relay = self.workspace.relay(PINRELAY, self.mock, **settings)

    # The lines of the log, once the relay has ended.
    def lines(self, *words):
        self.relay.end()
        return [line for line in self.relay.log_path.read_text().splitlines() if all(word in line for word in words)]

    def test_a_proxy_that_is_not_trusted_is_named_with_what_to_do(self):
        self.start()
        for number in range(20):
            self.relay.post(page_view(number), headers={**BROWSER, "X-Forwarded-For": VISITOR})

        self.assertEqual(len(self.lines("level=warning", "peer=127.0.0.1", "X-Forwarded-For",
                                        "collect.trusted_proxies")), 1, self.relay.log_path.read_text())
        self.assertEqual(len(self.lines("reason=no_match_keys", "advice=")), 1)
        self.assertEqual(len(self.lines("level=warning", "20 of 20 events dropped in the last minute: "
                                                         "no_match_keys 20", "proxy_not_trusted 20")), 1)
        self.assertNotIn(VISITOR, self.relay.log_path.read_text())

    def test_a_host_that_no_account_takes_is_named_with_what_the_accounts_list(self):
        config = self.workspace.path / "pinrelay.json"
        config.write_text('{"accounts": [{"ad_account_id": "549755885175", "access_token": "pina_x", '
                          '"hosts": ["shop.example"]}]}')
        self.start(config=str(config), ad_account_id=None, access_token=None)
        for number in range(3):
            self.relay.post(page_view(number, "www.shop.example"), headers=BROWSER)

        self.assertEqual(len(self.lines("level=warning", "reason=no_account", "www.shop.example", "shop.example",
                                        "advice=")), 1, self.relay.log_path.read_text())

    def test_a_healthy_relay_says_what_a_minute_brought(self):
        self.start()
        for number in range(3):
            self.relay.post(harness.sign_up(f"e-{number}"))
        harness.wait_delivered(self.relay, 3)

        self.assertEqual(len(self.lines("level=info", "3 events accepted in the last minute, none dropped",
                                        "delivered=3", "pending=0")), 1, self.relay.log_path.read_text())

    def test_each_event_has_a_line_at_debug_and_nothing_of_its_person(self):
        self.start(log_level="debug")
        self.relay.post({"event": "sign_up", "event_id": "e-1", "user_data": {"email": "jane.roe@example.com"}})
        self.relay.post({"event": "sign_up", "event_id": "e-1", "user_data": {"email": "jane.roe@example.com"}})

        self.assertEqual(len(self.lines("level=debug", "event=sign_up", "id=e-1", "outcome=sent")), 1)
        self.assertEqual(len(self.lines("level=debug", "event=sign_up", "outcome=duplicate")), 1)
        self.assertNotIn("jane", self.relay.log_path.read_text())


if __name__ == "__main__":
    unittest.main()
