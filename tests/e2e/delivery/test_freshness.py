"""After an outage fresh events go before the stale backlog: at Pinterest an old web event counts as an offline one."""
import os
import sys
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]

# One attempt a second, so that the outage ends before the fresh events have been tried so often that they make way.
OUTAGE = {"fault": "status", "status": 503, "retry_after": "1", "times": "forever"}
STALE = 5000
FRESH = 300
TWO_HOURS = 7200


class Freshness(unittest.TestCase):
    def post(self, relay, body):
        self.assertEqual(relay.post(body)[0], 204)

    def test_fresh_events_overtake_the_backlog(self):
        with harness.Workspace() as workspace:
            mock = workspace.mock(MOCK, "--quiet", *workspace.script(OUTAGE))
            relay = workspace.relay(PINRELAY, mock, max_events=1000)
            long_ago = int(time.time()) - TWO_HOURS
            for first in range(0, STALE, 1000):
                self.post(relay, [harness.sign_up(f"stale-{first + n}", timestamp=long_ago + n) for n in range(1000)])
            harness.wait_until(lambda: mock.summary()["requests"] >= 2, "the backlog is tried")
            self.post(relay, [harness.sign_up(f"fresh-{n}") for n in range(FRESH)])
            seen = mock.summary()["requests"]
            harness.wait_until(lambda: mock.summary()["requests"] > seen, "the outage goes on")

            mock.play()
            harness.wait_delivered(relay, STALE + FRESH)
            events = mock.events()

        fresh_since = long_ago + TWO_HOURS - 1
        self.assertEqual([event["event_time"] >= fresh_since for event in events], [True] * FRESH + [False] * STALE)
        self.assertEqual(len({event["event_id"] for event in events}), STALE + FRESH, "each once")


if __name__ == "__main__":
    unittest.main()
