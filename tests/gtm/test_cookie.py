"""The click id goes from the page through the template and the relay into the container's cookie, and back."""
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import needs  # noqa: E402
import one_purchase  # noqa: E402
import template_test  # noqa: E402

YEAR = 365 * 24 * 60 * 60
LANDING = template_test.event("page_view", "landing", page_location=f"https://shop.example{one_purchase.PAGE}")


class Cookie(template_test.TemplateTest):
    def test_of_the_landing_page_is_set_as_the_relay_says(self):
        answer = self.run_template(LANDING)

        self.assertEqual(answer, {"outcome": "success", "cookies": [
            ["_epik", one_purchase.CLICK_ID,
             {"domain": "auto", "path": "/", "secure": True, "max-age": YEAR, "sameSite": "lax"}]]})

    def test_is_not_set_where_that_is_switched_off(self):
        self.assertEqual(self.run_template(LANDING, writeCookies=False), {"outcome": "success", "cookies": []})


if __name__ == "__main__":
    needs.commands("node")
    unittest.main()
