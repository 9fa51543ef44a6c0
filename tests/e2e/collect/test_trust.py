"""How well senders are known, what an account may require of them, and what strangers get."""
import json
import os
import signal
import stat
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]
KEY = "TEST_ONLY_shared_key_1"
SIGNING_KEY = "TEST_ONLY_signing_key_1"
VISITOR = "198.51.100.7"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
ORIGIN = "https://shop.example"


def from_page(cookie=None, address=VISITOR):
    """A browser of the shop, which a trusted proxy names by its public address."""
    headers = {"User-Agent": FIREFOX, "Origin": ORIGIN, "Sec-Fetch-Site": "same-origin", "X-Forwarded-For": address}
    return {**headers, "Cookie": cookie} if cookie else headers


def purchase(event_id, **more):
    return {"event": "purchase", "event_id": event_id, "value": 79.99, "currency": "USD",
            "user_data": {"email": "jane@example.com"}, **more}


def signed(event, headers=None):
    payload = json.dumps(event).encode()
    return payload, {**harness.signature(payload, SIGNING_KEY), "X-Forwarded-For": "203.0.113.200", **(headers or {})}


class Trust(unittest.TestCase):
    def setUp(self):
        self.workspace = harness.Workspace()
        self.addCleanup(lambda: self.workspace.__exit__(None, None, None))
        self.mock = self.workspace.mock(MOCK)
        (self.workspace.path / "keys").write_text(KEY + "\n")
        (self.workspace.path / "signing_keys").write_text(SIGNING_KEY + "\n")

    def start(self, account=None, **sections):
        file = self.workspace.path / "pinrelay.json"
        account = {"ad_account_id": harness.ACCOUNT, "access_token": harness.TOKEN, "allow_origins": [ORIGIN],
                   "keys_file": str(self.workspace.path / "keys"),
                   "signing_keys_file": str(self.workspace.path / "signing_keys"), **(account or {})}
        collect = {"trusted_proxies": ["127.0.0.1"], **sections.pop("collect", {})}
        file.write_text(json.dumps({"endpoint": self.mock.url, "ca_file": str(self.mock.ca_file), "collect": collect,
                                    "delivery": {"batch_linger": "20ms"}, "accounts": [account], **sections}))
        self.relay = self.workspace.relay(PINRELAY, None, config=file)

    def post(self, event, headers, path="/collect"):
        return self.relay.post(event, path, headers)

    def dropped(self, reason):
        name = f'pinrelay_events_dropped_total{{destination="pinterest:{harness.ACCOUNT}",reason="{reason}"}}'
        return self.relay.metrics().get(name, 0)

    def sent(self, count):
        harness.wait_delivered(self.relay, count)
        return {event["event_id"]: event for event in self.mock.events()}

    def proof(self, answer):
        line = next((value for name, value in answer[1].items()
                     if name == "Set-Cookie" and value.startswith("_pinrelay_proof=")), None)
        return line and line.split(";")[0]

    def test_only_known_senders_buy_whatever_the_event_is_called(self):
        self.start({"require": {"purchase": ["signing_keys", "keys"]},
                    "mapping": {"events": {"order_paid": {"name": "checkout"}}}})
        names = ["purchase", "Purchase", "checkout", "buy", "order_paid", "dl_purchase", "order_completed",
                 "checkout_completed", "transaction"]

        for name in names:
            self.assertEqual(self.post({**purchase("forged-" + name), "event": name}, from_page())[0], 204)
        form = b"v=2&tid=G-1&cid=1.2&en=purchase&epn.value=5&cu=USD"
        self.assertEqual(self.post(form, from_page(), "/g/collect")[0], 204)
        self.assertEqual(self.post({"event": "page_view", "event_id": "page"}, from_page())[0], 204)
        self.assertEqual(self.post(purchase("by-key"), {"X-Pinrelay-Key": KEY, "X-Forwarded-For": "203.0.113.200"})[0],
                         204)
        payload, headers = signed(purchase("by-signature"))
        self.assertEqual(self.post(payload, headers)[0], 204)

        self.assertEqual(set(self.sent(3)), {"page", "by-key", "by-signature"})
        self.assertEqual(self.dropped("untrusted_sender"), len(names) + 1)
        log = harness.wait_until(lambda: "untrusted_sender" in self.relay.log() and self.relay.log(), "the log")
        self.assertEqual(log.count("reason=untrusted_sender"), 1)
        self.assertIn("docs/access.md", log)

    def test_a_browser_earns_its_proof_by_an_earlier_page(self):
        self.start({"require": {"purchase": ["browsers"]}})

        first = self.post({"event": "page_view", "event_id": "page"}, from_page())
        proof = self.proof(first)
        self.assertRegex(proof, r"^_pinrelay_proof=1\.[0-9a-f]{10}\.[0-9a-f]{16}\.[0-9a-f]{32}$")
        self.assertIn("; Max-Age=86400; Path=/; Secure; SameSite=Lax; HttpOnly", first[1]["Set-Cookie"])
        forged = proof[:-1] + ("0" if proof[-1] != "0" else "1")
        self.post(purchase("without"), from_page())
        self.post(purchase("forged"), from_page(forged))
        for number in range(21):
            self.post(purchase(f"order-{number}"), from_page(proof, f"198.51.100.{number + 20}"))

        sent = self.sent(21)
        self.assertEqual(set(sent), {"page"} | {f"order-{number}" for number in range(20)})
        self.assertEqual(self.dropped("untrusted_sender"), 3)
        number = proof.split(".")[2]
        self.assertNotIn(number, json.dumps(self.mock.records()))
        self.assertNotIn(number, self.relay.log())
        for file in self.relay.data_dir.iterdir():
            self.assertNotIn(number.encode(), file.read_bytes(), file)

    def test_a_link_of_another_sites_page_buys_nothing_in_its_visitors_name(self):
        self.start({"require": {"purchase": ["browsers"]}})
        proof = self.proof(self.post({"event": "page_view", "event_id": "page"}, from_page()))
        link = "/collect?event=purchase&event_id=forged&value=5&currency=USD&email=jane%40example.com"
        by_link = {**from_page(proof), "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
        del by_link["Origin"]
        by_link["Referer"] = ORIGIN + "/"

        self.assertIn(self.relay.request("GET", link, headers=by_link)[0], (200, 204))
        self.post(purchase("own"), from_page(proof))

        self.assertEqual(set(self.sent(2)), {"page", "own"})
        self.assertEqual(self.dropped("untrusted_sender"), 1)

    def test_the_key_of_the_proofs_outlives_a_restart(self):
        self.start({"require": {"purchase": ["browsers"]}})
        proof = self.proof(self.post({"event": "page_view", "event_id": "page"}, from_page()))
        key = self.relay.data_dir / "proof_key"
        self.assertEqual(stat.S_IMODE(key.stat().st_mode), 0o600)

        self.relay.end()
        self.start({"require": {"purchase": ["browsers"]}})
        self.post(purchase("order"), from_page(proof))

        self.assertIn("order", self.sent(2))

    def test_a_reload_counts_on_what_a_proof_has_carried(self):
        self.start({"require": {"purchase": ["browsers"]}})
        proof = self.proof(self.post({"event": "page_view", "event_id": "page"}, from_page()))
        for number in range(20):
            self.post(purchase(f"order-{number}"), from_page(proof))

        self.relay.child.send_signal(signal.SIGHUP)
        harness.wait_until(lambda: "a new configuration is in force" in self.relay.log(), "the reload")
        self.post(purchase("one-more"), from_page(proof))

        self.assertNotIn("one-more", self.sent(21))
        self.assertEqual(self.dropped("untrusted_sender"), 1)

    def test_a_damaged_key_is_set_aside_and_logged(self):
        self.start()
        key = self.relay.data_dir / "proof_key"
        self.relay.end()
        key.write_bytes(key.read_bytes()[:31])

        self.start()

        self.assertIn("is damaged; a new one takes its place", self.relay.log())
        self.assertEqual((len(key.read_bytes()), len((self.relay.data_dir / "proof_key.damaged").read_bytes())),
                         (32, 31))
        self.assertIsNotNone(self.proof(self.post({"event": "page_view", "event_id": "page"}, from_page())))

    def test_a_page_of_another_site_has_no_use_for_the_proofs_of_its_visitors(self):
        self.start({"allow_origins": [], "keys_file": None, "signing_keys_file": None,
                    "require": {"purchase": ["browsers"]}})
        proof = self.proof(self.post({"event": "page_view", "event_id": "page"}, from_page()))

        hit = "v=2&tid=G-1&cid=1.2&en=purchase&ep.transaction_id=forged&epn.value=5&cu=USD"
        self.relay.request("GET", "/g/collect?" + hit,
                           headers={"User-Agent": FIREFOX, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate",
                                    "X-Forwarded-For": VISITOR, "Cookie": proof})

        self.assertEqual(set(self.sent(1)), {"page"})
        self.assertEqual(self.dropped("untrusted_sender"), 1)

    def test_no_proof_for_who_refuses_cookies_and_none_where_it_is_off(self):
        self.start()
        denied = {"event": "page_view", "event_id": "1", "consent_state": {"ad_storage": "denied"}}
        self.assertIsNone(self.proof(self.post(denied, from_page())))
        self.relay.end()
        self.start(cookies={"proof": False})
        self.assertIsNone(self.proof(self.post({"event": "page_view", "event_id": "2"}, from_page())))

    def test_a_stranger_chooses_no_other_visitor_and_a_known_sender_does(self):
        self.start()
        named = {"ip_override": "203.0.113.9", "user_agent": "Mozilla/5.0 (iPhone)"}

        self.post(purchase("browser", **named), from_page())
        self.post(purchase("server", **named), {"Origin": ORIGIN, "X-Forwarded-For": VISITOR, "User-Agent": "axios/1"})
        self.post(purchase("key", **named), {"X-Pinrelay-Key": KEY, "X-Forwarded-For": VISITOR})

        sent = {name: event["user_data"] for name, event in self.sent(3).items()}
        self.assertEqual(sent["browser"]["client_ip_address"], VISITOR)
        self.assertEqual(sent["browser"]["client_user_agent"], FIREFOX)
        self.assertNotIn("client_ip_address", sent["server"])
        self.assertEqual(sent["key"]["client_ip_address"], "203.0.113.9")
        self.assertEqual(sent["key"]["client_user_agent"], "Mozilla/5.0 (iPhone)")
        self.assertIn("address_not_believed", self.relay.admin("/metrics"))
        self.assertIn("names another visitor than itself", self.relay.log())

    def test_no_unsigned_header_drops_or_changes_a_signed_event(self):
        self.start()
        event = purchase("signed", ip_override="203.0.113.9", user_agent=FIREFOX)

        for header, value in {"Sec-Purpose": "prefetch", "Purpose": "prefetch", "X-Moz": "prefetch",
                              "X-Gtm-Server-Preview": "x", "User-Agent": "Googlebot/2.1", "Sec-GPC": "1",
                              "Cookie": "_epik=planted; _pin_unauth=planted; _ga=GA1.1.1.2",
                              "Referer": "https://shop.example/?epik=planted", "Accept-Language": "de",
                              "Origin": "https://gtm-msr.appspot.com"}.items():
            payload, headers = signed({**event, "event_id": "with-" + header},
                                      {"Sec-Fetch-Site": "same-origin", header: value})
            self.assertEqual(self.post(payload, headers)[0], 204, header)

        payload, headers = signed({**event, "event_id": "with-query"})
        self.assertEqual(self.post(payload, headers, "/collect?v=2&en=refund&epn.value=1&uip=198.51.100.99")[0], 204)
        payload, headers = signed(event)
        headers["X-Pinrelay-Signature"] = signed({})[1]["X-Pinrelay-Signature"]
        self.assertEqual(self.post(payload, headers)[0], 401)

        events = list(self.sent(11).values())
        bodies = {json.dumps({**event, "event_id": "", "event_time": 0}, sort_keys=True) for event in events}
        self.assertEqual(len(bodies), 1, bodies)

    def test_debug_answers_are_for_known_senders_and_name_no_account_to_others(self):
        self.start()

        stranger = self.post(purchase("x"), from_page(), "/collect?debug=1")
        self.assertEqual(stranger[0], 403)
        self.assertIn(b"debug_off", stranger[2])
        self.assertEqual(self.post(purchase("x"), from_page(), "/debug/mp/collect")[0], 403)
        known = self.post(purchase("x"), {"X-Pinrelay-Key": KEY, "X-Forwarded-For": VISITOR}, "/collect?debug=1")
        self.assertEqual(known[0], 200)
        answer = json.loads(known[2])["events"][0]
        self.assertEqual(answer["destination"], f"pinterest:{harness.ACCOUNT}")
        self.assertEqual(answer["sender"]["trust"], "key")
        asking = {"Origin": ORIGIN, "X-Forwarded-For": VISITOR, "Accept": "application/json", "User-Agent": "axios/1"}
        told = self.post(purchase("told"), asking)
        self.assertEqual(told[0], 200)
        self.assertNotIn(harness.ACCOUNT.encode(), told[2] + stranger[2])
        self.assertEqual(set(self.sent(1)), {"told"}, "a test must not become a conversion")

    def test_debug_answers_for_everybody_name_no_account_to_strangers(self):
        self.start(collect={"debug": True})

        status, _, answer = self.post(purchase("x"), from_page(), "/collect?debug=1")

        self.assertEqual(status, 200)
        self.assertIn(b"would_send", answer)
        self.assertNotIn(harness.ACCOUNT.encode(), answer)

    def test_debug_answers_on_this_machine_need_nothing(self):
        self.start({"allow_origins": [], "keys_file": None, "signing_keys_file": None},
                   collect={"trusted_proxies": []})

        local = self.post(purchase("x"), {}, "/collect?debug=1")
        forwarded = self.post(purchase("x"), {"X-Forwarded-For": VISITOR}, "/collect?debug=1")
        named = self.post(purchase("x"), {"Host": "t.shop.example"}, "/collect?debug=1")

        self.assertEqual((local[0], forwarded[0], named[0]), (200, 403, 403))
        self.assertIn(harness.ACCOUNT.encode(), local[2])

    def test_a_dot_at_the_end_of_a_host_makes_no_difference(self):
        self.start({"hosts": ["shop.example"]})

        page = {"event": "page_view", "event_id": "page", "page_location": "https://shop.example./thanks"}
        dotted = {**from_page(), "Origin": ORIGIN + "."}

        self.assertEqual(self.post(page, dotted)[0], 204)
        self.assertEqual(set(self.sent(1)), {"page"})


if __name__ == "__main__":
    unittest.main()
