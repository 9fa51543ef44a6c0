"""Client libraries in Node, pointed at the relay: one purchase each."""
import hashlib
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import needs  # noqa: E402
import npm_packages  # noqa: E402
import sender_test  # noqa: E402
import shop  # noqa: E402

DIGEST = hashlib.sha256(b"jane.doe@example.com").hexdigest()
SENDERS = Path(__file__).with_name("senders.cjs")


class Node(sender_test.SenderTest):
    def send(self, client, url, parameters=None, **environment):
        self.run_sender(["node", SENDERS, client, url], {**self.event(client), **(parameters or {})},
                        NODE_PATH=str(PACKAGES), **environment)

    def test_ga4mp(self):
        self.send("ga4mp", f"{self.relay.url}/collect/g/collect", {"user_data.sha256_email_address": DIGEST})

        # It names the visitor's address but has no field for the user agent, only the header, which with a sender that
        # names the visitor counts as the server's own.
        self.assert_purchase_arrived("ga4mp", user_agent=None)
        self.assertEqual(self.mock.events()[0]["user_data"]["em"], [DIGEST])

    def test_ga4_mp(self):
        self.send("ga4-mp", f"{self.relay.url}/collect/mp/collect?measurement_id=G-TEST123&api_secret=a-secret")

        self.assert_purchase_arrived("ga4-mp")

    def test_stape_sgtm_nodejs(self):
        site = self.enterContext(shop.Shop(self.workspace.path, self.relay))

        self.send("stape-sgtm-nodejs", f"https://localhost:{site.port}/collect", NODE_EXTRA_CA_CERTS=str(site.ca_file))

        self.assert_purchase_arrived("stape-sgtm-nodejs")


if __name__ == "__main__":
    needs.commands("node")
    PACKAGES = npm_packages.node_modules()
    unittest.main()
