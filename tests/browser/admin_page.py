"""The page of the admin port in a browser, and what must hold whatever a test does with it."""
import os
import unittest

import browser_test
import chromium
import harness
import one_purchase


class AdminPageTest(unittest.TestCase):
    """One browser for all tests of a class; each test has a page of its own."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.workspace = cls.enterClassContext(harness.Workspace())
        cls.browser = chromium.Chromium(cls.workspace, browser_test.find_browser(), one_purchase.USER_AGENT)

    def setUp(self):
        self.page = self.browser.new_page()
        self.page.watch("Log", "Network", "Runtime")
        self.page.resize(1440, 900)
        self.addCleanup(self.page.close)

    def open(self, url, section="now"):
        self.origin = url.rstrip("/")
        self.page.open(f"{self.origin}/#{section}")
        self.wait(f"document.querySelector('main h1') && document.title.endsWith('Pinrelay')", f"{section} shows")

    def show(self, section):
        self.page.evaluate(f"document.querySelector('.tabs a[href=\"#{section}\"]').click()")

    def wait(self, expression, what):
        return harness.wait_until(lambda: self.page.evaluate(expression), what)

    def text(self, selector="main"):
        return self.page.evaluate(f"document.querySelector({selector!r})?.innerText ?? ''")

    def wait_for_text(self, words, selector="main"):
        harness.wait_until(lambda: words in self.text(selector), f"“{words}” in {selector}")

    def press(self, words, inside="main"):
        """Clicks the button with these words."""
        pressed = self.wait(f"""(() => {{
            const button = [...document.querySelectorAll('{inside} button')].find((each) => each.innerText.startsWith({words!r}) && each.offsetParent);
            button?.click();
            return Boolean(button);
        }})()""", f"the button “{words}”")
        self.assertTrue(pressed)

    def assert_well_behaved(self, allowed=()):
        """No error in the console, no exception, and no request to another origin. `allowed` are statuses of answers, which the
        console reports as errors."""
        self.page.evaluate("1")  # all events that came before are read
        for method, event in self.page.events:
            if method == "Network.requestWillBeSent":
                url = event["request"]["url"]
                self.assertTrue(url.startswith((self.origin, "blob:" + self.origin)), url)
            self.assertNotEqual(method, "Runtime.exceptionThrown", event)
            if method == "Log.entryAdded" and event["entry"]["level"] == "error":
                self.assertTrue(any(f"status of {status}" in event["entry"]["text"] for status in allowed), event["entry"])
            if method == "Runtime.consoleAPICalled":
                self.assertNotIn(event["type"], ("error", "warning", "assert"), event)


PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]
