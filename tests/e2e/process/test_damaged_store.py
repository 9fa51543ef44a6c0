"""A store that is damaged: the relay goes on with a new one, and what the old one held is brought back beside it."""
import os
import signal
import subprocess
import sys
import threading
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]

OUTAGE = {"fault": "status", "status": 503, "times": "forever"}
PAGE = 4096
EVENTS = 1500
ROWS_OF_A_PAGE = 20  # at most, of events as small as these


def tool(data_dir, *arguments):
    env = {name: value for name, value in os.environ.items() if not name.startswith("PINRELAY_")}
    return subprocess.run([PINRELAY, "spool", *map(str, arguments), "--data-dir", str(data_dir)], env=env,
                          capture_output=True, text=True, timeout=4 * harness.PATIENCE)


def overwrite(path, offset, data):
    with open(path, "r+b") as file:
        file.seek(offset)
        file.write(data)


class DamagedStore(unittest.TestCase):
    def setUp(self):
        self.workspace = self.enterContext(harness.Workspace())
        self.mock = self.workspace.mock(MOCK, *self.workspace.script(OUTAGE))
        self.store = None

    def start(self):
        relay = self.workspace.relay(PINRELAY, self.mock, retry_base="20ms", retry_cap="200ms")
        self.store = relay.data_dir / "spool.sqlite"
        return relay

    def store_events(self, how=signal.SIGTERM, duplicates=()):
        """Events that wait for Pinterest in a store that nobody has open, and duplicates of them; gives their ids."""
        relay = self.start()
        ids = [f"e-{number}" for number in range(EVENTS)]
        for more in ({}, *duplicates):
            for first in range(0, EVENTS, 100):
                self.assertEqual(relay.post([harness.sign_up(each, **more) for each in ids[first:first + 100]])[0], 204)
        relay.end(how)
        return ids

    def set_aside(self):
        files = [path for path in self.store.parent.iterdir()
                 if ".damaged-" in path.name and not path.name.endswith(("-wal", "-shm"))]
        self.assertEqual(len(files), 1, list(self.store.parent.iterdir()))
        return files[0]

    def processed(self):
        counts = {}
        for record in self.mock.records():
            if record["verdict"]["status"] == "processed":
                event_id = record["event"]["event_id"]
                counts[event_id] = counts.get(event_id, 0) + 1
        return counts

    def salvage(self, relay, damaged, *, lost_at_most=0):
        """Under load: senders are answered meanwhile. Gives how many events they sent, and the tool's words."""
        ended = threading.Event()
        answers = []

        def sender():
            while not ended.is_set():
                answers.append(relay.post(harness.sign_up(f"live-{len(answers)}"))[0])

        thread = threading.Thread(target=sender)
        thread.start()
        try:
            result = tool(relay.data_dir, "salvage", damaged)
        finally:
            ended.set()
            thread.join()
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(set(answers), {204})
        harness.wait_delivered(relay, EVENTS - lost_at_most + len(answers))
        balance = relay.balance()
        self.assertEqual(balance["accepted"], balance["delivered"] + balance["dead_lettered"] + balance["dropped"])
        return result.stdout

    def assert_arrived_once(self, ids):
        processed = self.processed()
        self.assertEqual({each: processed.get(each, 0) for each in ids}, dict.fromkeys(ids, 1))

    def test_everything_comes_back_although_the_first_page_is_gone(self):
        ids = self.store_events()
        overwrite(self.store, 0, bytes(PAGE))
        self.mock.play()
        relay = self.start()
        damaged = self.set_aside()
        self.assertIn(str(damaged), relay.log())
        before = tool(relay.data_dir, "check")

        said = self.salvage(relay, damaged)
        again = tool(relay.data_dir, "salvage", damaged)
        after = tool(relay.data_dir, "check")
        text = self.workspace.path / "notes.txt"
        text.write_text("no store at all\n" * 1000)
        wrong_file = tool(relay.data_dir, "salvage", text)

        self.assertEqual(wrong_file.returncode, 1, wrong_file.stderr)
        self.assertIn("is it the right file", wrong_file.stdout)
        self.assertEqual(before.returncode, 1)
        self.assertIn(f"pinrelay spool salvage {damaged}", before.stdout)
        self.assertIn(f"{EVENTS} events pending again", said)
        self.assertIn("nothing new", again.stdout)
        self.assertEqual(after.returncode, 0, after.stdout)
        self.assert_arrived_once(ids)

    def test_duplicates_that_were_kept_beside_events_come_back(self):
        a_minute_ago = int((time.time() - 60) * 1e6)
        ids = self.store_events(duplicates=[{"timestamp_micros": a_minute_ago}])
        overwrite(self.store, 0, bytes(PAGE))
        self.mock.play()
        relay = self.start()

        said = self.salvage(relay, self.set_aside())

        self.assertIn(f"{EVENTS} duplicates kept beside them", said)
        self.assert_arrived_once(ids)
        self.assertEqual(tool(relay.data_dir, "check", self.store).returncode, 0)

    def test_a_page_in_the_middle_costs_what_stood_in_it(self):
        ids = self.store_events()
        # The table's first page: without it the store cannot be opened. And one that holds events.
        overwrite(self.store, PAGE, os.urandom(PAGE))
        middle = self.store.stat().st_size // PAGE // 2
        overwrite(self.store, middle * PAGE, bytes(PAGE))
        self.mock.play()
        relay = self.start()

        said = self.salvage(relay, self.set_aside(), lost_at_most=ROWS_OF_A_PAGE)

        processed = self.processed()
        arrived = [each for each in ids if each in processed]
        self.assertGreaterEqual(len(arrived), EVENTS - ROWS_OF_A_PAGE)
        self.assert_arrived_once(arrived)
        self.assertIn(f"{len(arrived)} events pending again", said)

    def test_what_a_killed_relay_had_only_in_its_wal_comes_back(self):
        ids = self.store_events(signal.SIGKILL)
        wal = Path(f"{self.store}-wal")
        self.assertGreater(wal.stat().st_size, 0)
        overwrite(wal, 32 + 24, os.urandom(64))  # SQLite stops at the first frame
        overwrite(self.store, 0, os.urandom(PAGE))
        self.mock.play()
        relay = self.start()

        self.salvage(relay, self.set_aside(), lost_at_most=2 * ROWS_OF_A_PAGE)

        processed = self.processed()
        arrived = [each for each in ids if each in processed]
        self.assertGreaterEqual(len(arrived), EVENTS - 2 * ROWS_OF_A_PAGE)
        self.assert_arrived_once(arrived)

    def test_an_interrupted_salvage_is_gone_on_with(self):
        ids = self.store_events()
        overwrite(self.store, 0, bytes(PAGE))
        self.mock.play()
        relay = self.start()
        damaged = self.set_aside()
        env = {name: value for name, value in os.environ.items() if not name.startswith("PINRELAY_")}
        first = subprocess.Popen([PINRELAY, "spool", "salvage", str(damaged), "--data-dir", str(relay.data_dir)], env=env,
                                 stdout=subprocess.DEVNULL)
        harness.wait_until(lambda: first.poll() is not None or relay.balance()["accepted"] > 0, "it has begun")
        first.kill()
        first.wait()

        self.salvage(relay, damaged)

        self.assert_arrived_once(ids)

    def test_a_file_of_which_the_tail_is_missing_gives_the_rest(self):
        ids = self.store_events()
        overwrite(self.store, 0, bytes(PAGE))
        os.truncate(self.store, self.store.stat().st_size * 2 // 3)
        self.mock.play()
        relay = self.start()

        said = self.salvage(relay, self.set_aside(), lost_at_most=EVENTS * 2 // 3)

        arrived = [each for each in ids if each in self.processed()]
        self.assertGreater(len(arrived), EVENTS // 3)
        self.assert_arrived_once(arrived)
        self.assertIn(f"{len(arrived)} events pending again", said)

    def test_check_says_that_a_sound_store_is_sound(self):
        self.store_events()

        result = tool(self.store.parent, "check")
        overwrite(self.store, PAGE * 3, b"#" * PAGE)
        damaged = tool(self.store.parent, "check", self.store)

        self.assertEqual((result.returncode, result.stdout), (0, f"{self.store} is sound\n"))
        self.assertEqual(damaged.returncode, 1, damaged.stdout)


if __name__ == "__main__":
    unittest.main()
