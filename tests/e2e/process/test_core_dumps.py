"""A relay that crashes leaves no image of its memory, where tokens and events are, unless it was told to."""
import os
import signal
import subprocess
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]


def end_by_abort(pid):
    """Whether the kernel says that it has dumped the child."""
    os.kill(pid, signal.SIGABRT)
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT).si_code == os.CLD_DUMPED


def can_dump(folder):
    """Whether this machine makes core dumps at all."""
    child = subprocess.Popen(["sh", "-c", "ulimit -c unlimited; exec sleep 1000"], cwd=folder, stderr=subprocess.DEVNULL)
    harness.wait_until(lambda: Path(f"/proc/{child.pid}/comm").read_text().strip() == "sleep", "the child has begun")
    dumped = end_by_abort(child.pid)
    child.wait()
    return dumped


def is_sanitized():
    version = subprocess.run([PINRELAY, "--version", "--verbose"], check=True, capture_output=True, text=True)
    return "sanitizers:" in version.stdout


class CoreDumps(unittest.TestCase):
    def setUp(self):
        self.workspace = self.enterContext(harness.Workspace())

    def start(self, options=""):
        """A relay under limits that would let it dump."""
        starter = self.workspace.path / "starter"
        starter.write_text(f'#!/bin/sh\ncd "{self.workspace.path}" && ulimit -c unlimited 2>&1\n'
                           f'exec "{os.path.abspath(PINRELAY)}" "$@" {options}\n')
        starter.chmod(0o700)
        relay = self.workspace.relay(starter, self.workspace.mock(MOCK))
        self.workspace.processes.remove(relay)  # its end by a signal is what is wanted here
        return relay

    def core_limit(self, relay):
        limits = Path(f"/proc/{relay.child.pid}/limits").read_text().splitlines()
        return next(line.split()[4] for line in limits if line.startswith("Max core file size"))

    def end(self, relay):
        dumped = end_by_abort(relay.child.pid)
        relay.child.wait()
        return dumped

    def test_there_is_none_whatever_the_limits_allow(self):
        relay = self.start()

        limit = self.core_limit(relay)
        dumped = self.end(relay)

        self.assertEqual(limit, "0")
        self.assertFalse(dumped)
        self.assertEqual(list(self.workspace.path.glob("core*")), [])

    def test_there_is_one_where_the_operator_asks_for_it(self):
        if not can_dump(self.workspace.path):
            self.skipTest("this machine makes no core dumps")
        if is_sanitized():
            self.skipTest("the sanitizers forbid core dumps by themselves")
        relay = self.start("--allow-core-dumps")

        self.assertTrue(self.end(relay))


if __name__ == "__main__":
    unittest.main()
