"""The harness itself: a test cannot pass over a process that crashed or that a sanitizer complained about."""
import os
import signal
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
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


if __name__ == "__main__":
    unittest.main()
