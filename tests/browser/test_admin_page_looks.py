"""Each section of the admin port's page with all that it can show: readable by everybody, at each width, light and dark."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import admin_page  # noqa: E402
import browser_test  # noqa: E402
import fake_admin  # noqa: E402
import npm_packages  # noqa: E402

SECTIONS = ("now", "events", "dead-letters", "attention", "try")
SHOWN = {"now": "Paused", "events": "generate_lead", "dead-letters": "Newest dead letters", "attention": "Act now", "try": "Explain"}
RUN_AXE = "axe.run(document, {resultTypes: ['violations']}).then(({violations}) => violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`))"


class Looks(admin_page.AdminPageTest):
    @classmethod
    def setUpClass(cls):
        cls.axe = (npm_packages.node_modules(Path(__file__).parent / "packages.txt") / "axe-core" / "axe.min.js").read_text()
        super().setUpClass()
        cls.fake = cls.enterClassContext(fake_admin.FakeAdmin())

    def open_section(self, section):
        self.page.open("about:blank")
        self.open(self.fake.url, section)
        self.wait_for_text(SHOWN[section])

    def unfold(self, section):
        """Everything that can be opened is open."""
        if section == "dead-letters":
            self.press("Check and replay", ".group")
            self.wait_for_text("The relay would send 4 events again")
        if section == "try":
            self.press("Insert a sample")
            self.press("Explain")
            self.wait_for_text("did you mean")
        self.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        self.page.evaluate("new Promise((resolve) => setTimeout(resolve, 50))")

    def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(self):
        for width in (360, 1440):
            for dark in (False, True):
                self.page.resize(width, 900, dark)
                for section in SECTIONS:
                    with self.subTest(section, width=width, dark=dark):
                        self.open_section(section)
                        self.unfold(section)
                        self.page.evaluate(self.axe + ";0")
                        self.assertEqual(self.page.evaluate(RUN_AXE), [])
                        self.assertLessEqual(self.page.evaluate("document.documentElement.scrollWidth"), width)
        self.assert_well_behaved()

    def test_an_event_opens_to_its_reason_and_what_to_do(self):
        self.open_section("events")

        self.page.evaluate("[...document.querySelectorAll('details.row')].find((row) => row.innerText.includes('order-4724')).open = true")

        self.wait_for_text("What to do", "details[open]")
        for words in ("Pinterest’s answer refused this event", "Invalid value for custom_data.currency", "e-mail"):
            self.assertIn(words, self.text("details[open]"))
        self.assert_well_behaved()

    def test_events_are_live_and_filtered(self):
        self.open_section("events")
        self.wait_for_text("Live")
        self.wait_for_text("order-live")
        count = "document.querySelectorAll('details.row').length"
        self.assertEqual(self.page.evaluate(count), 28, "27 and one that came by the stream")
        for order, outcome in (("order-4710", "Delivered"), ("order-4701", "Dead letter")):
            self.wait(f"[...document.querySelectorAll('details.row')].find((row) => row.innerText.includes('{order}')).innerText.includes('{outcome}')",
                      f"the outcome of {order}, which waited")

        self.page.evaluate("(() => { const select = document.getElementById('events-status'); select.value = 'dropped'; select.dispatchEvent(new Event('change')); })()")

        self.assertEqual(self.page.evaluate(count), 6)
        self.assertEqual(set(self.page.evaluate("[...document.querySelectorAll('details.row .pill')].map((each) => each.innerText)")), {"Dropped"})
        self.assert_well_behaved()

    def test_a_pasted_event_is_explained_stage_by_stage(self):
        self.open_section("try")
        self.unfold("try")

        for words in ("Would be sent", "Input", "Fields of the Pinterest event", "user_data.em", "SHA-256 of each address", "did you mean", "Warnings"):
            self.assertIn(words, self.text())
        self.assert_well_behaved()

    def test_the_keyboard_reaches_every_control_and_shows_where_it_is(self):
        self.open_section("now")

        self.page.press_key("Tab")
        self.assertEqual(self.page.evaluate("document.activeElement.className"), "skip")
        for _ in range(6):
            self.page.press_key("Tab")
        self.assertEqual(self.page.evaluate("document.activeElement.id"), "now-account")
        self.assertNotEqual(self.page.evaluate("getComputedStyle(document.activeElement).outlineStyle"), "none")


if __name__ == "__main__":
    browser_test.main()
