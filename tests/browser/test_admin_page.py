"""The admin port's page beside a running relay: charts fill, a pause is explained, a dead letter is replayed."""
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import admin_page  # noqa: E402
import browser_test  # noqa: E402
import harness  # noqa: E402
import one_purchase  # noqa: E402
from admin_page import MOCK, PINRELAY  # noqa: E402

REFUSE_TOKEN = {"fault": "status", "status": 401, "times": "forever"}
TOKEN = "a-token-of-the-admin-port-0123456789"
FAIL_BAD_ONES = {"fault": "fail_events", "event_id_contains": "bad", "message": "Invalid value for currency", "times": "forever"}


class AdminPage(admin_page.AdminPageTest):
    def start(self, *rules, **settings):
        workspace = self.enterContext(harness.Workspace())
        self.mock = workspace.mock(MOCK, *workspace.script(*rules))
        self.relay = workspace.relay(PINRELAY, self.mock, probe_interval="200ms", **settings)
        self.url = f"http://127.0.0.1:{self.relay.admin_port}"

    def send(self, *ids):
        self.assertEqual(self.relay.post([harness.sign_up(each) for each in ids])[0], 204)

    def bury(self, *ids):
        self.send(*ids, "taken")
        harness.wait_until(lambda: self.relay.balance()["dead_lettered"] == len(ids), "dead letters")

    def test_charts_fill_while_events_flow(self):
        self.start()
        self.open(self.url)
        self.wait_for_text("No events so far")

        self.send(*(f"id-{number}" for number in range(7)))

        self.wait_for_text("signup")
        self.wait("document.querySelector('.tile.delivered dd').innerText.startsWith('7')", "7 events are delivered")
        self.assertIn("7 events accepted", self.page.evaluate("document.querySelector('.chart svg').getAttribute('aria-label')"))
        self.assertTrue(self.page.evaluate("document.querySelector('.chart path.accepted').getAttribute('d').length > 0"))
        self.assertIn("Healthy", self.text(".account"))
        self.press("Last day")
        self.wait_for_text("per 15 minutes")
        self.wait("document.querySelector('.tile.accepted dd').innerText === '7'", "the day has them, too")
        self.assert_well_behaved()

    def test_a_pause_says_why_and_what_to_do_until_it_is_over(self):
        self.start(REFUSE_TOKEN)
        self.open(self.url)
        self.send("waits")

        self.wait_for_text("Paused", ".account.bad")
        card = self.text(".account.bad")
        for words in ("does not accept the access token", "Create a new access token", "pinrelay reload", "Why", "Since", "1 event"):
            self.assertIn(words, card)
        self.wait_for_text("1 account is paused", "#ready")
        self.show("attention")
        self.wait_for_text("is paused: Pinterest refuses its events")
        self.assertNotIn(harness.TOKEN, self.page.evaluate("document.documentElement.outerHTML"))

        self.mock.play()
        self.show("now")

        self.wait_for_text("Healthy", ".account")
        self.wait_for_text("Accepting events", "#ready")
        self.wait("document.querySelector('.tile.delivered dd').innerText.startsWith('1')", "what waited is delivered")
        self.assert_well_behaved()

    def test_a_dead_letter_is_checked_and_replayed(self):
        self.start(FAIL_BAD_ONES)
        self.bury("bad-1", "bad-2")
        self.open(self.url, "dead-letters")
        self.wait_for_text("Pinterest’s answer refused this event")
        self.wait_for_text("Invalid value for currency")
        self.assertEqual(self.text("#badge-dead-letters"), "2")

        self.press("Check and replay", ".group")
        self.wait_for_text("The relay would send 2 events again", ".replay")
        self.assertEqual(len([each for each in self.mock.events() if each["event_id"] == "bad-1"]), 1, "a check sends nothing")
        self.mock.play()
        self.press("Replay 2 events", ".replay")

        self.wait_for_text("2 events given to delivery again", ".replay")
        harness.wait_until(lambda: len([each for each in self.mock.events() if each["event_id"] == "bad-1"]) == 2, "Pinterest has it")
        self.wait_for_text("There are no dead letters")
        self.assert_well_behaved()

    def test_the_export_is_a_file_without_personal_data(self):
        self.start(FAIL_BAD_ONES)
        self.bury("bad-1")
        self.open(self.url, "dead-letters")
        self.wait_for_text("Newest dead letters")
        self.page.evaluate("""(() => { const make = URL.createObjectURL;
            URL.createObjectURL = (blob) => { blob.text().then((text) => { window.saved = text; }); return make(blob); }; })()""")

        self.press("Export as JSON lines")

        saved = self.wait("window.saved", "the file is made")
        self.assertIn('"event_id":"bad-1"', saved)
        self.assertIn('"identifiers":["em"]', saved)
        self.assertNotIn("user_data", saved)
        self.assert_well_behaved()

    def test_events_show_live_with_what_becomes_of_each(self):
        self.start(FAIL_BAD_ONES)
        self.send("earlier")
        self.open(self.url, "events")
        self.wait_for_text("earlier")
        self.wait_for_text("Live")

        self.bury("bad-1")
        self.relay.post({"event": "page_view"})

        for what, outcome in (("earlier", "Delivered"), ("taken", "Delivered"), ("bad-1", "Dead letter"), ("page_view", "Dropped")):
            row = f"[...document.querySelectorAll('details.row')].find((each) => each.innerText.includes({what!r}))"
            self.wait(f"{row}?.innerText.includes({outcome!r})", f"{what}: {outcome}")
        self.page.evaluate(f"{row}.open = true")
        self.wait_for_text("Pinterest could not match the event with a person", "details[open] .row-body")
        self.assert_well_behaved()

    def test_a_pasted_event_is_explained_and_not_sent(self):
        self.start()
        self.open(self.url, "try")
        self.press("Insert a sample")
        self.press("Explain")
        self.wait_for_text("1 event explained.")

        for words in ("purchase → checkout", "user_data.em", "user_data.email", "SHA-256 of each address", "Event as sent"):
            self.assertIn(words, self.text())
        self.page.evaluate("document.getElementById('try-text').value = '<no event>'")
        self.press("Explain")
        self.wait_for_text("neither JSON nor any other known form")
        self.assertEqual(self.relay.balance()["accepted"], 0)
        self.assertEqual(self.mock.summary()["requests"], 0)
        self.assert_well_behaved()

    def test_an_untrusted_proxy_and_an_unknown_host_need_attention(self):
        config = self.workspace.path / "hosts.json"
        config.write_text(json.dumps({"accounts": [{"ad_account_id": harness.ACCOUNT, "hosts": ["shop.example"]}]}))
        self.start(config=config, ad_account_id=None, max_events_per_second=None)
        through_a_proxy = {"X-Forwarded-For": "203.0.113.7", "User-Agent": one_purchase.USER_AGENT, "Host": "shop.example"}
        self.relay.post(harness.sign_up("a", page_location="https://shop.example/"), headers=through_a_proxy)
        self.relay.post(harness.sign_up("b", page_location="https://elsewhere.example/"), headers={**through_a_proxy, "Host": "elsewhere.example"})
        self.open(self.url, "attention")

        self.wait_for_text("A peer that is not in collect.trusted_proxies forwards visitors")
        self.wait_for_text("PINRELAY_TRUSTED_PROXIES")
        self.wait_for_text("No account accepts events from this host")
        self.wait_for_text("elsewhere.example")
        self.assertNotIn("203.0.113.7", self.text())
        self.assert_well_behaved()

    def test_a_token_opens_the_page_and_is_nowhere_on_it(self):
        self.start(admin_token=TOKEN)
        self.page.open(f"{self.url}/")
        self.origin = self.url
        self.wait("document.getElementById('token-dialog').open", "the page wants a token")
        self.assertNotIn(harness.ACCOUNT, self.text())

        self.enter("not-the-token-of-this-relay")
        self.wait_for_text("does not accept this token", "#token-dialog")
        self.enter(TOKEN)

        self.wait_for_text("Accepting events", "#ready")
        self.wait_for_text("Account " + harness.ACCOUNT)
        self.assertNotIn(TOKEN, self.page.evaluate("document.documentElement.outerHTML"))
        self.assertFalse(self.page.evaluate("document.getElementById('token-dialog').open"))
        self.assertNotIn(TOKEN, self.relay.log())
        self.assert_well_behaved(allowed=(401,))

    def enter(self, token):
        self.page.evaluate(f"(() => {{ document.getElementById('token').value = {token!r}; document.querySelector('#token-form button').click(); }})()")

    def test_beyond_loopback_the_page_says_how_to_set_a_token(self):
        self.start(admin="0.0.0.0:0")
        self.page.open(f"{self.url}/")
        self.origin = self.url

        self.wait_for_text("set `admin_token_file`")
        self.assertNotIn("Account", self.text())
        self.assert_well_behaved(allowed=(403,))

    def test_a_relay_that_ends_and_comes_back_is_noticed(self):
        self.start()
        self.open(self.url)
        self.wait_for_text("Accepting events", "#ready")

        self.relay.end()

        self.wait_for_text("Not connected", "#ready")
        self.wait_for_text("The relay does not answer. The page tries again.")


if __name__ == "__main__":
    browser_test.main()
