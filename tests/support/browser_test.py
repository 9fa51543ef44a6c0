"""A browser in front of a shop, its relay and a local Pinterest: what the browser tests share."""
import os
import shutil
import unittest

import chromium
import harness
import needs
import one_purchase
import shop


def main():
    """Runs the tests of the calling file, where there is a browser."""
    if find_browser() is None:
        needs.give_up("chromium not found")
    unittest.main()


def find_browser():
    return next(filter(None, map(shutil.which, chromium.COMMANDS)), None)


class BrowserTest(unittest.TestCase):
    """One browser, relay and Pinterest for all tests of a class; each test has a page and an event id of its own."""

    maxDiff = None
    settings = {}  # of the relay

    @classmethod
    def setUpClass(cls):
        cls.workspace = cls.enterClassContext(harness.Workspace())
        cls.mock = cls.workspace.mock(os.environ["PINTEREST_MOCK"])
        cls.relay = cls.workspace.relay(os.environ["PINRELAY"], cls.mock, trusted_proxies="127.0.0.1", **cls.settings)
        cls.shop = cls.enterClassContext(shop.Shop(cls.workspace.path, cls.relay))
        cls.browser = chromium.Chromium(cls.workspace, find_browser(), one_purchase.USER_AGENT)

    def setUp(self):
        self.page = self.browser.new_page()
        self.addCleanup(self.page.close)

    def event(self, event_id):
        """The event with that id, once it is at Pinterest."""
        def find():
            return [event for event in self.mock.events() if event["event_id"] == event_id]

        found = harness.wait_until(find, f"{event_id} arrives at Pinterest")
        self.assertEqual(len(found), 1, found)
        return found[0]

    def assert_purchase_arrived(self, event_id):
        one_purchase.assert_arrived(self, self.event(event_id), event_id)
