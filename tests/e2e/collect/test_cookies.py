"""The click id and the visitor's id live in cookies that the relay writes: for the site's own browsers, with consent."""
import hashlib
import json
import os
import sys
import unittest
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]

CLICK = "dj0yJnU9abcdefghijklmnop"
BROWSER = {"Host": "shop.example", "User-Agent": "Mozilla/5.0 (X11; Linux x86_64)", "Sec-Fetch-Site": "same-origin",
           "X-Forwarded-For": "203.0.113.45"}
ATTRIBUTES = "; Max-Age=31536000; Path=/; Secure; SameSite=Lax"


def hit(event_id, url="https://shop.example/", **more):
    """A page view as the Google tag sends it."""
    return "/collect/g/collect?" + urlencode({"v": "2", "tid": "G-1", "cid": "1.2", "_p": "7", "en": "page_view",
                                              "ep.event_id": event_id, "dl": url, **more})


def set_cookies(answer):
    """The Set-Cookie headers; the harness gives a dict, in which one of each name is left."""
    return [value for name, value in answer[1].items() if name.lower() == "set-cookie"]


class Cookies(unittest.TestCase):
    maxDiff = None

    def start(self, **settings):
        self.workspace = self.enterContext(harness.Workspace())
        self.mock = self.workspace.mock(MOCK)
        # test_trust.py has the cookie of the proof.
        self.relay = self.workspace.relay(PINRELAY, self.mock, trusted_proxies="127.0.0.1", cookie_proof="false",
                                          **settings)

    def send(self, path, **headers):
        return self.relay.request("POST", path, headers={**BROWSER, **headers})

    def delivered(self, count):
        harness.wait_delivered(self.relay, count)
        return {event["event_id"]: event["user_data"] for event in self.mock.events()}

    def test_the_click_of_the_landing_page_comes_with_every_later_hit(self):
        self.start()

        landing = self.send(hit("landing", f"https://shop.example/?EPIK={CLICK}&epik=other"))
        later = self.send(hit("later"), Cookie=f"_ga=GA1.1.1.2; _epik={CLICK}")
        without = self.send(hit("without"))

        self.assertEqual(set_cookies(landing), [f"_epik={CLICK}{ATTRIBUTES}"])
        self.assertEqual(set_cookies(later), [f"_epik={CLICK}{ATTRIBUTES}"], "each hit renews the year")
        self.assertEqual(set_cookies(without), [])
        events = self.delivered(3)
        self.assertEqual([events[name].get("click_id") for name in ("landing", "later", "without")], [CLICK, CLICK, None])

    def test_images_and_listening_tags_get_it_with_their_own_answers(self):
        self.start()
        url = f"https://shop.example/?epik={CLICK}"

        image = self.relay.request("GET", hit("image", url), headers={**BROWSER, "Sec-Fetch-Dest": "image"})
        listening = self.relay.request("GET", hit("listening", url) + "&richsstsse", headers=BROWSER)

        self.assertEqual((image[0], image[1]["Content-Type"]), (200, "image/gif"))
        self.assertEqual((listening[0], listening[1]["Content-Type"]), (200, "text/event-stream"))
        for answer in (image, listening):
            self.assertEqual(set_cookies(answer), [f"_epik={CLICK}{ATTRIBUTES}"])

    def test_without_consent_or_from_another_site_there_is_none(self):
        self.start()
        url = f"https://shop.example/?epik={CLICK}"

        denied = self.send(hit("denied", url, gcs="G100", gcd="13p3p3p3p5"))
        cross_site = self.send(hit("cross-site", url), **{"Sec-Fetch-Site": "cross-site"})
        old_browser = {name: value for name, value in BROWSER.items() if name != "Sec-Fetch-Site"}
        elsewhere = self.relay.request("POST", hit("elsewhere", url),
                                       headers={**old_browser, "Origin": "https://other.example"})
        no_page = self.relay.request("POST", hit("no-page", url), headers=old_browser)
        own_page = self.relay.request("POST", hit("own-page", url), headers={**old_browser, "Origin": "https://shop.example"})

        self.assertEqual([set_cookies(answer) for answer in (denied, cross_site, elsewhere, no_page)], [[]] * 4)
        self.assertEqual(len(set_cookies(own_page)), 1)
        self.assertEqual(set(self.delivered(4)), {"cross-site", "elsewhere", "no-page", "own-page"})

    def test_a_server_is_told_in_json(self):
        self.start()
        event = {"event_name": "page_view", "event_id": "server-1", "page_location": f"https://shop.example/?epik={CLICK}",
                 "ip_override": "203.0.113.45", "user_agent": BROWSER["User-Agent"]}

        told = self.relay.post(event, headers={"Accept": "application/json"})
        empty = self.relay.post({**event, "event_id": "server-2", "page_location": "https://shop.example/"},
                                headers={"Accept": "application/json"})
        plain = self.relay.post({**event, "event_id": "server-3"})

        self.assertEqual((told[0], told[1]["Content-Type"]), (200, "application/json"))
        self.assertEqual(json.loads(told[2])["cookies"], [
            {"name": "_epik", "value": CLICK, "max_age": 31536000, "path": "/", "same_site": "Lax", "secure": True}])
        self.assertEqual((empty[0], json.loads(empty[2])["cookies"]), (200, []))
        self.assertEqual((plain[0], plain[2]), (204, b""))
        self.assertEqual([set_cookies(answer) for answer in (told, empty, plain)], [[]] * 3)

    def test_a_domain_takes_in_its_sub_domains(self):
        self.start(cookie_domains="shop.example", allowed_origins="https://www.shop.example")
        url = f"https://www.shop.example/?epik={CLICK}"
        from_page = {"Origin": "https://www.shop.example", "Sec-Fetch-Site": "same-site"}

        below = self.send(hit("below", url), Host="t.shop.example", **from_page)
        other = self.send(hit("other", url), Host="shop.test")

        self.assertEqual(set_cookies(below), [f"_epik={CLICK}{ATTRIBUTES}; Domain=shop.example"])
        self.assertEqual(below[1]["Access-Control-Allow-Credentials"], "true")
        self.assertEqual(set_cookies(other), [f"_epik={CLICK}{ATTRIBUTES}"])

    def test_a_browser_keeps_one_random_id_where_that_is_wanted(self):
        self.start(cookie_visitor_id="true")

        first = self.send(hit("first"))
        cookie, = set_cookies(first)
        name, visitor = cookie.split(";")[0].split("=")
        second = self.send(hit("second"), Cookie=f"{name}={visitor}")
        with_user = self.send(hit("with-user", uid="user-77"), Cookie=f"{name}={visitor}")
        opted_out = self.relay.post({"event": "page_view", "event_id": "opted-out", "opt_out": True,
                                     "page_location": "https://shop.example/"}, headers=BROWSER)

        self.assertRegex(cookie, f"^_pinrelay_id=[0-9a-f]{{32}}{ATTRIBUTES}; HttpOnly$")
        self.assertEqual(set_cookies(second), [cookie])
        self.assertEqual(set_cookies(with_user), [cookie])
        self.assertEqual(set_cookies(opted_out), [])
        events = self.delivered(4)
        digest = hashlib.sha256(visitor.encode()).hexdigest()
        self.assertEqual(events["first"]["external_id"], [digest])
        self.assertEqual(events["second"]["external_id"], [digest])
        self.assertEqual(events["with-user"]["external_id"], [hashlib.sha256(b"user-77").hexdigest()])
        self.assertNotIn("external_id", events["opted-out"])

    def test_an_id_that_is_none_of_ours_is_replaced(self):
        self.start(cookie_visitor_id="true")

        answer = self.send(hit("forged"), Cookie="_pinrelay_id=jane@example.com")

        self.assertRegex(set_cookies(answer)[0], "^_pinrelay_id=[0-9a-f]{32};")

    def test_a_hostile_click_id_reaches_no_header(self):
        self.start()
        hostile = ["a;Domain=evil.example", "a%3BDomain%3Devil.example\r\nX-Evil: 1", "a\r\nSet-Cookie: evil=1", "a\nb", "a b",
                   'a"b', "a,b", "a\\b", "ä", "a\0b", "x" * 10_000]

        for number, click in enumerate(hostile):
            in_url = self.send(hit(f"url-{number}", f"https://shop.example/?epik={click}"))
            in_field = self.relay.post({"event": "page_view", "event_id": f"field-{number}", "click_id": click,
                                        "page_location": "https://shop.example/"}, headers=BROWSER)

            for answer in (in_url, in_field):
                self.assertIn(answer[0], (204, 414, 431), click[:40])
                self.assertNotIn("X-Evil", answer[1])
                self.assertEqual(set_cookies(answer), [], click[:40])

    def test_both_cookies_come_in_headers_of_their_own(self):
        self.start(cookie_visitor_id="true")

        lines = self.set_cookie_lines(hit("both", f"https://shop.example/?epik={CLICK}"))

        self.assertEqual([sorted(SimpleCookie(line)) for line in lines], [["_epik"], ["_pinrelay_id"]])

    def set_cookie_lines(self, path):
        connection = harness.http.client.HTTPConnection("127.0.0.1", self.relay.port, timeout=harness.PATIENCE)
        self.addCleanup(connection.close)
        connection.request("POST", path, headers=BROWSER)
        return connection.getresponse().headers.get_all("Set-Cookie")


if __name__ == "__main__":
    unittest.main()
