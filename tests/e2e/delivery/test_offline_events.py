"""Pinterest never folds offline events: one that may have arrived is kept as a dead letter and not sent again. They share
no request with web events, so that only a request of their own can cost them."""
import os
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]

WEB = [f"web-{number}" for number in range(6)]
OFFLINE = [f"offline-{number}" for number in range(4)]

# After these nobody can tell whether the events arrived. The rules hold for one request only.
AMBIGUOUS = {
    "a reset in place of the answer": {"fault": "reset_after"},
    "a reset before the request was read": {"fault": "reset_before"},
    "no answer": {"fault": "hang"},
    "no answer, though taken": {"fault": "hang", "accept": True},
    "the end of the connection": {"fault": "half_close"},
    "an answer that is no JSON": {"fault": "malformed_body"},
    "an answer cut short": {"fault": "truncated_body"},
    "garbage": {"fault": "raw"},
    "an error": {"fault": "status", "status": 500},
    "an error, though taken": {"fault": "status", "status": 500, "accept": True},
    "a gateway's timeout": {"fault": "status", "status": 504, "accept": True},
    "a refusal without details": {"fault": "status", "status": 422},
}
# After these it is clear that nothing was taken.
CLEAR = {
    "a failed handshake": {"fault": "close_handshake", "times": 2},
    "too many requests": {"fault": "status", "status": 429, "retry_after": "0", "times": 2},
    "an outage": {"fault": "status", "status": 503, "times": 2},
}


class OfflineEvents(unittest.TestCase):
    def deliver(self, rule):
        """Sends web and offline events at once; gives the relay's balance, the dead letters that are explained,
        the mock's summary and the ids that came, one per event."""
        with harness.Workspace() as workspace:
            mock = workspace.mock(MOCK, *workspace.script(rule))
            relay = workspace.relay(PINRELAY, mock, retry_base="20ms", retry_cap="100ms", delivery_timeout="2s")
            body = [*map(harness.sign_up, WEB), *(harness.sign_up(i, action_source="offline") for i in OFFLINE)]
            self.assertEqual(relay.post(body)[0], 204)
            harness.wait_until(lambda: relay.balance()["accepted"] and not relay.balance()["pending"], "all is settled")
            balance = relay.balance()
            explained = relay.metrics().get(
                f'pinrelay_events_dead_lettered_total{{destination="pinterest:{harness.ACCOUNT}",'
                'reason="ambiguous_offline"}', 0)
            return balance, explained, mock.summary(), [event["event_id"] for event in mock.events()]

    def test_one_that_may_have_arrived_is_not_sent_again(self):
        for what, rule in AMBIGUOUS.items():
            with self.subTest(what):
                balance, explained, summary, arrived = self.deliver({**rule, "when": {"requests": 2}})

                self.assertEqual((balance["delivered"], balance["dead_lettered"]), (len(WEB), len(OFFLINE)))
                self.assertEqual(explained, len(OFFLINE))
                self.assertEqual([i for i in OFFLINE if arrived.count(i) > 1], [], "Pinterest would count it twice")
                self.assertEqual(set(WEB) - set(arrived), set(), "the web events beside them are delivered")
                self.assertEqual(summary["unique"], len(WEB) + len(set(OFFLINE) & set(arrived)))

    def test_what_becomes_of_a_request_of_web_events_costs_no_offline_event(self):
        for what, rule in AMBIGUOUS.items():
            with self.subTest(what):
                balance, _, summary, arrived = self.deliver({**rule, "when": {"requests": 1}})

                self.assertEqual((balance["delivered"], balance["dead_lettered"]), (len(WEB) + len(OFFLINE), 0))
                self.assertEqual(sorted(set(arrived)), sorted(WEB + OFFLINE))
                self.assertEqual([i for i in OFFLINE if arrived.count(i) > 1], [])
                self.assertEqual(summary["unique"], len(WEB) + len(OFFLINE))

    def test_one_that_cannot_have_arrived_is_sent_again(self):
        for what, rule in CLEAR.items():
            with self.subTest(what):
                balance, _, summary, arrived = self.deliver(rule)

                self.assertEqual((balance["delivered"], balance["dead_lettered"]), (len(WEB) + len(OFFLINE), 0))
                self.assertEqual(sorted(arrived), sorted(WEB + OFFLINE))
                self.assertEqual(summary["duplicates"], 0)


if __name__ == "__main__":
    unittest.main()
