"""The connection or the answer goes wrong: nothing is lost, and nothing is sent again that Pinterest had answered for."""
import os
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]

EVENTS = 12
IDS = [f"e-{number}" for number in range(EVENTS)]
PROXY_PAGE = "<html><head><title>400 Bad Request</title></head><body>nginx</body></html>"

# What goes wrong before Pinterest has taken the events: each event arrives once.
TAKEN_LATER = {
    "a reset before the request was read": {"fault": "reset_before", "times": 2},
    "a reset while connections are made": {"fault": "close_handshake", "times": 2},
    "no answer": {"fault": "hang"},
    "the end of the connection in place of an answer": {"fault": "half_close", "times": 2},
    "an answer that is no HTTP": {"fault": "raw", "body": "\x00\x01 garbage \r\n\r\n", "times": 2},
    "an answer without end": {"fault": "raw", "body": "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"},
    "an answer longer than can be": {"fault": "raw", "body": "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n{"},
    "an answer of another protocol": {"fault": "raw", "body": "HTTP/9 what?"},
    "a timeout at Pinterest": {"fault": "status", "status": 408, "times": 2},
    "a server error": {"fault": "status", "status": 500, "times": 3},
    "an unreachable backend": {"fault": "status", "status": 502, "body": "<html>bad gateway</html>", "times": 2},
    "an outage": {"fault": "status", "status": 503, "retry_after": "1"},
    "a proxy that refuses by itself": {"fault": "status", "status": 400, "body": PROXY_PAGE, "times": 2},
    "a proxy that cannot process it": {"fault": "status", "status": 422, "body": PROXY_PAGE, "times": 2},
}

# What goes wrong after Pinterest has taken them: they are sent again as they were, which Pinterest folds.
TAKEN_TWICE = {
    "a reset in place of the answer": {"fault": "reset_after"},
    "an answer that comes too late": {"fault": "none", "delay": "5s"},
    "no answer, though taken": {"fault": "hang", "accept": True},
    "an answer that is no JSON": {"fault": "malformed_body", "body": "<html>"},
    "an answer that ends within its JSON": {"fault": "malformed_body"},
    "an answer cut short": {"fault": "truncated_body"},
    "an error, though taken": {"fault": "status", "status": 500, "accept": True},
}

# Odd, but clear: each event arrives once.
TAKEN_AT_ONCE = {
    "connections that end after each answer": {"fault": "close_after_answer", "times": "forever"},
    "an answer in small pieces": {"fault": "none", "drip": {"bytes": 50, "every": "1ms"}, "times": "forever"},
    # The count of processed events leaves no doubt, whatever is listed beside it.
    "an answer that lists one event less": {"fault": "count_mismatch", "difference": -1},
    "an answer that lists more events than were sent": {"fault": "count_mismatch", "difference": 3},
}


class DeliveryFaults(unittest.TestCase):
    def deliver(self, rule):
        """Sends events against the rule, and more once they are through; gives the mock's summary and events, the balance."""
        with harness.Workspace() as workspace:
            mock = workspace.mock(MOCK, *workspace.script(rule))
            relay = workspace.relay(PINRELAY, mock, retry_base="20ms", retry_cap="100ms", delivery_timeout="2s")
            for first, end in (0, EVENTS // 2), (EVENTS // 2, EVENTS):
                self.assertEqual(relay.post([harness.sign_up(event_id) for event_id in IDS[first:end]])[0], 204)
                balance = harness.wait_delivered(relay, end)
            return mock.summary(), mock.events(), balance

    def check(self, faults, twice):
        for what, rule in faults.items():
            with self.subTest(what):
                summary, events, balance = self.deliver(rule)

                self.assertEqual(sorted({event["event_id"] for event in events}), sorted(IDS))
                self.assertEqual(summary["unique"], EVENTS, "Pinterest counts each event once")
                self.assertEqual(summary["duplicates"] > 0, twice, summary)
                self.assertEqual((balance["delivered"], balance["dead_lettered"]), (EVENTS, 0))
                self.assert_the_same_each_time(events)

    def assert_the_same_each_time(self, events):
        sent = {}
        for event in events:
            self.assertEqual(sent.setdefault(event["event_id"], event), event, "sent again, but not as it was")

    def test_what_fails_before_it_was_taken_arrives_once(self):
        self.check(TAKEN_LATER, twice=False)

    def test_what_fails_after_it_was_taken_is_sent_again_as_it_was(self):
        self.check(TAKEN_TWICE, twice=True)

    def test_an_odd_but_clear_answer_is_understood(self):
        self.check(TAKEN_AT_ONCE, twice=False)


if __name__ == "__main__":
    unittest.main()
