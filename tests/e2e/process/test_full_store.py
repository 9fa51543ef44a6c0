"""A store that a long reader has made full takes events again when the reader has gone, without a restart."""
import os
import sqlite3
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]

MIB = 1024 * 1024


class FullStore(unittest.TestCase):
    def setUp(self):
        self.workspace = self.enterContext(harness.Workspace())
        self.mock = self.workspace.mock(MOCK)
        self.relay = self.workspace.relay(PINRELAY, self.mock, spool_max_bytes=8 * MIB)

    def post(self, name, count=50):
        return self.relay.post([harness.large_purchase(f"{name}-{number}") for number in range(count)])[0]

    def test_it_finds_out_that_the_reader_has_gone(self):
        reader = sqlite3.connect(f"file:{self.relay.data_dir}/spool.sqlite?mode=ro", uri=True, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM record").fetchone()
        # Everything is delivered, so that only the write-ahead log grows.
        request = 0
        while self.post(f"fill-{request}") == 204:
            request += 1
            harness.wait_until(lambda: self.relay.balance()["pending"] == 0, "all are delivered")
        self.assertEqual(self.relay.metrics()["pinrelay_spool_full"], 1)

        reader.execute("COMMIT")

        harness.wait_until(lambda: self.post("after") == 204, "events are taken again")
        metrics = self.relay.metrics()
        self.assertEqual(metrics["pinrelay_spool_full"], 0)
        self.assertLess(metrics["pinrelay_spool_bytes"], 8 * MIB)
        reader.close()


if __name__ == "__main__":
    unittest.main(verbosity=2)
