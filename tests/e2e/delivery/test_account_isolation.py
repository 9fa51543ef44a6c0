"""What happens to one ad account leaves the others alone."""
import os
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402
import two_accounts  # noqa: E402
from two_accounts import A, B  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]

BACKLOG = 3000
EVENTS = 100
PER_SECOND = 100
FLOOD_PER_SECOND = 2000


class AccountIsolation(unittest.TestCase):
    def start(self, workspace, rules, **settings):
        mock = workspace.mock(MOCK, "--quiet", *workspace.script(*rules))
        return mock, two_accounts.start_relay(workspace, PINRELAY, mock, batch_linger="10ms", retry_base="20ms",
                                              retry_cap="100ms", shutdown_grace="0ms", **settings)

    def assert_all_of_b_once(self, mock):
        ids = [record["event"]["event_id"] for record in mock.records() if record["account"] == B]
        self.assertEqual(len(ids), EVENTS)
        self.assertEqual(len(set(ids)), EVENTS)

    def test_b_is_delivered_while_a_is_not(self):
        for what in "A gets no answers", "A's token is refused", "A gets errors":
            with self.subTest(what), harness.Workspace() as workspace:
                mock, relay = self.start(workspace, two_accounts.CONDITIONS[what])
                for first in range(0, BACKLOG, 1000):
                    two_accounts.post(relay, A, [f"a-{first + n}" for n in range(1000)])
                harness.wait_until(lambda: mock.summary()["requests"] > 0, "A was tried")
                took = two_accounts.latencies(relay, mock, "b", EVENTS, PER_SECOND)
                print(f"B while {what}: {two_accounts.describe(took)}")

                self.assert_all_of_b_once(mock)
                self.assertEqual(two_accounts.pending(relay, A), BACKLOG)
                self.assertEqual([record for record in mock.records() if record["account"] == A], [])

    def test_a_cannot_fill_the_store_that_b_needs(self):
        with harness.Workspace() as workspace:
            mock, relay = self.start(workspace, two_accounts.CONDITIONS["A gets no answers"], spool_max_records=1000)
            number = 0
            while (answer := relay.post([harness.sign_up(f"a-{number}-{n}") for n in range(50)], two_accounts.PATHS[A]))[0] == 204:
                number += 1
                self.assertLess(number, 20, "A was never told that its share is full")
            two_accounts.post(relay, B, [f"b-{n}" for n in range(EVENTS)])
            harness.wait_until(lambda: two_accounts.pending(relay, B) == 0, "B is delivered")

            self.assertEqual(answer[0], 503)
            self.assertIn(b"account_share", answer[2])
            self.assertEqual(two_accounts.pending(relay, A), 750)
            self.assertEqual(relay.metrics()['pinrelay_requests_rejected_total{code="account_share"}'], 1)
            self.assertEqual(relay.metrics()["pinrelay_spool_full"], 0)
            self.assert_all_of_b_once(mock)

    def test_b_is_delivered_while_a_is_flooded(self):
        with harness.Workspace() as workspace:
            mock, relay = self.start(workspace, [])
            alone = two_accounts.latencies(relay, mock, "b-alone", EVENTS // 2, PER_SECOND)
            with two_accounts.Flood(relay, FLOOD_PER_SECOND) as flood:
                harness.wait_until(lambda: relay.balance()["accepted"] >= EVENTS // 2 + 1000, "the flood is there")
                beside = two_accounts.latencies(relay, mock, "b-beside", EVENTS // 2, PER_SECOND)

                self.assertTrue(flood.running())
                self.assert_all_of_b_once(mock)
            balance = harness.wait_until(lambda: (b := relay.balance())["pending"] == 0 and b, "A is delivered, too")
            print(f"B while A has nothing: {two_accounts.describe(alone)}\nB while A is flooded: {two_accounts.describe(beside)}")

            self.assertEqual(balance["delivered"], balance["accepted"])
            self.assertEqual(mock.summary()["duplicates"], 0)


if __name__ == "__main__":
    unittest.main()
