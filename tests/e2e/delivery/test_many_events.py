"""10,000 generated events, valid and odd: every body that Pinterest gets keeps its schema, and the account balances."""
import concurrent.futures
import json
import os
import random
import sys
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]

SEED = 20260420
EVENTS = 10_000
PER_REQUEST = 20

NAMES = ["page_view", "view_item", "view_item_list", "search", "view_search_results", "add_to_cart", "begin_checkout",
         "purchase", "generate_lead", "sign_up", "add_to_wishlist", "add_payment_info", "view_cart", "refund",
         "video_start", "scroll", "gtm.dom", "subscribe", "AddToCart", "my own event", "custom", "login", ""]
ODD_TEXTS = ["", " ", "undefined", "null", "(not set)", "-", "0", "x" * 3000, "Zoë", "İstanbul", "naïve\u0000nul", "🙂",
             "a\tb\nc", "<script>", "' OR 1=1", "%00", "\u202eabc", "Ünïcode " * 30]
ODD_VALUES = [None, True, False, 0, -1, 1e21, 12.5, "12,50", "1.299,00", "NaN", "12 EUR", [], {}, [1, 2], {"a": 1}, "free"]
AGENTS = ["Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X)", "", None, "x" * 2000, "Shop/8.0", 5]
ADDRESSES = ["203.0.113.9", "2001:db8::7", "10.0.0.1", "::", "0.0.0.0", "not an address", "", None, 7]


def pick(rng, usual, odd, oddness=0.3):
    return rng.choice(odd) if rng.random() < oddness else usual


def user_data(rng):
    return {key: value for key, value in {
        "email_address": pick(rng, f"person{rng.randrange(999)}@example.com", ODD_TEXTS + [["a@b.co", None, "A@B.co"], {}]),
        "phone_number": pick(rng, f"+1415555{rng.randrange(1000, 9999)}", ODD_TEXTS + ["0049 30 1234567", 4155552671]),
        "sha256_email_address": pick(rng, None, ["A" * 64, "zz", "q" * 43, 5]),
        "gender": pick(rng, "female", ODD_TEXTS), "birth_date": pick(rng, "1990-02-28", ODD_TEXTS + ["30.02.1990"]),
        "address": pick(rng, {"first_name": "Jane", "last_name": "Doe, Jr.", "city": "San Francisco", "region": "CA",
                              "postal_code": "94103-1234", "country": "US"},
                        [None, [], [{"city": "Köln", "country": "DE"}, {"country": "USA"}], "one line", {"city": ["a"]}]),
    }.items() if rng.random() < 0.7}


def items(rng):
    return pick(rng, [{"item_id": f"SKU-{n}", "item_name": "Thing", "price": n + 0.99, "quantity": n}
                      for n in range(rng.randrange(4))],
                [None, {}, "[]", [None], ["Pokemon cards"], [{"price": "undefined"}], [{"item_id": 7, "quantity": "02"}],
                 [{"item_id": "A", "price": "NaN", "quantity": -3}], [{"item_name": "x" * 500, "price": "1,299.00"}],
                 [{"id": "B", "name": "old", "price": "3", "quantity": "1.5", "category": "a/b"}]])


def commerce(rng):
    return {"currency": pick(rng, "USD", ["usd", "", "US", "EURO", None, 5, "€"]),
            "value": pick(rng, 79.99, ODD_VALUES + ODD_TEXTS), "items": items(rng),
            "transaction_id": pick(rng, f"ORDER-{rng.randrange(10**6)}", ODD_TEXTS + [12345, None])}


def event(rng, number):
    """One event in one of the JSON forms; its id tells it apart."""
    now = time.time()
    name = rng.choice(NAMES)
    common = {
        "event_id": f"many-{number}",
        "page_location": pick(rng, "https://shop.example/p?epik=dj0yJnU9abc", ODD_TEXTS + ["/relative", "https://[::1"]),
        "ip_override": rng.choice(ADDRESSES), "user_agent": rng.choice(AGENTS), "language": pick(rng, "en-us", ODD_TEXTS),
        "user_id": pick(rng, "user-77", ODD_TEXTS + [77]), "search_term": pick(rng, "shoes", ODD_TEXTS),
        "timestamp": pick(rng, int(now * 1000), [int(now), str(int(now * 1e6)), "yesterday", -5, 0, 1e30,
                                                   int(now) - 8 * 86400, int(now) + 86400, "2026-01-01T00:00:00Z"], 0.15)}
    form = rng.randrange(4)
    if form == 0:
        return {"event_name": name, **common, **commerce(rng), "user_data": user_data(rng)}
    if form == 1:
        return {"event": name, **common, "ecommerce": commerce(rng), "user_data": user_data(rng)}
    if form == 2:
        flat = {f"user_data_{key}": value for key, value in user_data(rng).items() if not isinstance(value, dict)}
        return {"event_name": name, **common, **commerce(rng), **flat, "x_ga_measurement_id": "G-1"}
    return {"client_id": "1.2", "user_data": user_data(rng), "ip_override": common["ip_override"],
            "events": [{"name": name, "params": {**common, **commerce(rng)}}]}


class ManyEvents(unittest.TestCase):
    def test_only_valid_bodies_go_out_and_nothing_is_lost(self):
        rng = random.Random(SEED)
        bodies = [[event(rng, first + n) for n in range(PER_REQUEST)] for first in range(0, EVENTS, PER_REQUEST)]
        with harness.Workspace() as workspace:
            mock = workspace.mock(MOCK, "--quiet")
            relay = workspace.relay(PINRELAY, mock)
            with concurrent.futures.ThreadPoolExecutor(8) as pool:
                statuses = list(pool.map(lambda body: relay.post(body)[0], bodies))
            harness.wait_until(lambda: relay.balance()["pending"] == 0, "all fates known", patience=60)

            balance = relay.balance()
            records = mock.records()
            requests = {key: value for key, value in relay.metrics().items()
                        if key.startswith("pinrelay_delivery_requests_total")}
        print(balance, requests)

        self.assertEqual(set(statuses), {204})
        self.assertEqual(balance["accepted"], EVENTS)
        self.assertEqual(balance["accepted"], balance["delivered"] + balance["dropped"] + balance["dead_lettered"])
        self.assertEqual(balance["dead_lettered"], 0, "Pinterest refused something that the gate let through")
        self.assertEqual({record["verdict"]["status"] for record in records}, {"processed"})
        ids = [record["event"]["event_id"] for record in records]
        self.assertEqual(len(ids), len(set(ids)), "sent twice")
        self.assertEqual(len(ids), balance["delivered"])
        self.assertGreater(balance["delivered"], EVENTS // 4, "the generator makes too little that can be sent")


if __name__ == "__main__":
    unittest.main()
