"""A store that a long reader has made full takes events again when the reader has gone, without a restart."""
import json
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
MOST_REQUESTS = 200  # of 600 kB each, where 24 MB of them fill the store


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
        for request in range(MOST_REQUESTS):
            if self.post(f"fill-{request}") != 204:
                break
            harness.wait_until(lambda: self.relay.balance()["pending"] == 0, "all are delivered")
        self.assertEqual(self.relay.metrics()["pinrelay_spool_full"], 1)

        reader.execute("COMMIT")

        harness.wait_until(lambda: self.post("after") == 204, "events are taken again")
        metrics = self.relay.metrics()
        self.assertEqual(metrics["pinrelay_spool_full"], 0)
        self.assertLess(metrics["pinrelay_spool_bytes"], 8 * MIB)
        reader.close()


class NearlyFullStore(unittest.TestCase):
    """Strangers who fill the store while Pinterest is away leave room for the shop's own server."""
    KEY = "TEST_ONLY_shared_key_1"

    def test_a_known_senders_events_are_taken(self):
        workspace = self.enterContext(harness.Workspace())
        mock = workspace.mock(MOCK)
        mock.play({"fault": "status", "status": 503, "times": "forever"})
        file = workspace.path / "pinrelay.json"
        file.write_text(json.dumps({
            "endpoint": mock.url, "ca_file": str(mock.ca_file), "spool": {"max_bytes": 8 * MIB},
            "delivery": {"retry_base": "20ms", "retry_cap": "20ms"},
            "accounts": [{"ad_account_id": harness.ACCOUNT, "access_token": harness.TOKEN, "max_events_per_second": 0,
                          "keys_env": "SHOP_KEYS", "allow_origins": ["https://shop.example"]}]}))
        relay = workspace.relay(PINRELAY, None, config=file, variables={"SHOP_KEYS": self.KEY})

        requests = 0
        page = {"Origin": "https://shop.example"}
        while (answer := relay.post([harness.large_purchase(f"{requests}-{n}") for n in range(20)], headers=page))[0] == 204:
            requests += 1
        while (answer := relay.post(harness.sign_up(f"{requests}"), headers=page))[0] == 204:
            requests += 1

        self.assertEqual(answer[0], 503)
        self.assertIn(b"known_senders_only", answer[2])
        for number in range(20):
            self.assertEqual(relay.post(harness.large_purchase(f"true-{number}"), headers={"X-Pinrelay-Key": self.KEY})[0],
                             204)
        self.assertEqual(relay.metrics()["pinrelay_spool_full"], 0)
        self.assertIn("the store is nearly full", relay.log())
        mock.play()
        harness.wait_until(lambda: relay.balance()["pending"] == 0, "all are delivered")
        harness.wait_until(lambda: relay.post(harness.sign_up("after"), headers=page)[0] == 204, "strangers are taken again")


if __name__ == "__main__":
    unittest.main(verbosity=2)
