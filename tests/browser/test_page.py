"""What a page can do without any client: a beacon, and fetch while the visitor leaves."""
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import browser_test  # noqa: E402
import one_purchase  # noqa: E402


def body(event_id):
    """JavaScript for the event as text."""
    event = {"event": "purchase", "event_id": event_id, **one_purchase.parameters(event_id)}
    return f"JSON.stringify(Object.assign({{page_location: location.href}}, {json.dumps(event)}))"


class Page(browser_test.BrowserTest):
    def test_send_beacon(self):
        self.page.open(self.shop.page(one_purchase.PAGE, f"navigator.sendBeacon('/collect', {body('beacon')})"))

        self.assert_purchase_arrived("beacon")

    def test_fetch_with_keepalive_while_the_visitor_leaves(self):
        leave = f"fetch('/collect', {{method: 'POST', keepalive: true, body: {body('leaving')}}})"
        self.page.open(self.shop.page(one_purchase.PAGE, f"addEventListener('pagehide', () => {leave})"))

        self.page.open(self.shop.page("/next"))

        self.assert_purchase_arrived("leaving")


if __name__ == "__main__":
    browser_test.main()
