"""Dead letters have a part of the store of their own: however many there are, events are taken and delivered."""
import os
import re
import subprocess
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]

FAIL_BAD_ONES = {"fault": "fail_events", "event_id_contains": "bad", "message": "cannot use this one", "times": "forever"}
MIB = 1024 * 1024
STORE = 4 * MIB
QUOTA = STORE // 10
REMOVED = f'pinrelay_dead_letters_removed_total{{destination="pinterest:{harness.ACCOUNT}",reason="quota"}}'
BYTES = f'pinrelay_dead_letter_bytes{{destination="pinterest:{harness.ACCOUNT}"}}'


class DeadLetters(unittest.TestCase):
    def setUp(self):
        self.workspace = self.enterContext(harness.Workspace())
        self.mock = self.workspace.mock(MOCK, *self.workspace.script(FAIL_BAD_ONES))
        self.good = 0
        self.start()

    def start(self, **settings):
        self.relay = self.workspace.relay(PINRELAY, self.mock, spool_max_bytes=STORE, **settings)

    def flood(self, requests, name="flood"):
        """Events that die, several times the store; a good client in between."""
        for request in range(requests):
            self.assertEqual(self.relay.post([harness.large_purchase(f"{name}-bad-{request}-{number}") for number in range(50)])[0], 204)
            harness.wait_until(self.all_settled, "all are settled")

    def all_settled(self):
        """Each event that Pinterest takes tells that some of the refused ones are to blame: sends another while any waits."""
        if self.relay.balance()["pending"] == 0:
            return True
        self.good += 1
        self.assertEqual(self.relay.post([harness.sign_up(f"good-{self.good}")])[0], 204)
        return False

    def test_a_flood_of_them_refuses_no_event(self):
        self.flood(20)  # 12 MB

        metrics = self.relay.metrics()
        self.assertLessEqual(metrics[BYTES], QUOTA)
        self.assertEqual(metrics["pinrelay_dead_letter_max_bytes"], QUOTA)
        self.assertEqual(metrics["pinrelay_spool_full"], 0)
        self.assertGreater(metrics[REMOVED], 900)
        balance = self.relay.balance()
        self.assertEqual((balance["delivered"], balance["dead_lettered"]), (self.good, 1000))
        self.assertEqual(self.relay.log().count("dead letters were removed"), 1)

    def test_the_tools_report_what_they_take_and_what_was_removed(self):
        self.flood(2)

        stats = self.run_tool("stats")
        listed = self.run_tool("list", "--limit", "1")

        self.assertRegex(stats, rf"of at most {(QUOTA + 1023) // 1024} KiB \(dead_letters.max_bytes\), kept for 30d")
        letters, removed = re.search(rf"pinterest:{harness.ACCOUNT} +(\d+) +\d+ KiB +(\d+) +0\n", stats).groups()
        self.assertEqual(int(letters) + int(removed), 100)
        self.assertIn("bytes", listed.splitlines()[0])
        self.assertEqual(self.run_tool("check", code=0).count("\n"), 1)

    def test_a_store_that_was_full_of_them_takes_events_after_a_start_with_a_quota(self):
        self.relay.end()
        self.start(dead_letters_max_bytes=STORE // 4)
        self.flood(4)
        self.assertGreater(self.relay.metrics()[BYTES], QUOTA)
        self.relay.end()

        self.start(dead_letters_max_bytes="100KiB")

        self.assertEqual(self.relay.post([harness.sign_up("good")])[0], 204)
        harness.wait_until(lambda: self.relay.metrics()[BYTES] <= 100 * 1024, "the surplus is removed")

    def run_tool(self, *arguments, code=0):
        env = {name: value for name, value in os.environ.items() if not name.startswith("PINRELAY_")}
        env.update({"PINRELAY_DATA_DIR": str(self.relay.data_dir), "PINRELAY_AD_ACCOUNT_ID": harness.ACCOUNT,
                    "PINRELAY_ACCESS_TOKEN": harness.TOKEN, "PINRELAY_SPOOL_MAX_BYTES": str(STORE)})
        result = subprocess.run([PINRELAY, "spool", *arguments], env=env, capture_output=True, text=True,
                                timeout=4 * harness.PATIENCE)
        self.assertEqual(result.returncode, code, result.stdout + result.stderr)
        return result.stdout


if __name__ == "__main__":
    unittest.main(verbosity=2)
