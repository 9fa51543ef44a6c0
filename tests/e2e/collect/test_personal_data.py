"""People's data and secrets, driven through every path, are found again nowhere: not in the log, the store, the metrics,
the tools' output, the answers to senders, and at Pinterest only as digests."""
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import canaries  # noqa: E402
import canary_requests  # noqa: E402
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]

ECHO = f"{canaries.TOKEN} of {canaries.EMAIL}, {canaries.PHONE} and {canaries.PHONES[1]}\r\n\x1b[31m\u2028level=error"
REFUSED_TOKEN = {"fault": "status", "status": 401, "times": "forever", "body": json.dumps({"code": 2, "message": ECHO})}
DEAD = {"fault": "fail_events", "event_id_contains": "dead", "message": ECHO, "times": "forever"}
BAD_ANSWERS = [{"fault": "status", "status": 401, "echo_token": True}, {"fault": "status", "status": 503, "body": ECHO},
               {"fault": "status", "status": 500, "body": f"<html>{ECHO}</html>"},
               {"fault": "malformed_body", "body": ECHO}]
LOG_LINE = re.compile(r"time=\S+ level=(debug|info|warning|error) msg=\"[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufffd]*")

QUESTIONS = {"/find": "?last=1000"}  # of pages that need one


class PersonalData(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.workspace = self.enterContext(harness.Workspace())
        self.mock = self.workspace.mock(MOCK, *self.workspace.script(REFUSED_TOKEN), token=canaries.TOKEN)
        self.file = self.workspace.path / "pinrelay.json"
        self.write()
        self.relay = self.workspace.relay(PINRELAY, None, config=self.file, log_level="debug",
                                          token_other=canaries.OTHER_SECRET)

    def write(self, **more):
        secrets = {"access_token_file": canaries.TOKEN, "keys_file": canaries.KEY, "signing_keys_file": canaries.SIGNING_KEY}
        for name, text in secrets.items():
            (self.workspace.path / name).write_text(text + "\n")
        account = {"ad_account_id": harness.ACCOUNT, **{name: str(self.workspace.path / name) for name in secrets}}
        other = {"ad_account_id": "549755885176", "access_token_env": "PINRELAY_TOKEN_OTHER", "hosts": ["other.example"],
                 "keys_file": str(self.workspace.path / "keys_file")}
        self.file.write_text(json.dumps({
            "endpoint": self.mock.url, "ca_file": str(self.mock.ca_file), "accounts": [other, account],
            "mapping": {"unknown_events": "custom", "external_id_from_client_id": True, "default_region": "DE",
                        "events": {"purchase": {"parameters": {"custom_data.np": {"from": "/my_own_parameter"}}}}},
            "collect": {"segment": True, "max_body_bytes": canary_requests.MOST_BODY, "trusted_proxies": ["127.0.0.1"]},
            "cookies": {"visitor_id": True},
            "delivery": {"batch_linger": "20ms", "probe_interval": "200ms", "retry_base": "10ms", "retry_cap": "50ms"}, **more}))

    def send(self, method, path, body=b"", headers=None, key=canaries.KEY):
        """One request; its answer must repeat nothing, whatever it says. Gives the status."""
        sent = {**canary_requests.BROWSER, **({"X-Pinrelay-Key": key} if key else {}), **(headers or {})}
        status, answered, answer = self.relay.request(method, path, body, sent)
        self.assert_clean(json.dumps(answered).encode() + answer, f"the answer to {method} {path[:60]} {headers}")
        return status

    def send_signed(self, body):
        return self.send("POST", "/collect", body, harness.signature(body, canaries.SIGNING_KEY), key="")

    def tool(self, *arguments):
        """What a command prints, with the relay's configuration."""
        env = {**harness.clean_environment(), "PINRELAY_CONFIG": str(self.file), "PINRELAY_ADMIN": f"127.0.0.1:{self.relay.admin_port}",
               "PINRELAY_DATA_DIR": str(self.relay.data_dir), "PINRELAY_TOKEN_OTHER": canaries.OTHER_SECRET}
        result = subprocess.run([PINRELAY, *arguments], env=env, capture_output=True, timeout=4 * harness.PATIENCE)
        self.assert_clean(result.stdout + result.stderr, f"the output of {arguments}")
        return result

    def assert_clean(self, data, where):
        self.assertEqual(canaries.found_in(data), [], where)

    def watch(self):
        """What `pinrelay tail` prints from now on is held against the canaries, too."""
        env = {**harness.clean_environment(), "PINRELAY_CONFIG": str(self.file), "PINRELAY_ADMIN": f"127.0.0.1:{self.relay.admin_port}",
               "PINRELAY_TOKEN_OTHER": canaries.OTHER_SECRET}
        tail = harness.Process("tail", [PINRELAY, "tail", "--json"], env, self.workspace.path)
        self.workspace.processes.append(tail)
        harness.wait_until(lambda: self.send("POST", "/collect", b"no event") == 400 and tail.log(), "tail is connected")
        return tail

    def assert_nothing_came_out(self):
        self.assert_clean(self.relay.log_path.read_bytes(), "the relay's log")
        self.assertEqual(canaries.found_in_folder(self.relay.data_dir), {})
        self.assert_clean(json.dumps(self.mock.events()).encode(), "what came to Pinterest")
        paths = re.findall(r'Row\{"(/[\w/-]+)", &\w+::\w+, Kind::\w+, "GET"\}',
                           (harness.ROOT / "src" / "admin" / "admin_handler.cpp").read_text())
        self.assertLessEqual({"/metrics", "/dead-letters", "/dead-letters/export", "/attention"}, set(paths))
        for path in set(paths) - {"/events/stream"}:  # which has no end; `tail` reads it
            self.assert_clean(self.relay.admin(path + QUESTIONS.get(path, "")).encode(), path)
        self.tool("find", "--last", "1000")

    def send_everything(self):
        for name, (method, path, body) in canary_requests.in_forms().items():
            self.assertIn(self.send(method, path, body), (200, 204), name)
            self.send(method, path, body)  # a duplicate
        for name, event in canary_requests.not_sent().items():
            self.assertIn(self.send("POST", "/collect", canaries.as_json(event)), (200, 204), name)
        for name, body in canary_requests.not_read().items():
            self.assertIn(self.send("POST", "/collect", body), (400, 413), name)
        for method, path, body, headers in canary_requests.in_odd_places():
            self.send(method, path, body, headers)

    def all_found_their_end(self):
        """A refused event becomes a dead letter once others are taken, so good ones come as long as it takes."""
        balance = self.relay.balance()
        if balance["dead_lettered"] < 3:
            self.send("POST", "/collect", canaries.as_json(canary_requests.event(f"good-{balance['accepted']}")))
            return False
        return balance["pending"] == 0

    def test_every_form_is_driven(self):
        self.assertEqual(sorted(canary_requests.in_forms()), sorted(canary_requests.known_formats()))

    def test_nothing_is_found_while_events_wait_and_after_they_came(self):
        tail = self.watch()
        self.send_everything()
        self.assertEqual(self.send_signed(canaries.as_json(canary_requests.event("signed"))), 204)
        harness.wait_until(lambda: "delivery is paused" in self.relay.log(), "the token is refused")
        self.assert_nothing_came_out()

        self.mock.play(*BAD_ANSWERS, DEAD)
        dead = [canary_requests.event(f"dead-{number}") for number in range(3)]
        self.assertEqual(self.send("POST", "/collect", canaries.as_json(dead)), 204)
        harness.wait_until(self.all_found_their_end, "all events found their end")

        self.assert_nothing_came_out()
        harness.wait_until(lambda: '"status":"dead"' in tail.log(), "tail shows a dead letter")
        self.assertIn('"status":"delivered"', tail.log())
        self.assert_clean(tail.log_path.read_bytes(), "the output of tail")
        arrived = {event["event_id"]: event for event in self.mock.events()}
        digest = hashlib.sha256(canaries.EMAIL.encode()).hexdigest()
        for form in {*canary_requests.in_forms(), "signed"} - {"universal_analytics"}:
            self.assertIn(digest, arrived[form]["user_data"]["em"], form)
            self.assertIn("epik=dj0yJnU9canary", arrived[form]["event_source_url"], form)

    def test_the_tools_tell_nothing(self):
        self.mock.play(DEAD)
        self.send("POST", "/collect", canaries.as_json(
            [*(canary_requests.event(f"dead-{number}") for number in range(3)), canary_requests.event("good")]))
        harness.wait_until(lambda: self.relay.balance()["dead_lettered"] == 3, "dead letters")

        for command in (["spool", "stats"], ["spool", "list"], ["spool", "show", "1"], ["spool", "export"],
                        ["spool", "check"], ["spool", "replay", "--all", "--dry-run"], ["find", "--last", "9"], ["find", "--last", "9", "--json"], ["check"], ["status"], ["status", "--json"], ["reload"], ["health"],
                        ["health", "--ready"], ["--version"], ["--help"]):
            tool = self.tool(*command)
            self.assertEqual(tool.returncode, 0, (command, tool.stderr))
        listed = self.tool("spool", "list").stdout.decode()
        self.assertEqual(len(listed.splitlines()), 4, "a line for the heading and each letter")
        copy = shutil.copy(self.relay.data_dir / "spool.sqlite", self.workspace.path / "spool.sqlite.damaged-x")
        self.assertEqual(self.tool("spool", "salvage", str(copy)).returncode, 0)
        self.assertEqual(self.tool("spool", "replay", "--all").returncode, 0)
        self.assert_nothing_came_out()

    def test_a_refused_configuration_tells_nothing_of_its_values(self):
        self.write(log_level=canaries.TOKEN, spool={"max_bytes": canaries.KEY}, listen=canaries.EMAIL)

        self.assertEqual(self.tool("reload").returncode, 1)
        self.assertEqual(self.tool("check").returncode, 1)
        self.assert_nothing_came_out()

    def test_strangers_learn_nothing(self):
        event = canaries.as_json(canary_requests.event("stranger"))

        for path in ("/collect?debug=1", "/collect/debug", "/collect", f"/collect?debug=1&api_secret={canaries.TOKEN}"):
            self.assertEqual(self.send("POST", path, event, key=""), 401)
        self.assertEqual(self.send("POST", "/collect?debug=1", event, key=canaries.TOKEN), 401)
        self.assert_nothing_came_out()

    def test_each_entry_of_the_log_is_one_printable_line(self):
        self.mock.play(*BAD_ANSWERS, {**REFUSED_TOKEN, "times": 1}, DEAD)
        steering = "a\r\nb\x1b[2Jc\u2028d\u0085e%00f\x9b1m"
        odd = [harness.sign_up(f"dead-{steering}-{number}", page_title=steering) for number in range(2)]
        self.send("POST", "/collect", canaries.as_json([*odd, harness.sign_up("good")]))
        self.send("POST", "/collect", b'{"event":"\xff\xfe\r\n\x1b"}', {"User-Agent": "a\xa0\xff"})
        self.send("GET", "/collect/%00%0d%0a%1b%E2%80%A8?email=%00%0d%0a%1b")
        harness.wait_until(lambda: self.relay.balance()["dead_lettered"] == 2, "dead letters")

        self.assert_lines(self.relay.log_path.read_bytes().decode())
        listed = self.tool("spool", "list").stdout.decode()
        self.assertEqual(len(listed.split("\n")), 4)
        self.assertNotRegex(listed, r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")

    def assert_lines(self, log):
        self.assertTrue(log.endswith("\n"))
        for line in log[:-1].split("\n"):
            self.assertIsNotNone(LOG_LINE.fullmatch(line), repr(line))


if __name__ == "__main__":
    unittest.main()
