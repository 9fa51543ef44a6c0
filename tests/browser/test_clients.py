"""Analytics clients in a real browser, pointed at the site's /collect: one purchase each."""
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import browser_test  # noqa: E402
import npm_packages  # noqa: E402
import one_purchase  # noqa: E402

# What this client takes are pairs of the wire format.
MINIMAL_ANALYTICS = """
window.minimalAnalytics = {trackingId: 'G-TEST123', analyticsEndpoint: '/collect', defineGlobal: true};
"""
GA4MP = """
ga4mp(['G-TEST123'], {endpoint: '/collect/g/collect'}).trackEvent('purchase', %s);
"""


def wire_pairs(event_id):
    items = ["id{item_id}~nm{item_name}~pr{price}~qt{quantity}".format(**item) for item in one_purchase.ITEMS]
    return [["ep.event_id", event_id], ["ep.transaction_id", event_id], ["epn.value", one_purchase.VALUE],
            ["cu", one_purchase.CURRENCY], *([f"pr{number}", item] for number, item in enumerate(items, 1))]


class Clients(browser_test.BrowserTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop.script("/minimal.js", (PACKAGES / "@minimal-analytics/ga4/dist/index.js").read_text())
        cls.shop.script("/ga4mp.js", (PACKAGES / "@analytics-debugger/ga4mp/dist/ga4mp.umd.min.js").read_text())

    def test_minimal_analytics(self):
        event = {"type": "purchase", "event": wire_pairs("minimal")}
        url = self.shop.page(one_purchase.PAGE, f"track('G-TEST123', {json.dumps(event)})",
                             f'<script>{MINIMAL_ANALYTICS}</script><script src="/minimal.js"></script>')

        self.page.open(url)

        self.assert_purchase_arrived("minimal")

    def test_ga4mp(self):
        parameters = {"event_id": "ga4mp", **one_purchase.parameters("ga4mp")}
        url = self.shop.page(one_purchase.PAGE, GA4MP % json.dumps(parameters), '<script src="/ga4mp.js"></script>')

        self.page.open(url)

        self.assert_purchase_arrived("ga4mp")


if __name__ == "__main__":
    PACKAGES = npm_packages.node_modules()
    browser_test.main()
