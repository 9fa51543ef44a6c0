"""gtm/snippet.js and its short form in a real browser: both do the same."""
import json
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import browser_test  # noqa: E402
import harness  # noqa: E402
import one_purchase  # noqa: E402

FOLDER = harness.ROOT / "gtm"
SHORT = "snippet.min.js"
LONG = "snippet.js"
LONGEST = 1024  # bytes of the short form

STUB = ("<script>window.pinrelay = window.pinrelay || function () "
        "{ (pinrelay.q = pinrelay.q || []).push(arguments) }</script>")


def purchase(event_id):
    """The call on the page."""
    return f"pinrelay('purchase', {json.dumps({'event_id': event_id, **one_purchase.parameters(event_id)})})"


class Size(unittest.TestCase):
    def test_of_the_short_form(self):
        self.assertLessEqual((FOLDER / SHORT).stat().st_size, LONGEST)

    def test_the_stub_is_the_one_that_the_snippet_documents(self):
        self.assertIn(f"// {STUB}\n", (FOLDER / LONG).read_text())


class Snippet:
    """The tests of one file; the classes below name it."""

    file = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop.script("/pinrelay.js", (FOLDER / cls.file).read_text())

    def setUp(self):
        super().setUp()
        self.name = self._testMethodName
        self.path = one_purchase.PAGE.replace("/thanks", f"/{self.name}")
        self.url = self.shop.url + self.path

    def open(self, script="", before="", attributes=""):
        """A page with the snippet: `before` it is there, and behind it on the page."""
        head = f'{STUB}<script>{before}</script><script async src="/pinrelay.js" {attributes}></script>'
        self.shop.page(self.path, script, head)
        self.page.open(self.url)

    def sent(self, count):
        """So many events of this test's page, as they came to the relay."""
        def find():
            events = [json.loads(body) for _, body in self.shop.passed_on]
            mine = [event for event in events if event["page_location"] == self.url]
            return mine if len(mine) >= count else None

        found = harness.wait_until(find, f"{count} events of {self.name}")
        self.assertEqual(len(found), count, found)
        return found

    def test_views_of_a_page_are_sent_by_themselves(self):
        self.page.open(self.shop.page("/next", f"document.body.innerHTML = '<a href=\"{self.path}\">'"))
        self.shop.page(self.path, head=f'{STUB}<script async src="/pinrelay.js"></script>')

        self.page.evaluate("document.querySelector('a').click()")
        [view] = self.sent(1)
        arrived = self.event(view["event_id"])

        self.assertEqual((view["event"], view["page_location"], view["page_referrer"], view["page_title"]),
                         ("page_view", self.url, f"{self.shop.url}/next", "Thank you"))
        self.assertEqual((arrived["event_name"], arrived["event_source_url"]), ("page_visit", self.url))

    def test_a_purchase_arrives_with_value_items_ids_and_click_id(self):
        self.open(purchase(self.name))

        self.assert_purchase_arrived(self.name)

    def test_a_purchase_while_the_visitor_leaves_arrives(self):
        self.open(f"addEventListener('pagehide', () => {purchase(self.name)})")
        self.sent(1)

        self.page.open(self.shop.page("/next"))

        self.assert_purchase_arrived(self.name)

    def test_calls_from_before_it_was_loaded_come_after_the_page_view_in_their_order(self):
        # One beacon overtakes another on its way to the relay: the order is that of the page.
        self.page.before_load("window.order = []; const beacon = navigator.sendBeacon;"
                              "navigator.sendBeacon = function (url, body) {"
                              "  order.push(JSON.parse(body).event); return beacon.call(navigator, url, body) }")
        self.open(before="pinrelay('search'); pinrelay('sign_up')")
        self.sent(3)

        self.assertEqual(self.page.evaluate("order"), ["page_view", "search", "sign_up"])

    def test_each_firing_has_an_id_of_its_own_that_the_page_gets(self):
        self.open()
        self.sent(1)

        ids = self.page.evaluate("[pinrelay('sign_up'), pinrelay('sign_up'), pinrelay('lead', {event_id: 'mine'})]")
        sent = [event["event_id"] for event in self.sent(4)]

        self.assertEqual(ids[2], "mine")
        self.assertEqual(len(set(sent)), 4)
        self.assertLessEqual(set(ids), set(sent))

    def test_ids_differ_also_where_the_page_has_no_random_uuid(self):
        self.page.before_load("delete Crypto.prototype.randomUUID")
        self.open("pinrelay('sign_up')")

        ids = {event["event_id"] for event in self.sent(2)}

        self.assertEqual(self.page.evaluate("typeof crypto.randomUUID"), "undefined")
        self.assertEqual(len(ids), 2)

    def test_consent_goes_with_every_event_the_page_view_included(self):
        self.open("pinrelay('sign_up')", before="pinrelay('consent', {ad_storage: 'denied', ad_user_data: 'granted'})")
        self.sent(2)

        self.page.evaluate("pinrelay('consent', {ad_storage: 'granted'}); pinrelay('lead')")
        consents = {event["event"]: event["consent"] for event in self.sent(3)}

        refused = {"ad_storage": "denied", "ad_user_data": "granted"}
        self.assertEqual(consents, {"page_view": refused, "sign_up": refused,
                                    "lead": {"ad_storage": "granted", "ad_user_data": "granted"}})

    def test_an_event_that_consent_refuses_does_not_reach_pinterest(self):
        self.open(purchase(self.name), before="pinrelay('consent', {ad_storage: 'denied'})")
        self.sent(2)

        self.page.evaluate("pinrelay('consent', {ad_storage: 'granted'}); pinrelay('lead', {event_id: 'after'})")
        self.event("after")

        self.assertNotIn(self.name, [event["event_id"] for event in self.mock.events()])

    def test_nothing_is_said_of_consent_where_the_page_says_nothing(self):
        self.open()

        self.assertNotIn("consent", self.sent(1)[0])

    def test_events_wait_for_consent_where_the_page_wants_that(self):
        self.open(purchase(self.name), attributes="data-wait")
        harness.wait_until(lambda: self.page.evaluate("!pinrelay.q"), "the snippet is loaded")
        self.assertEqual([body for _, body in self.shop.passed_on if self.url in body], [])

        self.page.evaluate("pinrelay('consent', {ad_storage: 'granted'})")
        events = self.sent(2)

        self.assertEqual({event["event"] for event in events}, {"page_view", "purchase"})
        self.assertEqual([event["consent"] for event in events], [{"ad_storage": "granted"}] * 2)
        self.assert_purchase_arrived(self.name)

    def test_a_refused_beacon_is_sent_by_fetch(self):
        self.page.before_load("navigator.sendBeacon = () => false")
        self.open(purchase(self.name))

        self.assert_purchase_arrived(self.name)

    def test_another_path_can_be_named(self):
        self.open(attributes='data-endpoint="/collect/data"')
        self.sent(1)

        self.assertEqual([path for path, body in self.shop.passed_on if self.url in body], ["/collect/data"])

    def test_a_page_that_is_loaded_ahead_is_viewed_when_it_is_shown(self):
        self.page.before_load("Object.defineProperty(document, 'prerendering', {value: true, configurable: true})")
        self.open("pinrelay('sign_up')")
        self.assertEqual(self.page.evaluate("pinrelay.q.length"), 1)

        self.page.evaluate("document.dispatchEvent(new Event('prerenderingchange'))")

        self.assertEqual({event["event"] for event in self.sent(2)}, {"page_view", "sign_up"})


class Readable(Snippet, browser_test.BrowserTest):
    file = LONG


class Short(Snippet, browser_test.BrowserTest):
    file = SHORT


if __name__ == "__main__":
    browser_test.main()
