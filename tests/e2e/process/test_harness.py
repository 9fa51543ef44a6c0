"""The harness itself: a test cannot pass over a process that crashed or that a sanitizer complained about."""
import os
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

BROKEN = {
    "a data race": "print('WARNING: ThreadSanitizer: data race (pid=1)')",
    "a use after free": "print('==1==ERROR: AddressSanitizer: heap-use-after-free')",
    "a leak": "print('==1==ERROR: LeakSanitizer: detected memory leaks')",
    "undefined behaviour": "print('src/core/decimal.cpp:12:3: runtime error: signed integer overflow')",
    "a sanitizer's exit code": "raise SystemExit(66)",
    "a crash": "import os, signal; os.kill(os.getpid(), signal.SIGABRT)",
}


class Harness(unittest.TestCase):
    def run_and_wait(self, workspace, program):
        process = harness.Process("program", [sys.executable, "-c", program], dict(os.environ), workspace.path)
        workspace.processes.append(process)
        process.child.wait(harness.PATIENCE)

    def test_fails_for_a_process_that_is_broken(self):
        for what, program in BROKEN.items():
            with self.subTest(what), self.assertRaises(AssertionError), harness.Workspace() as workspace:
                self.run_and_wait(workspace, program)

    def test_has_nothing_against_a_clean_end_or_a_kill(self):
        with harness.Workspace() as workspace:
            self.run_and_wait(workspace, "print('runtime error: a sentence of ours')")
            process = harness.Process("sleeper", ["sleep", "60"], dict(os.environ), workspace.path)
            workspace.processes.append(process)
            process.end(signal.SIGKILL)

            self.assertEqual([process.complaint() for process in workspace.processes], ["", ""])

    def test_leaves_nothing_behind_when_the_test_itself_is_killed(self):
        program = ("import os, sys; sys.path.insert(0, sys.argv[1]); import harness\n"
                   "with harness.Workspace() as workspace:\n"
                   "    harness.Process('sleeper', ['sh', '-c', 'echo $$ >&2; exec sleep 600'], dict(os.environ),\n"
                   "                    workspace.path, stderr=None).child.wait()\n")
        for how in (signal.SIGTERM, signal.SIGKILL):
            with self.subTest(how.name), tempfile.TemporaryDirectory() as folder:
                test = subprocess.Popen([sys.executable, "-c", program, str(Path(harness.__file__).parent)],
                                        stderr=subprocess.PIPE, text=True, env={**os.environ, "TMPDIR": folder})
                sleeper = int(test.stderr.readline())

                test.send_signal(how)
                test.wait()
                test.stderr.close()

                harness.wait_until(lambda: not runs(sleeper), "the sleeper ended")


def runs(pid):
    """Whether there is such a process that is more than an entry nobody has waited for yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


if __name__ == "__main__":
    unittest.main()
