"""The relay reports to a service manager when it is ready, that it lives, and what it is doing; and ends with the code that
tells the unit whether a restart would help."""
import contextlib
import os
import signal
import socket
import subprocess
import sys
import unittest
from pathlib import Path
from unittest import mock as replaced

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]


class Manager:
    """What systemd does: it listens at a datagram socket, and collects what is reported."""

    def __init__(self, name):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind("\0" + name[1:] if name.startswith("@") else name)
        self.socket.setblocking(False)
        self.reports = []

    def has(self, text):
        with contextlib.suppress(BlockingIOError):
            while True:
                self.reports.append(self.socket.recv(4096).decode())
        return any(text in report for report in self.reports)


class ServiceManager(unittest.TestCase):
    def test_it_is_told_of_the_start_of_life_of_a_reload_and_of_the_end(self):
        for kind in ("a path", "an abstract name"):
            with self.subTest(kind), harness.Workspace() as workspace:
                name = str(workspace.path / "notify") if kind == "a path" else f"@pinrelay-e2e-{os.getpid()}"
                manager = Manager(name)
                self.addCleanup(manager.socket.close)
                mock = workspace.mock(MOCK)
                with replaced.patch.dict(os.environ, {"NOTIFY_SOCKET": name, "WATCHDOG_USEC": "300000"}):
                    relay = workspace.relay(PINRELAY, mock)
                harness.wait_until(lambda: manager.has("READY=1\nSTATUS=taking events; 0 wait"), "it is ready")
                harness.wait_until(lambda: manager.has("WATCHDOG=1"), "it lives")
                relay.child.send_signal(signal.SIGHUP)
                harness.wait_until(lambda: manager.has("RELOADING=1\nMONOTONIC_USEC="), "it reloads")
                reloading = next(i for i, report in enumerate(manager.reports) if report.startswith("RELOADING=1"))
                harness.wait_until(lambda: manager.has("READY=1") and any(
                    report.startswith("READY=1") for report in manager.reports[reloading:]), "it is ready again")
                relay.child.send_signal(signal.SIGTERM)
                harness.wait_until(lambda: manager.has("STOPPING=1"), "it stops")

    def test_a_wrong_configuration_ends_with_the_code_that_the_unit_does_not_restart(self):
        unit = (Path(__file__).resolve().parents[3] / "deploy/pinrelay.service").read_text()
        done = subprocess.run([PINRELAY, "serve"], capture_output=True, text=True, timeout=harness.PATIENCE,
                              env={"PINRELAY_AD_ACCOUNT_ID": "not a number"})

        self.assertIn(f"RestartPreventExitStatus={done.returncode}\n", unit)


if __name__ == "__main__":
    unittest.main()
