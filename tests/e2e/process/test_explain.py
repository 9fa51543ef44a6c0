"""pinrelay explain, pinrelay test and pinrelay check --online, as their users call them."""
import json
import os
import subprocess
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]
SAMPLE = harness.ROOT / "config/samples/purchase.json"
GOLDEN = harness.ROOT / "tests/golden_output"
BLESS = "PINRELAY_BLESS" in os.environ


def run(*arguments, stdin=None, **settings):
    env = harness.clean_environment()
    env.update({"PINRELAY_AD_ACCOUNT_ID": harness.ACCOUNT, "PINRELAY_ACCESS_TOKEN": harness.TOKEN})
    env.update({f"PINRELAY_{name.upper()}": str(value) for name, value in settings.items() if value is not None})
    return subprocess.run([PINRELAY, *(str(one) for one in arguments)], env=env, input=stdin, capture_output=True, text=True,
                          timeout=harness.PATIENCE)


def event_of(result):
    return json.loads(result.stdout)["report"]["events"][0]


class Explain(unittest.TestCase):
    maxDiff = None

    def assert_golden(self, name, text):
        path = GOLDEN / name
        if BLESS:
            path.write_text(text)
        self.assertEqual(text, path.read_text())

    def test_the_sample_purchase_is_explained_stage_by_stage(self):
        result = run("explain", SAMPLE)

        self.assertEqual((result.returncode, result.stderr), (0, ""))
        # The event has no time of its own.
        lines = [line for line in result.stdout.splitlines() if "event_time" not in line]
        self.assert_golden("explain_purchase.txt", "\n".join(lines) + "\n")

    def test_without_a_name_it_reads_standard_input(self):
        by_name, by_input = run("explain", SAMPLE, "--json"), run("explain", "--json", stdin=SAMPLE.read_text())

        self.assertEqual(event_of(by_input)["origins"], event_of(by_name)["origins"])

    def test_every_field_has_its_origin_in_json(self):
        event = event_of(run("explain", SAMPLE, "--json"))

        origins = {origin["field"]: origin for origin in event["origins"]}
        self.assertEqual(origins["user_data.em"]["from"], "user_data.email_address")
        self.assertIn("SHA-256", origins["user_data.em"]["rule"])
        self.assertNotIn("Jane.Doe", json.dumps(event))

    def test_a_url_and_standard_input_are_read(self):
        url = "https://shop.example/g/collect?v=2&en=purchase&cid=1.2&ep.event_id=a&_uip=198.51.100.7&cu=EUR&epn.value=5"

        from_url = run("explain", url, "--json", "-H", "User-Agent: Mozilla/5.0")
        from_input = run("explain", "-", "--json", stdin=f"curl '{url}' -A 'Mozilla/5.0'")

        self.assertEqual(event_of(from_url)["event"], "purchase")
        self.assertEqual(event_of(from_input)["event"], "purchase")
        self.assertEqual(json.loads(from_input.stdout)["request"]["kind"], "a curl command")

    def test_an_event_that_is_not_sent_says_why_and_what_to_do(self):
        result = run("explain", "-", stdin='{"event":"purchase","consent":{"ad_storage":"denied"},"curency":"EUR"}')

        self.assertEqual(result.returncode, 1)
        self.assertIn("would be dropped", result.stdout)
        self.assertIn("consent", result.stdout)
        self.assertIn("advice:", result.stdout)
        self.assertIn("currency", result.stdout)

    def test_a_sender_who_is_refused_sees_the_rest_too(self):
        with harness.Workspace() as workspace:
            keys = workspace.path / "keys"
            keys.write_text("a-key-that-is-long-enough-for-the-relay-0123456789\n")
            config = workspace.path / "pinrelay.json"
            config.write_text(json.dumps({"accounts": [{"ad_account_id": harness.ACCOUNT, "access_token": harness.TOKEN,
                                                        "keys_file": str(keys)}]}))

            result = run("explain", SAMPLE, "-c", config, ad_account_id=None, access_token=None)

        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertIn("would refuse this request with status 401", result.stdout)
        self.assertIn("custom_data.order_id", result.stdout)

    def test_what_cannot_be_read_is_one_clear_line(self):
        for arguments, words in ((["explain", "/nonexistent"], "cannot be read"),
                                 (["explain", "https://shop.example/collect"], "no parameters"),
                                 (["explain", SAMPLE, "-H", "nonsense"], "Name: value")):
            with self.subTest(arguments):
                result = run(*arguments)
                self.assertEqual(result.returncode, 2)
                self.assertIn(words, result.stderr)
                self.assertEqual(len(result.stderr.splitlines()), 1)


class MappingTests(unittest.TestCase):
    def test_a_saved_case_holds_and_then_shows_what_changed(self):
        with harness.Workspace() as workspace:
            config = workspace.path / "pinrelay.json"
            config.write_text('{"mapping": {"events": {"quiz": {"drop": true}}}}')
            (workspace.path / "tests").mkdir()
            case = workspace.path / "tests/purchase.json"

            saved = run("explain", SAMPLE, "-c", config, "--save-test", case)
            holds = run("test", "-c", config)
            case.write_text(case.read_text().replace('"79.99"', '"80"'))
            fails = run("test", "-c", config, case)

        self.assertEqual(saved.returncode, 0, saved.stderr)
        self.assertEqual(holds.returncode, 0, holds.stdout + holds.stderr)
        self.assertIn('no case touches mapping.events["quiz"]', holds.stdout)
        self.assertEqual(fails.returncode, 1)
        self.assertIn('custom_data.value: expected "80", got "79.99" ← ecommerce.value', fails.stdout)
        self.assertIn("1 case, 1 of them fails", fails.stdout)

    def test_a_case_that_cannot_be_read_is_named(self):
        with harness.Workspace() as workspace:
            case = workspace.path / "case.json"
            case.write_text('{"request": "x", "expcet": []}')

            wrong = run("test", case)
            none = run("test", "-c", workspace.path / "pinrelay.json")

        self.assertEqual(wrong.returncode, 2)
        self.assertIn("case.json", wrong.stderr)
        self.assertIn("expcet", wrong.stderr)
        self.assertEqual(none.returncode, 2)


class CheckOnline(unittest.TestCase):
    def check(self, mock, **settings):
        return run("check", "--online", endpoint=mock.url, ca_file=mock.ca_file, **settings)

    def test_a_good_token_is_good_and_nothing_is_recorded(self):
        with harness.Workspace() as workspace:
            mock = workspace.mock(MOCK)
            result = self.check(mock)
            summary = mock.summary()

        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertIn(f"good: pinterest:{harness.ACCOUNT}: Pinterest takes test events", result.stdout)
        self.assertEqual((summary["test_events"], summary["unique"]), (1, 0), "a test event, and none that counts")

    def test_a_wrong_token_names_the_cause(self):
        with harness.Workspace() as workspace:
            result = self.check(workspace.mock(MOCK), access_token="pina_wrong")

        self.assertEqual(result.returncode, 1)
        self.assertIn("HTTP 401", result.stdout)
        self.assertIn("make a new conversion token", result.stdout)
        self.assertNotIn("pina_wrong", result.stdout + result.stderr)

    def test_an_endpoint_that_nobody_serves_names_the_cause(self):
        result = run("check", "--online", endpoint="http://127.0.0.1:9")

        self.assertEqual(result.returncode, 1)
        self.assertIn("cannot be reached", result.stdout)


if __name__ == "__main__":
    unittest.main()
