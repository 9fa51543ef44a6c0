"""What was acknowledged is delivered, whatever happens to the process in between."""
import os
import signal
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]


class Restart(unittest.TestCase):
    def test_events_survive_a_kill_while_pinterest_is_away(self):
        with harness.Workspace() as workspace:
            mock = workspace.mock(MOCK, *workspace.script({"fault": "status", "status": 503, "times": "forever"}))
            relay = workspace.relay(PINRELAY, mock)
            for number in range(50):
                self.assertEqual(relay.post(harness.sign_up(f"e-{number}"))[0], 204)
            relay.end(signal.SIGKILL)
            mock.end()

            mock = workspace.mock(MOCK)
            relay = workspace.relay(PINRELAY, mock)
            harness.wait_until(lambda: len(mock.events()) >= 50, "all events after the restart")
            harness.wait_until(lambda: relay.balance()["pending"] == 0, "nothing pending")

            self.assertEqual({e["event_id"] for e in mock.events()}, {f"e-{n}" for n in range(50)})

    def test_a_clean_restart_sends_nothing_twice(self):
        with harness.Workspace() as workspace:
            mock = workspace.mock(MOCK)
            relay = workspace.relay(PINRELAY, mock)
            for number in range(30):
                relay.post(harness.sign_up(f"e-{number}"))
            self.assertEqual(relay.end(), 0)

            relay = workspace.relay(PINRELAY, mock)
            harness.wait_until(lambda: len(mock.events()) >= 30 and relay.balance()["pending"] == 0, "all delivered")

            ids = [e["event_id"] for e in mock.events()]
            self.assertEqual(sorted(ids), sorted(f"e-{n}" for n in range(30)))

    def test_the_account_of_events_balances_over_a_restart(self):
        with harness.Workspace() as workspace:
            mock = workspace.mock(MOCK)
            relay = workspace.relay(PINRELAY, mock)
            for number in range(10):
                relay.post(harness.sign_up(f"e-{number}"))
            harness.wait_delivered(relay, 10)
            relay.end()

            relay = workspace.relay(PINRELAY, mock)
            balance = relay.balance()

            self.assertEqual((balance["accepted"], balance["delivered"]), (10, 10))


if __name__ == "__main__":
    unittest.main()
