"""The system's clock is set wrong, and right again: no event is given up for it, and none waits longer."""
import datetime
import os
import re
import sys
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]
CLOCK_JUMP = os.environ["CLOCK_JUMP"]

HOUR = 3600
DAY = 24 * HOUR
AWAY = {"fault": "status", "status": 503, "times": "forever"}
EVENTS = 5


class WrongClock(unittest.TestCase):
    def setUp(self):
        self.workspace = self.enterContext(harness.Workspace())
        self.mock = self.workspace.mock(MOCK, *self.workspace.script(AWAY))
        self.ahead = self.workspace.path / "ahead"
        self.set_clock(0)
        self.start()

    def set_clock(self, seconds_ahead):
        self.seconds_ahead = seconds_ahead
        new = self.workspace.path / "ahead.new"
        new.write_text(str(seconds_ahead))
        new.rename(self.ahead)

    def start(self):
        self.relay = self.workspace.relay(PINRELAY, self.mock, retry_base="20ms", retry_cap="200ms",
                                          preload={"LD_PRELOAD": CLOCK_JUMP, "CLOCK_JUMP_FILE": self.ahead})
        first = datetime.datetime.fromisoformat(re.match(r"time=(\S+)", self.relay.log()).group(1))
        self.assertAlmostEqual(first.timestamp() - time.time(), self.seconds_ahead, delta=HOUR / 2, msg="its clock is wrong")

    def requests(self):
        return self.mock.summary()["requests"]

    def wait_for_requests(self, count):
        before = self.requests()
        harness.wait_until(lambda: self.requests() >= before + count, "requests")

    def post_and_fail(self):
        self.assertEqual(self.relay.post([harness.sign_up(f"e-{number}") for number in range(EVENTS)])[0], 204)
        self.wait_for_requests(3)

    def expect_delivered(self):
        self.mock.play()
        balance = harness.wait_delivered(self.relay, EVENTS)
        self.assertEqual((balance["delivered"], balance["dead_lettered"]), (EVENTS, 0))

    def test_set_back_by_an_hour_it_keeps_nobody_waiting(self):
        self.post_and_fail()

        self.set_clock(-HOUR)

        self.wait_for_requests(2)
        self.expect_delivered()

    def test_set_back_by_a_month_before_a_start_it_keeps_nobody_waiting(self):
        self.post_and_fail()
        self.relay.end()
        self.set_clock(-30 * DAY)

        self.start()

        self.wait_for_requests(1)
        self.expect_delivered()

    def test_eight_days_ahead_for_a_moment_it_costs_no_event(self):
        self.post_and_fail()

        self.set_clock(8 * DAY)
        self.wait_for_requests(2)
        self.assertEqual(self.relay.post([harness.sign_up("meanwhile")])[0], 204)
        self.wait_for_requests(2)
        self.set_clock(0)

        self.mock.play()
        balance = harness.wait_delivered(self.relay, EVENTS + 1)
        self.assertEqual((balance["delivered"], balance["dead_lettered"]), (EVENTS + 1, 0))

    def test_eight_days_ahead_at_a_start_it_costs_no_event(self):
        self.post_and_fail()
        self.relay.end()
        self.set_clock(8 * DAY)

        self.start()
        harness.wait_until(lambda: self.relay.balance()["pending"] == EVENTS, "the events are there")
        self.set_clock(0)

        self.expect_delivered()


if __name__ == "__main__":
    unittest.main(verbosity=2)
