"""Killed at random moments under load: what was acknowledged arrives, and twice only what the kill has cut off."""
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import crash_run  # noqa: E402
import harness  # noqa: E402

OPTIONS = crash_run.options(short=5, long=200)


class Kill(crash_run.CrashTest):
    def test_what_was_acknowledged_is_delivered(self):
        with harness.Workspace() as workspace:
            run = crash_run.CrashRun(workspace, OPTIONS.seed)
            try:
                for _ in range(OPTIONS.rounds):
                    run.live_and_die()
                account = run.finish()
            finally:
                run.load.end()
            print(run.figures(account), flush=True)

            self.assert_nothing_lost(run, account)
            self.assertEqual(run.relay.end(), 0)


if __name__ == "__main__":
    unittest.main()
