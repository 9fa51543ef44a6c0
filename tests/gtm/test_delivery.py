"""The template in front of a running relay: what a server container makes of a purchase arrives at Pinterest."""
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import harness  # noqa: E402
import needs  # noqa: E402
import one_purchase  # noqa: E402
import template_test  # noqa: E402


class Delivery(template_test.TemplateTest):
    def test_brings_a_purchase_to_pinterest_with_the_click_id_of_the_cookie(self):
        event = template_test.event("purchase", "container", **{"x-ga-gcs": "G111"},
                                    **one_purchase.parameters("container"))

        answer = self.run_template(event, {"_epik": [one_purchase.CLICK_ID]})
        harness.wait_delivered(self.relay, 1)

        self.assertEqual(answer["outcome"], "success")
        one_purchase.assert_arrived(self, self.mock.events()[0], "container")

    def test_consent_that_the_fields_refuse_is_honoured(self):
        event = template_test.event("purchase", "refused", **one_purchase.parameters("refused"))

        answer = self.run_template(event, consent="fields", adStorage="denied")

        self.assertEqual(answer["outcome"], "success")
        self.assertEqual(self.relay.balance()["dropped"], 1)
        self.assertEqual(self.mock.events(), [])

    def test_fails_where_the_relay_refuses_the_event_or_is_away(self):
        self.assertEqual(self.run_template({"nothing": "here"})["outcome"], "failure")
        self.relay.end()
        self.assertEqual(self.run_template({"event_name": "purchase"})["outcome"], "failure")


if __name__ == "__main__":
    needs.commands("node")
    unittest.main()
