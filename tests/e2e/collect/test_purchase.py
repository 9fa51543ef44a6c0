"""The reference purchase, end to end: every value that Pinterest gets is stated here, and nothing in clear text stays."""
import json
import os
import sqlite3
import sys
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]

IPHONE = ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
          "Version/17.4 Mobile/15E148 Safari/604.1")


def purchase(now_ms):
    return {
        "event": "purchase", "event_id": "pin-ORDER-12345-1713571200", "timestamp_ms": now_ms,
        "page_location": "https://example.com/thank-you?epik=dj0yJnU9abcdefghijklmnop",
        "ip_override": "203.0.113.45", "user_agent": IPHONE, "user_id": "user-77",
        "user_data": {
            "email_address": " Jane.Doe@Example.com ", "phone_number": "(415) 555-2671",
            "address": {"first_name": "Jane", "last_name": "Doe", "city": "San Francisco", "region": "CA",
                        "postal_code": "94103", "country": "US"}},
        "ecommerce": {
            "transaction_id": "ORDER-12345", "currency": "USD", "value": 79.99,
            "items": [{"item_id": "SKU-A", "item_name": "Blue shirt", "price": 39.99, "quantity": 1},
                      {"item_id": "SKU-B", "item_name": "Red shirt", "price": 40.0, "quantity": 1}]}}


def expected(now_ms):
    return {
        "event_name": "checkout", "action_source": "web", "event_id": "pin-ORDER-12345-1713571200",
        "event_time": now_ms // 1000,
        "event_source_url": "https://example.com/thank-you?epik=dj0yJnU9abcdefghijklmnop",
        "user_data": {
            "em": ["86e0b9e56c17cc4d12387e1949b85053fbe73bc3ce5a1188713a9d300cc6133d"],
            "ph": ["cb6880e416769253645cb9c6b8989154bf66a56a77fc14c81fb1019663cbb928",
                   "758fbf68945f21c416814c539ab578876c8d98fb69e6da692def92cd52417fe0"],
            "fn": ["81f8f6dde88365f3928796ec7aa53f72820b06db8664f5fe76a7eb13e24546a2"],
            "ln": ["799ef92a11af918e3fb741df42934f3b568ed2d93ac1df74f1b8d41a27932a6f"],
            "ct": ["1a6bd4d9d79dc0a79b53795c70d3349fa9e38968a3fbefbfe8783efb1d2b6aac"],
            "st": ["6959097001d10501ac7d54c0bdb8db61420f658f2922cc26e46d536119a31126"],
            "zp": ["91dc2519ea98c5002cf2091e6a12b772eafdce9dca618e626d7d3b8275361789"],
            "country": ["79adb2a2fce5c6ba215fe5f27f532d4e7edbac4b6a5e09e1ef3a08084a904621"],
            "external_id": ["def2f8cbd6ea70e00c8941af86f00a3a2eda32f4d4e279792655dfa41b6f8da3"],
            "client_ip_address": "203.0.113.45", "client_user_agent": IPHONE, "click_id": "dj0yJnU9abcdefghijklmnop"},
        "custom_data": {
            "currency": "USD", "value": "79.99", "order_id": "ORDER-12345", "content_ids": ["SKU-A", "SKU-B"],
            "contents": [{"id": "SKU-A", "item_name": "Blue shirt", "item_price": "39.99", "quantity": 1},
                         {"id": "SKU-B", "item_name": "Red shirt", "item_price": "40", "quantity": 1}],
            "num_items": 2}}


class Purchase(unittest.TestCase):
    maxDiff = None

    def test_arrives_with_exactly_the_stated_values(self):
        now_ms = int(time.time() * 1000)
        with harness.Workspace() as workspace:
            mock = workspace.mock(MOCK)
            relay = workspace.relay(PINRELAY, mock)

            status, _, body = relay.post(purchase(now_ms))
            balance = harness.wait_delivered(relay, 1)

            self.assertEqual((status, body), (204, b""))
            self.assertEqual(mock.events(), [expected(now_ms)])
            self.assertEqual(mock.records()[0]["verdict"]["status"], "processed")
            self.assertEqual(balance, {"accepted": 1, "replayed": 0, "delivered": 1, "dead_lettered": 0, "dropped": 0, "pending": 0})

    def test_is_explained_by_debug_and_not_sent(self):
        now_ms = int(time.time() * 1000)
        with harness.Workspace() as workspace:
            mock = workspace.mock(MOCK)
            relay = workspace.relay(PINRELAY, mock)

            status, _, body = relay.post(purchase(now_ms), "/collect?debug=1")

            self.assertEqual(status, 200)
            self.assertEqual(json.loads(body)["events"][0]["pinterest"], expected(now_ms))
            self.assertEqual(relay.balance()["accepted"], 0)
            self.assertEqual(mock.events(), [])

    def test_leaves_no_clear_text_and_no_token_anywhere(self):
        with harness.Workspace() as workspace:
            mock = workspace.mock(MOCK, "--script", self.script_that_echoes_the_token(workspace))
            relay = workspace.relay(PINRELAY, mock, log_level="debug")

            relay.post(purchase(int(time.time() * 1000)))
            harness.wait_until(lambda: relay.total("pinrelay_delivery_requests_total") >= 1, "one delivery attempt")
            metrics = relay.admin("/metrics")
            stored = b"".join(path.read_bytes() for path in relay.data_dir.rglob("*") if path.is_file())
            relay.end()
            stored += b"".join(path.read_bytes() for path in relay.data_dir.rglob("*") if path.is_file())
            log = relay.log()

            self.assertIn(b"checkout", stored, "the event is on disk while it is not delivered")
            for secret in ("Jane.Doe", "jane.doe", "555-2671", "4155552671", "Jane", "San Francisco", "94103", "user-77",
                           harness.TOKEN):
                self.assertNotIn(secret.encode(), stored, f"{secret} on disk")
                self.assertNotIn(secret, log, f"{secret} in the log")
                self.assertNotIn(secret, metrics, f"{secret} in the metrics")

    def script_that_echoes_the_token(self, workspace):
        """Pinterest refuses the account and echoes the token: the event stays in the store and is pending."""
        path = workspace.path / "script.json"
        path.write_text(json.dumps({"rules": [{"fault": "status", "status": 401, "echo_token": True, "times": "forever"}]}))
        return path

    def test_the_store_is_a_sqlite_file_that_an_operator_can_open(self):
        with harness.Workspace() as workspace:
            mock = workspace.mock(MOCK)
            relay = workspace.relay(PINRELAY, mock)
            relay.post(purchase(int(time.time() * 1000)))
            harness.wait_delivered(relay, 1)
            relay.end()

            with sqlite3.connect(f"file:{relay.data_dir}/spool.sqlite?mode=ro", uri=True) as db:
                self.assertEqual(db.execute("PRAGMA integrity_check").fetchone(), ("ok",))
            self.assertEqual(relay.data_dir.stat().st_mode & 0o777, 0o700)
            self.assertEqual((relay.data_dir / "spool.sqlite").stat().st_mode & 0o777, 0o600)


if __name__ == "__main__":
    unittest.main()
