"""Delivery tells its story: which account waits, why, since when and until when; and what a restart finds."""
import json
import os
import subprocess
import sys
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]
NAME = f"pinterest:{harness.ACCOUNT}"
QUIET_ACCOUNT = "549000000000"
OTHER_TOKEN = "pina_TEST_ONLY_another_token_that_is_not_real_98765"


class DeliveryStory(unittest.TestCase):
    def setUp(self):
        self.workspace = self.enterContext(harness.Workspace())
        self.file = self.workspace.path / "pinrelay.json"
        self.token_file = self.workspace.path / "token"
        self.data_dir = self.workspace.path / "data"

    def start(self, token):
        self.token_file.write_text(token)
        self.file.write_text(json.dumps({
            "endpoint": self.mock.url, "ca_file": str(self.mock.ca_file),
            "accounts": [{"ad_account_id": QUIET_ACCOUNT, "access_token_file": str(self.token_file),
                          "hosts": ["quiet.example"]},
                         {"ad_account_id": harness.ACCOUNT, "access_token_file": str(self.token_file)}],
            "delivery": {"retry_base": "20ms", "retry_cap": "50ms", "probe_interval": "1h"}}))
        self.relay = self.workspace.relay(PINRELAY, None, data_dir=self.data_dir, config=self.file)

    def tool(self, *arguments):
        env = {**harness.clean_environment(), "PINRELAY_CONFIG": str(self.file), "PINRELAY_DATA_DIR": str(self.data_dir),
               "PINRELAY_ADMIN": f"127.0.0.1:{self.relay.admin_port}"}
        done = subprocess.run([PINRELAY, *map(str, arguments)], env=env, capture_output=True, text=True,
                              timeout=harness.PATIENCE)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def post(self, *ids):
        self.assertEqual(self.relay.post([harness.sign_up(event_id) for event_id in ids])[0], 204)

    def state(self, name=NAME):
        accounts = json.loads(self.relay.admin("/accounts"))["accounts"]
        return next(account for account in accounts if account["account"] == name)

    def test_a_paused_account_is_named_everywhere_and_a_reload_with_a_good_token_sends_at_once(self):
        self.mock = self.workspace.mock(MOCK)
        self.start(OTHER_TOKEN)
        self.post("one", "two")
        harness.wait_until(lambda: self.state()["delivery"] == "paused", "the account is paused")

        ready = self.relay.admin("/readyz")
        stats = self.tool("spool", "stats")
        self.token_file.write_text(harness.TOKEN)
        began = time.monotonic()
        self.tool("reload")
        harness.wait_delivered(self.relay, 2)

        self.assertTrue(ready.startswith("ready\n"), ready)
        self.assertIn(f"paused: {NAME}: the access token is invalid", ready)
        self.assertRegex(stats, rf"{NAME} +paused +\d+s ago +1 +in 59m +401, \d+s ago +0 +the access token is invalid")
        self.assertRegex(stats, rf"pinterest:{QUIET_ACCOUNT} +0 +0 +0 +0 +0 +-")
        self.assertRegex(stats, rf"pinterest:{QUIET_ACCOUNT} +working +- +- +- +- +0 +-")
        self.assertLess(time.monotonic() - began, 10, "it does not wait for the next probe in an hour")
        self.assertIn("the pause is over; delivery works again", self.relay.log())
        self.assertEqual(self.state()["delivery"], "working")
        self.assertEqual(self.relay.admin("/readyz"), "ready\n")

    def test_a_reload_that_mends_nothing_leaves_the_pause(self):
        self.mock = self.workspace.mock(MOCK)
        self.start(OTHER_TOKEN)
        self.post("one")
        harness.wait_until(lambda: self.state()["delivery"] == "paused", "the account is paused")
        requests = self.mock.summary()["requests"]

        self.tool("reload")
        harness.wait_until(lambda: self.mock.summary()["requests"] > requests, "one try under the new configuration")
        harness.wait_until(lambda: self.relay.log().count("delivery is paused") == 2, "which says that it failed")

        self.assertEqual(self.state()["delivery"], "paused")
        self.assertEqual(self.relay.balance()["pending"], 1)

    def test_a_restart_says_how_many_events_waited_and_when_they_are_out(self):
        self.mock = self.workspace.mock(MOCK, *self.workspace.script({"fault": "status", "status": 503, "times": "forever"}))
        self.start(harness.TOKEN)
        self.post("one", "two", "three")
        harness.wait_until(lambda: self.state()["delivery"] == "failing", "it fails")
        self.assertEqual(self.relay.end(), 0)
        left = self.relay.log()
        down = self.tool("spool", "stats")
        self.mock.play()
        self.start(harness.TOKEN)
        harness.wait_until(lambda: "are out" in self.relay.log(), "the events are out")
        log = self.relay.log()

        self.assertIn('msg="not drained: events are left; they are kept and sent after the next start" pending=3', left)
        self.assertIn("not running: events wait until a relay is started", down)
        self.assertRegex(log, rf'events of a former run wait; they are sent now" destination={NAME} events=3')
        self.assertRegex(log, rf'are out" destination={NAME} events=3 delivered=3 dead_letters=0')
        self.assertEqual(self.relay.end(), 0)
        self.assertIn('msg="drained; every event is delivered or a dead letter" pending=0', self.relay.log())

    def test_attempts_count_every_request(self):
        self.mock = self.workspace.mock(MOCK, *self.workspace.script(
            {"fault": "status", "status": 400, "when": {"body_contains": "bad"}, "times": "forever"}))
        self.start(harness.TOKEN)
        self.post("one", "bad", "three", "four")
        harness.wait_delivered(self.relay, 3)

        letter = json.loads(self.tool("spool", "show", 1))

        self.assertEqual(letter["event_id"], "bad")
        self.assertEqual(letter["attempts"], 3, "all four, the half, and alone")


if __name__ == "__main__":
    unittest.main()
