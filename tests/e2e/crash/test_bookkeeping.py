"""What the crash tests judge by: the model of a disk without power, and the account of copies."""
import random
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import crash_account  # noqa: E402
from power_cut import SECTOR, Change, Disk, File  # noqa: E402

CUTS = 200  # enough for everything that can happen to happen


def written(name, offset, data):
    return Change("w", name, offset, data)


def synced(name, number):
    return [Change("s", name, number, b""), Change("d", name, number, b"")]


def played(*changes):
    with tempfile.TemporaryDirectory() as nothing:
        disk = Disk(nothing)
    disk.play(changes)
    return disk


def contents_after_cuts(file, survival=0.5):
    return {bytes(file.after_cut(random.Random(seed), survival, bytes)[0]) for seed in range(CUTS)}


class LostPowerModel(unittest.TestCase):
    def test_what_was_synced_stays(self):
        disk = played(Change("c", "a", 0, b""), written("a", 0, b"kept"), *synced("a", 1))

        self.assertEqual(contents_after_cuts(disk.files["a"]), {b"kept"})

    def test_a_write_during_a_sync_is_not_synced_by_it(self):
        began, ended = synced("a", 1)
        disk = played(Change("c", "a", 0, b""), written("a", 0, b"kept"), began, written("a", 0, b"late"), ended)

        self.assertEqual(contents_after_cuts(disk.files["a"]), {b"kept", b"late"})

    def test_a_sync_that_did_not_end_keeps_nothing(self):
        disk = played(Change("c", "a", 0, b""), written("a", 0, b"late"), synced("a", 1)[0])

        self.assertEqual(contents_after_cuts(disk.files["a"], survival=0.0), {b""})

    def test_each_sector_of_a_write_is_lost_by_itself_and_never_torn(self):
        file = File(b"o" * 2 * SECTOR)
        file.add(written("a", 0, b"n" * 2 * SECTOR))

        old, new = b"o" * SECTOR, b"n" * SECTOR
        self.assertEqual(contents_after_cuts(file), {old + old, old + new, new + old, new + new})

    def test_a_file_that_grew_has_its_old_size_or_a_hole_or_the_bytes(self):
        file = File()
        file.add(written("a", 0, b"n" * SECTOR))

        self.assertEqual(contents_after_cuts(file), {b"", bytes(SECTOR), b"n" * SECTOR})

    def test_a_truncation_that_was_not_synced_may_be_undone(self):
        file = File(b"old bytes")
        file.add(Change("t", "a", 3, b""))

        self.assertEqual(contents_after_cuts(file), {b"old", b"old bytes"})

    def test_names_are_certain_after_a_sync_of_the_directory_only(self):
        disk = played(Change("c", "a", 0, b""), *synced(".", 1), Change("c", "b", 0, b""), Change("u", "a", 0, b""))

        names = {tuple(sorted(disk.names.after_cut(random.Random(seed)))) for seed in range(CUTS)}

        self.assertEqual(names, {("a",), ("a", "b"), ("b",)})

    def test_a_change_that_the_log_does_not_have_is_noticed(self):
        disk = played(Change("c", "a", 0, b""), written("a", 0, b"known"), *synced("a", 1))
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "a").write_bytes(b"known, and more")

            self.assertEqual(disk.differences(folder), ["a"])

    def test_the_last_change_may_be_half_made(self):
        disk = played(Change("c", "a", 0, b""), written("a", 0, b"whole"), written("a", 5, b" and more"))
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "a").write_bytes(b"whole and")

            self.assertEqual(disk.differences(folder), [])


def arrivals(*pairs):
    return [{"request": request, "event": {"event_id": event_id}, "verdict": {"status": "processed"}}
            for event_id, request in pairs]


class CopyAccount(unittest.TestCase):
    def draw_up(self, records, sent="abc", acknowledged="ab", kills=(), lost_answers=()):
        return crash_account.draw_up(set(sent), set(acknowledged), records, kills, lost_answers, in_flight=2)

    def test_what_was_acknowledged_and_did_not_arrive_is_lost(self):
        self.assertEqual(self.draw_up(arrivals(("a", 1))).lost, ["b"])

    def test_what_was_never_sent_is_a_phantom(self):
        self.assertEqual(self.draw_up(arrivals(("a", 1), ("b", 1), ("x", 1))).phantoms, ["x"])

    def test_a_second_copy_needs_a_kill_right_after_the_first(self):
        twice = arrivals(("a", 3), ("a", 9), ("b", 1))

        for kills, explained in (((), False), ((2,), False), ((3,), True), ((4,), True), ((5,), False), ((9,), False)):
            self.assertEqual(self.draw_up(twice, kills=kills).unexplained == [], explained, kills)

    def test_a_second_copy_is_due_where_the_answer_was_withheld(self):
        account = self.draw_up(arrivals(("a", 3), ("a", 9), ("b", 1)), lost_answers={3})

        self.assertEqual((account.unexplained, account.duplicated, account.unanswered), ([], 1, 1))


if __name__ == "__main__":
    unittest.main()
