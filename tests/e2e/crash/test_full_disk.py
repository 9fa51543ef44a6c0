"""The disk is full: refused is what cannot be kept, and nothing else happens to anybody. Needs mounts of its own."""
import contextlib
import itertools
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]

SMALL = "size=4m"
LARGE = "size=64m"
PER_REQUEST = 20
MOST_EVENTS = 20_000  # that many do not fit by far
FULL_AFTER = 1  # seconds without an event taken; the store tries again after 0, 0.1, 0.3 and 0.7

OWN_MOUNTS = "PINRELAY_TEST_HAS_OWN_MOUNTS"
SKIPPED = 77  # SKIP_RETURN_CODE in cmake/tests.cmake


def in_own_mounts():
    """Runs this script again where a mount is seen by nobody else, or says why that cannot be."""
    unshare = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--mount"]
    attempt = subprocess.run([*unshare, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, text=True)
    if attempt.returncode != 0:
        print(f"skipped: no mount namespace of its own here: {attempt.stderr.strip()}")
        sys.exit(SKIPPED)
    os.environ[OWN_MOUNTS] = "1"
    os.execvp(unshare[0], [*unshare, sys.executable, *sys.argv])


def mount(folder, options):
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)


@contextlib.contextmanager
def small_disk():
    with tempfile.TemporaryDirectory(prefix="pinrelay-disk-") as folder:
        mount(folder, SMALL)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", folder], check=True)


def events(first):
    """A request's worth of events, from this number on."""
    return [harness.sign_up(f"e-{number}", page_location=f"https://shop.example/thanks?order={number:0500}")
            for number in range(first, first + PER_REQUEST)]


def ids_of(body):
    return {event["event_id"] for event in body}


def readiness(relay):
    try:
        relay.admin("/readyz")
        return 200
    except urllib.error.HTTPError as not_ready:
        return not_ready.code


class FullDisk(unittest.TestCase):
    def start(self, workspace, disk, **rule):
        mock = workspace.mock(MOCK, "--quiet", *workspace.script(rule))
        return mock, workspace.relay(PINRELAY, mock, data_dir=disk / "data", concurrency=1, retry_base="20ms",
                                     retry_cap="200ms")

    def fill(self, relay):
        """Posts until nothing is taken any more; gives the ids that were acknowledged and the last refusal. A first
        refusal need not be the end: what it makes the store copy from its WAL may give it room again."""
        acknowledged, refused_since, numbers = set(), None, itertools.count(0, PER_REQUEST)
        while refused_since is None or time.monotonic() - refused_since < FULL_AFTER:
            body = events(next(numbers))
            status, headers, _ = relay.post(body)
            if status == 204:
                acknowledged |= ids_of(body)
                refused_since = None
            else:
                refused_since = refused_since or time.monotonic()
            self.assertLess(len(acknowledged), MOST_EVENTS, "the disk does not fill")
        return acknowledged, (status, headers)

    def assert_refuses_and_lives(self, relay, refusal):
        status, headers = refusal
        self.assertEqual(status, 503)
        self.assertGreater(int(headers["Retry-After"]), 0)
        self.assertEqual(readiness(relay), 503)
        relay.admin("/healthz")  # alive all the same: nobody is to restart it
        self.assertTrue(relay.running())

    def assert_goes_on_by_itself(self, disk, relay):
        """With room again, and nothing but that; gives the ids of the events that were taken then."""
        mount(disk, f"remount,{LARGE}")
        harness.wait_until(lambda: readiness(relay) == 200, "the relay is ready again")
        late = events(MOST_EVENTS * 2)
        self.assertEqual(relay.post(late)[0], 204)
        return ids_of(late)

    def assert_each_once(self, mock, relay, acknowledged):
        balance = harness.wait_delivered(relay, len(acknowledged))

        received = [event["event_id"] for event in mock.events()]
        self.assertEqual(sorted(received), sorted(acknowledged))
        self.assertEqual((balance["accepted"], balance["delivered"], balance["dead_lettered"]),
                         (len(acknowledged), len(acknowledged), 0))
        self.assertEqual(relay.end(), 0)

    def test_events_are_refused_until_there_is_room(self):
        with small_disk() as disk, harness.Workspace() as workspace:
            mock, relay = self.start(workspace, disk, fault="status", status=503, times="forever")
            acknowledged, refusal = self.fill(relay)
            self.assert_refuses_and_lives(relay, refusal)

            acknowledged |= self.assert_goes_on_by_itself(disk, relay)
            mock.play()

            self.assert_each_once(mock, relay, acknowledged)

    def test_what_pinterest_takes_while_the_disk_is_full_is_not_sent_again(self):
        with small_disk() as disk, harness.Workspace() as workspace:
            mock, relay = self.start(workspace, disk, fault="none", delay="4s", times="forever")
            first = events(MOST_EVENTS * 3)
            self.assertEqual(relay.post(first)[0], 204)
            # Some machines fill the disk before the first lease, and then no answer is under way.
            harness.wait_until(lambda: mock.summary()["events"] > 0, "Pinterest has the first events")
            acknowledged, refusal = self.fill(relay)
            acknowledged |= ids_of(first)
            self.assert_refuses_and_lives(relay, refusal)
            harness.wait_until(lambda: "doing=settle" in relay.log(), "an answer cannot be noted")

            acknowledged |= self.assert_goes_on_by_itself(disk, relay)
            mock.play()

            self.assert_each_once(mock, relay, acknowledged)

    def test_a_relay_that_is_killed_on_a_full_disk_starts_there_and_delivers(self):
        with small_disk() as disk, harness.Workspace() as workspace:
            mock, relay = self.start(workspace, disk, fault="status", status=503, times="forever")
            acknowledged, _ = self.fill(relay)
            relay.end(signal.SIGKILL)

            mount(disk, f"remount,{LARGE}")
            mock.play()
            relay = workspace.relay(PINRELAY, mock, data_dir=disk / "data")

            self.assert_each_once(mock, relay, acknowledged)


if __name__ == "__main__":
    if OWN_MOUNTS not in os.environ:
        in_own_mounts()
    unittest.main()
