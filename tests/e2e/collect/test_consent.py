"""The visitor's choice, end to end: what reaches Pinterest, what reaches the disk, and what is counted."""
import hashlib
import json
import os
import sys
import unittest
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]

OUTAGE = {"fault": "status", "status": 503, "times": "forever"}
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64)", "Sec-Fetch-Site": "same-origin",
           "Cookie": "_epik=cookie-click", "X-Forwarded-For": "203.0.113.45"}
PAGE = {"v": "2", "tid": "G-TEST123", "cid": "1.2", "uid": "user-77", "en": "page_view",
        "dl": "https://shop.example/shirts?colour=blue&epik=url-click",
        "ep.user_data.email_address": "jane@example.com", "ep.user_data.address.region": "CA",
        "ep.user_data.address.country": "US"}
REFUSED_THEN_GRANTED = ({"gcs": "G100", "gcd": "13p3p3p3p5"}, {"gcs": "G111", "gcd": "13r3r3r3r5", "gcu": "1"})
UNSET_THEN_GRANTED = ({"gcd": "13l3l3l3l5"}, {"gcs": "G111", "gcd": "13n3n3n3n5", "gcu": "1"})


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


class Consent(unittest.TestCase):
    maxDiff = None

    def start(self, policy, **settings):
        workspace = self.enterContext(harness.Workspace())
        self.mock = workspace.mock(MOCK)
        self.relay = workspace.relay(PINRELAY, self.mock, consent=policy, trusted_proxies="127.0.0.1", **settings)

    def hit(self, event_id, headers=(), **signals):
        query = urlencode({**PAGE, "ep.event_id": event_id, **signals})
        status, _, _ = self.relay.request("POST", f"/collect/g/collect?{query}", headers={**BROWSER, **dict(headers)})
        self.assertEqual(status, 204)

    def delivered(self, count):
        harness.wait_delivered(self.relay, count)
        return {event["event_id"]: event for event in self.mock.events()}

    def dropped(self, reason):
        return self.relay.metrics().get(
            f'pinrelay_events_dropped_total{{destination="pinterest:{harness.ACCOUNT}",reason="{reason}"}}', 0)

    def on_disk(self):
        return b"".join(path.read_bytes() for path in self.relay.data_dir.rglob("*") if path.is_file())

    def test_a_refused_event_reaches_neither_pinterest_nor_the_disk(self):
        for policy in ("respect", "require"):
            with self.subTest(policy):
                self.start(policy)
                self.mock.play(OUTAGE)

                self.hit("refused-hit", gcs="G100", **{"ep.user_data.email_address": "refused@example.com"})
                self.hit("granted-hit", gcs="G111", **{"ep.user_data.email_address": "granted@example.com"})

                disk = self.on_disk()
                for text in ("granted-hit", digest("granted@example.com")):
                    self.assertIn(text.encode(), disk)
                for text in ("refused-hit", digest("refused@example.com")):
                    self.assertNotIn(text.encode(), disk)
                self.mock.play()
                self.assertEqual(set(self.delivered(1)), {"granted-hit"})
                self.assertEqual(self.dropped("consent"), 1)

    def test_under_require_what_says_nothing_is_dropped(self):
        self.start("require")

        self.hit("silent")
        self.hit("granted", gcs="G111")

        self.assertEqual(set(self.delivered(1)), {"granted"})
        self.assertEqual(self.dropped("consent"), 1)

    def test_under_strip_a_refused_event_goes_without_the_person(self):
        self.start("strip", external_id_from_client_id="true")

        self.hit("refused", gcs="G100")
        self.hit("silent")

        events = self.delivered(2)
        stripped = events["refused"]
        self.assertEqual(stripped["opt_out"], True)
        self.assertEqual(stripped["user_data"], {"client_ip_address": "203.0.113.45",
                                                 "client_user_agent": BROWSER["User-Agent"]})
        self.assertEqual(stripped["event_source_url"], "https://shop.example/shirts?colour=blue")
        payload = json.dumps(stripped)
        for text in ("epik", "click", "jane", digest("jane@example.com"), digest("user-77"), digest("1.2")):
            self.assertNotIn(text, payload)
        whole = events["silent"]
        self.assertNotIn("opt_out", whole)
        self.assertEqual(whole["user_data"]["em"], [digest("jane@example.com")])
        self.assertEqual(whole["user_data"]["click_id"], "url-click")

    def test_an_opt_out_of_sale_is_sent_as_limited_data(self):
        self.start("respect")

        self.hit("by-browser", headers={"Sec-GPC": "1"})
        self.hit("by-banner", us_privacy="1YYN")
        self.hit("neither", us_privacy="1YNN")

        events = self.delivered(3)
        for event_id in ("by-browser", "by-banner"):
            event = events[event_id]
            self.assertEqual(event["custom_data"], {"opt_out_type": "LDP"})
            self.assertEqual(event["user_data"]["st"], [digest("ca"), digest("CA")])
            self.assertEqual(event["user_data"]["country"], [digest("us"), digest("US")])
            self.assertNotIn("opt_out", event)
        self.assertNotIn("custom_data", events["neither"])
        self.assertEqual(events["neither"]["user_data"]["st"], [digest("ca")])

    def test_a_page_that_the_tag_repeats_after_a_grant_counts_once(self):
        counted = {"respect": (("second", "consent"), ("first", "consent_repeat")),
                   "require": (("second", "consent"), ("second", "consent")),
                   "strip": (("first", "consent_repeat"), ("first", "consent_repeat"))}
        for policy, outcomes in counted.items():
            self.start(policy)
            for number, (sequence, (_, reason)) in enumerate(zip((REFUSED_THEN_GRANTED, UNSET_THEN_GRANTED), outcomes)):
                before = self.dropped(reason)
                for name, signals in zip(("first", "second"), sequence):
                    self.hit(f"{name}-{number}", **signals)
                self.assertEqual(self.dropped(reason), before + 1, policy)
            wanted = {f"{place}-{number}" for number, (place, _) in enumerate(outcomes)}

            events = self.delivered(2)
            self.assertEqual(set(events), wanted, policy)
            self.assertEqual({event["event_name"] for event in events.values()}, {"page_visit"})
            self.assertEqual(events.get("first-0", {}).get("opt_out"), True if policy == "strip" else None)

    def test_a_page_granted_from_the_start_has_no_repeat(self):
        for policy in ("respect", "require", "strip"):
            self.start(policy)

            self.hit("only", gcs="G111", gcd="13t3t3t3t5")

            self.assertEqual(set(self.delivered(1)), {"only"}, policy)
            self.assertEqual(self.dropped("consent_repeat"), 0)


if __name__ == "__main__":
    unittest.main()
