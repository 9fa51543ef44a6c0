"""The click id of the landing page, kept by the relay's answer in the browser's cookie for the purchase pages later."""
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import browser_test  # noqa: E402
import harness  # noqa: E402
import one_purchase  # noqa: E402

SNIPPET = (harness.ROOT / "gtm" / "snippet.min.js").read_text()
DAY = 24 * 60 * 60


class Cookie(browser_test.BrowserTest):
    def land(self, script=SNIPPET):
        """Opens the page that the visitor came to from Pinterest, and waits for the cookie."""
        self.page.open(self.shop.page(one_purchase.PAGE, script))
        return harness.wait_until(lambda: self.page.cookies(self.shop.url).get("_epik"), "the browser has the cookie _epik")

    def test_is_written_for_a_year_to_the_site_alone(self):
        cookie = self.land()

        self.assertEqual((cookie["value"], cookie["domain"], cookie["path"]), (one_purchase.CLICK_ID, "shop.example", "/"))
        self.assertEqual((cookie["secure"], cookie["sameSite"]), (True, "Lax"))
        self.assertAlmostEqual(cookie["expires"], time.time() + 365 * DAY, delta=DAY)

    def test_gives_a_purchase_on_another_page_its_click_id(self):
        self.land()
        event = {"event_id": "later", **one_purchase.parameters("later")}

        self.page.open(self.shop.page("/checkout", f"{SNIPPET}; pinrelay('purchase', {json.dumps(event)})"))

        self.assert_purchase_arrived("later")

    def test_is_not_written_where_consent_is_refused(self):
        stub = "window.pinrelay = function () { (pinrelay.q = pinrelay.q || []).push(arguments) };"
        refusal = "pinrelay('consent', {ad_storage: 'denied', ad_user_data: 'denied'});"
        self.page.open(self.shop.page("/refused?epik=dj0yJnU9refused", stub + refusal + SNIPPET))
        harness.wait_until(lambda: [body for _, body in self.shop.passed_on if "refused" in body], "the view was sent")

        self.page.open(self.shop.page("/next"))

        self.assertNotIn("_epik", self.page.cookies(self.shop.url))


if __name__ == "__main__":
    browser_test.main()
