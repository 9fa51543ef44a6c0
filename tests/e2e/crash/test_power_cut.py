"""The power goes at random moments under load: what was not synced is gone, whole or in parts, and yet nothing that was
acknowledged is lost. And the proof that this test can fail: a relay whose syncs do nothing loses."""
import os
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import crash_run  # noqa: E402
import harness  # noqa: E402
import power_cut  # noqa: E402

OPTIONS = crash_run.options(short=5, long=50)
ROUNDS_WITHOUT_SYNCS = 10  # at most; the first nearly always loses something


def machine(workspace, **more):
    power = power_cut.PowerCut(os.environ["POWER_CUT"], workspace.path / "data", workspace.path / "power.log", **more)
    return crash_run.CrashRun(workspace, OPTIONS.seed, power), power


class LostPower(crash_run.CrashTest):
    def test_what_was_acknowledged_is_delivered(self):
        with harness.Workspace() as workspace:
            run, power = machine(workspace)
            try:
                for _ in range(OPTIONS.rounds):
                    run.live_and_die()
                account = run.finish()
            finally:
                run.load.end()
            print(f"power cuts: {run.figures(account)}; of {power.at_risk} sectors that were written and not synced "
                  f"{power.lost} were lost", flush=True)

            self.assertEqual(power.unseen, [], "changes that power_cut.cpp does not see")
            self.assertEqual(list(power.directory.glob("*.damaged-*")), [])
            self.assert_nothing_lost(run, account)
            self.assertEqual(run.relay.end(), 0)

    def test_a_relay_whose_syncs_do_nothing_loses_acknowledged_events(self):
        with harness.Workspace() as workspace:
            run, _ = machine(workspace, swallow_syncs=True)
            try:
                lost, rounds = [], 0
                while not lost and rounds < ROUNDS_WITHOUT_SYNCS:
                    lost = self.lost_in_a_round(run)
                    rounds += 1
            finally:
                run.load.end()
            print(f"without syncs: {len(lost)} of {len(run.load.acknowledged)} acknowledged events lost after {rounds} "
                  "power cuts", flush=True)

            self.assertNotEqual(lost, [])

    def lost_in_a_round(self, run):
        run.play(crash_run.usual)
        run.under_load()
        run.kill()
        try:
            run.start()
        except RuntimeError:
            return run.account().lost  # what the cut left is such that no relay starts on it
        run.drain()
        lost = run.account().lost
        run.kill()
        return lost


if __name__ == "__main__":
    unittest.main()
