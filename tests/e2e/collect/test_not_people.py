"""Hits that are no visitor's are accepted, counted and kept from Pinterest; a server's events are not among them."""
import json
import os
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
HEADLESS = CHROME.replace("Chrome/", "HeadlessChrome/")


def browser(user_agent=CHROME, **more):
    headers = {name.replace("_", "-"): value for name, value in more.items()}
    return {"User-Agent": user_agent, "Sec-Fetch-Site": "same-origin", **headers}


class NotPeople(unittest.TestCase):
    def setUp(self):
        self.workspace = self.enterContext(harness.Workspace())
        self.mock = self.workspace.mock(MOCK)

    def dropped(self, relay):
        prefix = 'pinrelay_events_dropped_total{destination="pinterest:%s",reason="' % harness.ACCOUNT
        return {key[len(prefix):-2]: int(value) for key, value in relay.metrics().items() if key.startswith(prefix)}

    def test_each_kind_is_dropped_under_its_reason_and_visitors_are_not(self):
        relay = self.workspace.relay(PINRELAY, self.mock, debug_events="drop")
        hits = [({}, browser(GOOGLEBOT)), ({}, browser(HEADLESS)), ({}, {"Sec-Fetch-Site": "same-origin"}),
                ({"user_agent": GOOGLEBOT}, {"User-Agent": "axios/1.6.2"}),
                ({}, browser(Sec_Purpose="prefetch;prerender")),
                ({"page_location": "https://gtm-msr.appspot.com/render"}, browser()),
                ({"debug_mode": True}, browser()), ({"traffic_type": "internal"}, browser())]
        for number, (fields, headers) in enumerate(hits):
            self.assertEqual(relay.post(harness.sign_up(f"no-{number}", **fields), headers=headers)[0], 204)
        library = {"User-Agent": "python-requests/2.31.0"}
        for name, headers in (("visitor", browser()), ("library", library), ("silent", {})):
            self.assertEqual(relay.post(harness.sign_up(name), headers=headers)[0], 204)
        balance = harness.wait_delivered(relay, 3)

        self.assertEqual(self.dropped(relay),
                         {"bot": 4, "prefetch": 1, "preview": 1, "debug_event": 1, "internal_traffic": 1})
        self.assertEqual((balance["accepted"], balance["dropped"]), (11, 8))
        self.assertEqual({event["event_id"] for event in self.mock.events()}, {"visitor", "library", "silent"})

    def test_the_debug_answer_says_why(self):
        relay = self.workspace.relay(PINRELAY, self.mock)

        answer = json.loads(relay.post(harness.sign_up("x"), "/collect?debug=1", browser(GOOGLEBOT))[2])

        told = answer["events"][0]
        self.assertEqual((told["status"], told["reason"], told["field"]), ("dropped", "bot", "user_agent"))

    def test_all_of_them_are_sent_where_that_is_wanted(self):
        relay = self.workspace.relay(PINRELAY, self.mock, bots="send", prefetches="send", previews="send",
                                     internal_traffic="send")

        relay.post(harness.sign_up("all", traffic_type="internal", debug_mode=True),
                   headers=browser(GOOGLEBOT, Purpose="prefetch"))

        self.assertEqual(harness.wait_delivered(relay, 1)["dropped"], 0)

    def test_segment_calls_are_taken_where_that_is_switched_on(self):
        call = {"type": "track", "event": "Order Completed", "messageId": "m-1", "anonymousId": "a",
                "context": {"traits": {"email": "ada@example.com"}},
                "properties": {"order_id": "1", "revenue": 5, "currency": "EUR"}}
        off = self.workspace.relay(PINRELAY, self.mock)
        on = self.workspace.relay(PINRELAY, self.mock, data_dir=self.workspace.path / "other", segment="true")

        refused = off.post({"batch": [call]})
        taken = on.post({"batch": [call, {"type": "identify", "userId": "u"}]})
        harness.wait_delivered(on, 1)

        self.assertEqual((refused[0], json.loads(refused[2])["error"]["code"]), (400, "unsupported_form"))
        self.assertEqual(taken[0], 204)
        sent = [(event["event_name"], event["event_id"]) for event in self.mock.events()]
        self.assertEqual(sent, [("checkout", "m-1")])


if __name__ == "__main__":
    unittest.main()
