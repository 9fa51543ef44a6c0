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

    def test_a_trusted_proxy_with_the_other_header_is_named_with_the_key(self):
        self.start(trusted_proxies="127.0.0.1")
        for number in range(3):
            self.relay.post(page_view(number), headers={**BROWSER, "Forwarded": f"for={VISITOR}"})

        self.assertEqual(len(self.lines("level=warning", "header=Forwarded", "PINRELAY_FORWARDED_HEADER")), 1,
                         self.relay.log_path.read_text())

    def test_what_is_refused_by_its_head_is_said_once_and_summed_up(self):
        self.start(max_body_bytes="1KiB")
        for number in range(2):
            self.relay.post(b"x" * 2000)
            self.relay.post(page_view(number), path="/api/events", headers=BROWSER)
            self.relay.request("GET", "/robots.txt")

        for code, advice in (("body_too_large", "collect.max_body_bytes"), ("not_found", "collect.prefixes")):
            self.assertEqual(len(self.lines("level=warning", f"code={code}", "advice=", advice)), 1,
                             self.relay.log_path.read_text())
        self.assertEqual(len(self.lines("level=warning", "4 requests refused as a whole in the last minute: "
                                                         "body_too_large 2, not_found 2")), 1,
                         self.relay.log_path.read_text())

    def test_a_refused_sender_is_said_with_what_to_do(self):
        keys = self.workspace.path / "keys"
        keys.write_text("a-long-shared-key-of-the-shop\n")
        config = self.workspace.path / "pinrelay.json"
        config.write_text('{"accounts": [{"ad_account_id": "549755885175", "access_token": "pina_x", '
                          f'"keys_file": "{keys}"}}]}}')
        self.start(config=str(config), ad_account_id=None, access_token=None)
        for number in range(3):
            self.relay.post(page_view(number), headers={"X-Pinrelay-Key": "a-wrong-key-of-somebody"})

        self.assertEqual(len(self.lines("level=warning", "code=key_wrong", "advice=", "keys_file")), 1,
                         self.relay.log_path.read_text())
        self.assertNotIn("a-wrong-key", self.relay.log_path.read_text())

    def test_members_that_are_no_events_are_no_loss(self):
        self.start()
        self.relay.post([["js", "2026-01-01"], ["config", "G-1"], harness.sign_up("e-1")])
        harness.wait_delivered(self.relay, 1)

        self.assertEqual(len(self.lines("dropped in the last minute")), 0, self.relay.log_path.read_text())
        self.assertEqual(len(self.lines("reached no account")), 0)

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

    def test_the_line_of_an_event_at_debug_has_the_trace_of_its_request(self):
        self.start(log_level="debug")
        trace, span = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
        self.relay.post({"event": "sign_up", "event_id": "e-1", "user_data": {"email": "jane.roe@example.com"}},
                        headers={"traceparent": f"00-{trace}-{span}-01"})

        self.assertEqual(len(self.lines("level=debug", "id=e-1", f"trace_id={trace}", f"span_id={span}")), 1)


if __name__ == "__main__":
    unittest.main()
