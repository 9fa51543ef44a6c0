"""`pinrelay spool` beside a running relay: dead letters are read, replayed and purged, and the account balances."""
import json
import os
import re
import subprocess
import sys
import threading
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]

FAIL_BAD_ONES = {"fault": "fail_events", "event_id_contains": "bad", "message": "cannot use this one", "times": "forever"}


def tool(data_dir, *arguments, file=None):
    """`pinrelay spool …` with the configuration of harness.Relay, or with that of a file."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PINRELAY_")}
    env["PINRELAY_DATA_DIR"] = str(data_dir)
    if file is None:
        env.update({"PINRELAY_AD_ACCOUNT_ID": harness.ACCOUNT, "PINRELAY_ACCESS_TOKEN": harness.TOKEN})
    else:
        env["PINRELAY_CONFIG"] = str(file)
    return subprocess.run([PINRELAY, "spool", *map(str, arguments)], env=env, capture_output=True, text=True,
                          timeout=4 * harness.PATIENCE)


class SpoolTool(unittest.TestCase):
    def setUp(self):
        self.taken = 0
        self.workspace = self.enterContext(harness.Workspace())
        self.mock = self.workspace.mock(MOCK, *self.workspace.script(FAIL_BAD_ONES))
        self.relay = self.workspace.relay(PINRELAY, self.mock)

    def run_tool(self, *arguments, code=0, **more):
        result = tool(self.relay.data_dir, *arguments, **more)
        self.assertEqual(result.returncode, code, result.stdout + result.stderr)
        return result.stdout

    def send(self, events):
        self.assertEqual(self.relay.post(events)[0], 204)

    def wait_for_letters(self, count, take_others=False):
        """Until so many events are dead letters. Many refused events that come behind the last good one wait for others."""

        def are_there():
            balance = self.relay.balance()
            if take_others and balance["dead_lettered"] < count:
                self.take_one()
            return balance["dead_lettered"] == count and balance["pending"] == 0

        harness.wait_until(are_there, f"{count} dead letters")

    def take_one(self):
        """Another event is taken, so that Pinterest works and those that it refuses are at fault."""
        self.taken += 1
        self.send(harness.sign_up(f"taken-{self.taken}"))

    def bury(self, ids):
        self.send([harness.sign_up(each) for each in ids])
        self.take_one()
        self.wait_for_letters(self.relay.balance()["dead_lettered"] + len(ids))

    def processed(self):
        """The events that Pinterest has processed, by id: a list for each."""
        events = {}
        for record in self.mock.records():
            if record["verdict"]["status"] == "processed" and not record["event"]["event_id"].startswith("taken"):
                events.setdefault(record["event"]["event_id"], []).append(record["event"])
        return events

    def assert_balances(self):
        balance = self.relay.balance()
        self.assertEqual(balance["accepted"] + balance["replayed"],
                         balance["delivered"] + balance["dead_lettered"] + balance["dropped"] + balance["pending"], balance)

    def test_stats_say_what_waits_and_what_died(self):
        self.bury(["bad-1", "bad-2"])

        text = self.run_tool("stats")

        self.assertIn(f"process {self.relay.child.pid} works here", text)
        self.assertRegex(text, rf"pinterest:{harness.ACCOUNT} +3 +0 +1 +2 +0 +-")
        self.assertRegex(text, rf"pinterest:{harness.ACCOUNT} +refused +2 ")

    def test_a_letter_is_listed_shown_and_exported(self):
        self.bury(["bad-1", "bad-2"])

        listed = self.run_tool("list", "--reason", "refused", "--newer-than", "1h", "--account", harness.ACCOUNT)
        filtered = self.run_tool("list", "--older-than", "1d")
        shown = json.loads(self.run_tool("show", 1))
        exported = [json.loads(line) for line in self.run_tool("export").splitlines()]

        self.assertLess(listed.index("bad-2"), listed.index("bad-1"), "the newest first")
        self.assertIn("cannot use this one", listed)
        self.assertEqual(filtered, "no dead letters\n")
        self.assertEqual((shown["event_id"], shown["reason"], shown["source_name"]), ("bad-1", "refused", "sign_up"))
        self.assertEqual(shown["body"]["event_id"], "bad-1")
        self.assertEqual([letter["event_id"] for letter in exported], ["bad-1", "bad-2"])
        self.assertEqual(exported[0], shown)
        self.run_tool("show", 99, code=1)

    def test_a_replay_delivers_each_letter_once_under_its_own_identity(self):
        ids = [f"bad-{number}" for number in range(30)]
        self.bury(ids)
        before = {letter["event_id"]: letter["body"]["event_time"]
                  for letter in map(json.loads, self.run_tool("export").splitlines())}
        self.mock.play()

        text = self.run_tool("replay", "--reason", "refused")
        harness.wait_delivered(self.relay, len(ids) + self.taken)
        again = self.run_tool("replay", "--reason", "refused")

        self.assertTrue(text.startswith("30 dead letters given to delivery again"), text)
        self.assertTrue(again.startswith("0 dead letters"), again)
        processed = self.processed()
        self.assertEqual({each: len(events) for each, events in processed.items()}, dict.fromkeys(ids, 1))
        self.assertEqual({each: events[0]["event_time"] for each, events in processed.items()}, before)
        self.assertEqual(self.relay.balance(), {"accepted": 31, "replayed": 30, "delivered": 31, "dead_lettered": 30,
                                                "dropped": 0, "pending": 0})
        self.assertEqual(self.run_tool("list"), "no dead letters\n")

    def test_a_letter_that_is_refused_again_dies_again(self):
        self.bury(["bad-1"])

        self.run_tool("replay", "--all")
        self.take_one()
        self.wait_for_letters(2)

        self.assertRegex(self.run_tool("list"), r" +2 .* bad-1 ")  # under a new number
        self.assert_balances()

    def test_todays_rules_rename_and_drop(self):
        self.send([harness.sign_up("bad-1"), {**harness.sign_up("bad-2"), "event": "purchase", "value": 5, "currency": "EUR"}])
        self.take_one()
        self.wait_for_letters(2)
        today = self.workspace.path / "today.json"
        today.write_text(json.dumps({
            "data_dir": str(self.relay.data_dir),
            "accounts": [{"ad_account_id": harness.ACCOUNT, "access_token": harness.TOKEN}],
            "mapping": {"events": {"sign_up": {"name": "lead"}, "purchase": {"drop": True}}}}))
        self.mock.play()

        rehearsed = self.run_tool("replay", "--all", "--dry-run", file=today)
        letters_after_rehearsal = len(self.run_tool("export").splitlines())
        done = self.run_tool("replay", "--all", file=today)
        harness.wait_delivered(self.relay, 1 + self.taken)

        self.assertEqual(letters_after_rehearsal, 2)
        for text in (rehearsed, done):
            self.assertRegex(text, r" 1 +lead, which was signup")
            self.assertRegex(text, r" 1 +rule_drop: ")
        self.assertIn("1 dead letter would be sent again", rehearsed)
        self.assertEqual([events[0]["event_name"] for events in self.processed().values()], ["lead"])
        self.assertEqual([json.loads(line)["event_id"] for line in self.run_tool("export").splitlines()], ["bad-2"])
        self.assert_balances()

    def test_letters_of_an_account_that_is_not_configured_stay(self):
        self.bury(["bad-1"])
        other = self.workspace.path / "other.json"
        other.write_text(json.dumps({"data_dir": str(self.relay.data_dir),
                                     "accounts": [{"ad_account_id": "1", "access_token": "pina_x"}]}))

        text = self.run_tool("replay", "--all", file=other)

        self.assertIn(f"account_not_configured: pinterest:{harness.ACCOUNT}", text)
        self.assertEqual(len(self.run_tool("export").splitlines()), 1)

    def test_a_purge_deletes_and_the_counts_stay(self):
        self.bury(["bad-1", "bad-2"])
        before = self.relay.balance()

        self.assertEqual(self.run_tool("purge", "--number", 1), "1 dead letter deleted\n")
        self.assertEqual(self.run_tool("purge", "--older-than", "1d"), "0 dead letters deleted\n")
        self.assertEqual(self.run_tool("purge", "--all"), "1 dead letter deleted\n")

        self.assertEqual(self.run_tool("list"), "no dead letters\n")
        self.assertEqual(self.relay.balance(), before)

    def test_what_changes_many_asks_which(self):
        for command in ("replay", "purge"):
            for arguments in ([], ["--all", "--reason", "refused"]):
                result = tool(self.relay.data_dir, command, *arguments)
                self.assertEqual((result.returncode, len(result.stderr.splitlines())), (2, 1), result.stderr)
        self.assertEqual(tool(self.relay.data_dir, "list", "--older-than", "soon").returncode, 2)
        self.assertEqual(tool(self.workspace.path / "nowhere", "stats").returncode, 2)

    def test_help_shows_examples(self):
        for command in ("stats", "list", "show", "export", "replay", "purge", "check", "salvage"):
            self.assertIn("--data-dir", self.run_tool(command, "--help"))
        self.assertIn("pinrelay spool replay --reason refused", self.run_tool("--help"))

    def test_works_without_a_relay(self):
        self.bury(["bad-1"])
        self.mock.play()
        self.relay.end()

        self.assertIn("no relay works here", self.run_tool("stats"))
        self.run_tool("replay", "--all")
        self.relay = self.workspace.relay(PINRELAY, self.mock)
        harness.wait_delivered(self.relay, 1 + self.taken)

        self.assertEqual(list(self.processed()), ["bad-1"])
        self.assert_balances()

    def test_senders_are_served_while_thousands_are_replayed(self):
        letters = 4000
        for first in range(0, letters, 200):
            self.taken += 1  # in front, so that each batch has one that Pinterest takes
            self.send([harness.sign_up(f"taken-{self.taken}"),
                       *(harness.sign_up(f"bad-{number}") for number in range(first, first + 200))])
        self.take_one()
        self.wait_for_letters(letters, take_others=True)
        self.mock.play()
        ended = threading.Event()
        answers = []

        def senders():
            while not ended.is_set():
                answers.append(self.relay.post(harness.sign_up(f"live-{len(answers)}"))[0])

        thread = threading.Thread(target=senders)
        thread.start()
        try:
            text = self.run_tool("replay", "--all")
            purged = self.run_tool("purge", "--all")
        finally:
            ended.set()
            thread.join()
        harness.wait_delivered(self.relay, letters + len(answers) + self.taken)

        self.assertTrue(text.startswith(f"{letters} dead letters given to delivery again"), text)
        self.assertEqual(purged, "0 dead letters deleted\n")
        self.assertEqual(set(answers), {204})
        counts = {each: len(events) for each, events in self.processed().items()}
        wanted = [f"bad-{number}" for number in range(letters)] + [f"live-{number}" for number in range(len(answers))]
        self.assertEqual(counts, dict.fromkeys(wanted, 1))
        self.assert_balances()


if __name__ == "__main__":
    unittest.main()
