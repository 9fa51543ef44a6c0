"""What the web's own clients send, end to end: pixels, batches of lines, listening tags, forms and gzip bodies."""
import gzip
import os
import sys
import unittest
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]

BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64)", "Sec-Fetch-Site": "same-origin", "X-Forwarded-For": "203.0.113.45"}
SHARED = {"v": "2", "tid": "G-TEST123", "cid": "1.2", "_p": "7", "cu": "USD",
          "dl": "https://shop.example/thanks?epik=dj0yJnU9abc"}
PURCHASE = {"en": "purchase", "epn.value": "12.50", "pr1": "idSKU-A~nmLinen ~~ Shirt~pr12.5"}


def line(event_id, **more):
    return urlencode({**PURCHASE, **more, "ep.event_id": event_id, "ep.transaction_id": event_id})


class GoogleTag(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.workspace = self.enterContext(harness.Workspace())
        self.mock = self.workspace.mock(MOCK)
        self.relay = self.workspace.relay(PINRELAY, self.mock, trusted_proxies="127.0.0.1")

    def test_every_way_to_send_a_purchase_brings_it_to_pinterest(self):
        query = urlencode(SHARED)
        pixel = self.relay.request("GET", f"/collect/g/collect?{query}&{line('pixel')}", headers={**BROWSER, "Sec-Fetch-Dest": "image"})
        listening = self.relay.request("GET", f"/g/collect?{query}&{line('listening')}&richsstsse", headers=BROWSER)
        beacon = self.relay.request("POST", f"/collect?{query}&{line('beacon')}", headers=BROWSER)
        lines = self.relay.post(f"{line('line-1')}\r\ncu=EUR\r\n{line('line-2')}", f"/collect/g/collect?{query}", BROWSER)
        packed = self.relay.post(gzip.compress(line("packed").encode()), f"/collect?{query}",
                                 {**BROWSER, "Content-Encoding": "gzip"})
        form = self.relay.post(urlencode({"event": "purchase", "event_id": "form", "transaction_id": "form", "value": "12.50",
                                          "currency": "USD", "page_location": SHARED["dl"], "items.0.item_id": "SKU-A",
                                          "items.0.item_name": "Linen ~ Shirt", "items.0.price": "12.5"}),
                               headers=BROWSER)
        balance = harness.wait_delivered(self.relay, 7)

        self.assertEqual((pixel[0], pixel[1]["Content-Type"], pixel[2][:6]), (200, "image/gif", b"GIF89a"))
        self.assertEqual((listening[0], listening[1]["Content-Type"]), (200, "text/event-stream"))
        self.assertEqual([answer[0] for answer in (beacon, lines, packed, form)], [204] * 4)
        events = {event["event_id"]: event for event in self.mock.events()}
        self.assertEqual(set(events), {"pixel", "listening", "beacon", "line-1", "line-2", "packed", "form"})
        for event_id, event in events.items():
            self.assertEqual(event["custom_data"], {
                "currency": "USD", "value": "12.5", "order_id": event_id, "content_ids": ["SKU-A"],
                "contents": [{"id": "SKU-A", "item_name": "Linen ~ Shirt", "item_price": "12.5", "quantity": 1}],
                "num_items": 1})
            self.assertEqual(event["user_data"], {"client_ip_address": "203.0.113.45", "click_id": "dj0yJnU9abc",
                                                  "client_user_agent": BROWSER["User-Agent"]})
        self.assertEqual((balance["delivered"], balance["dropped"]), (7, 1))

    def test_a_hit_of_universal_analytics_is_taken_and_counted(self):
        self.assertEqual(self.relay.post("v=1&t=pageview&tid=UA-1-1&cid=1.2")[0], 204)

        metrics = self.relay.metrics()
        self.assertEqual(metrics['pinrelay_events_dropped_total{destination="none",reason="universal_analytics"}'], 1.0)
        self.assertEqual(self.relay.balance()["pending"], 0)


if __name__ == "__main__":
    unittest.main()
