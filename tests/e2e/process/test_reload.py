"""A new configuration is taken over whole while the relay works, or not at all, and no connection is dropped."""
import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]
OTHER_TOKEN = "pina_TEST_ONLY_another_token_that_is_not_real_98765"


def event(event_id):
    return json.dumps({"event": "sign_up", "event_id": event_id, "user_data": {"email": f"{event_id}@example.com"}})


class Reload(unittest.TestCase):
    def setUp(self):
        self.workspace = harness.Workspace()
        self.addCleanup(lambda: self.workspace.__exit__(None, None, None))
        self.file = self.workspace.path / "pinrelay.json"
        self.token_file = self.workspace.path / "token"
        self.token_file.write_text(harness.TOKEN)

    def write(self, **changes):
        settings = {"endpoint": self.mock.url, "ca_file": str(self.mock.ca_file),
                    "accounts": [{"ad_account_id": harness.ACCOUNT, "access_token_file": str(self.token_file)}],
                    "delivery": {"retry_base": "20ms", "retry_cap": "50ms"}}
        settings.update(changes)
        self.file.write_text(json.dumps(settings))

    def start(self, *mock_options, **changes):
        self.mock = self.workspace.mock(MOCK, *mock_options)
        self.write(**changes)
        self.relay = self.workspace.relay(PINRELAY, None, config=self.file)

    def reload(self):
        """`pinrelay reload`: (exit code, what it says)."""
        env = dict(os.environ, PINRELAY_CONFIG=str(self.file), PINRELAY_ADMIN=f"127.0.0.1:{self.relay.admin_port}")
        done = subprocess.run([PINRELAY, "reload"], env=env, capture_output=True, text=True, timeout=harness.PATIENCE)
        return done.returncode, done.stdout + done.stderr

    def delivered(self, event_id):
        return any(e["event_id"] == event_id for e in self.mock.events())

    def ids_of(self, event_id):
        return next(e["custom_data"]["content_ids"] for e in self.mock.events() if e["event_id"] == event_id)

    def purchase(self, event_id):
        self.relay.post({"event": "purchase", "event_id": event_id, "value": 1, "currency": "EUR",
                         "user_data": {"email": "a@example.com"}, "items": [{"sku": "A-1"}, {"sku": "B-2"}]})
        harness.wait_until(lambda: self.delivered(event_id), event_id)

    def test_the_catalogues_ids_are_read_anew(self):
        rows = self.workspace.path / "ids.csv"
        rows.write_text("A-1,1001\n")
        self.start(mapping={"item_id": ["/sku"], "item_id_prefix": "de_", "item_id_map_file": str(rows)})
        self.purchase("before")
        rows.write_text("A-1,2001\nB-2,2002\n")

        taken = self.reload()
        self.purchase("after")
        rows.write_text("A-1\n")
        refused = self.reload()
        self.purchase("still")

        self.assertEqual(taken[0], 0, taken)
        self.assertEqual(self.ids_of("before"), ["de_1001", "de_B-2"])
        self.assertEqual(self.ids_of("after"), ["de_2001", "de_2002"])
        self.assertEqual(refused[0], 1)
        self.assertIn("line 1: has one column", refused[1])
        self.assertEqual(self.ids_of("still"), ["de_2001", "de_2002"])

    def test_a_new_token_and_mapping_are_in_force_at_once(self):
        self.start("--token", OTHER_TOKEN)
        self.relay.post(event("before"))
        harness.wait_until(lambda: self.delivered("before"), "the first event")
        self.write(mapping={"events": {"sign_up": {"name": "lead"}}})
        self.token_file.write_text(OTHER_TOKEN)

        code, said = self.reload()
        self.relay.post(event("after"))

        self.assertEqual((code, said), (0, "the new configuration is in force\n"))
        harness.wait_until(lambda: self.delivered("after"), "the second event")
        names = {e["event_id"]: e["event_name"] for e in self.mock.events()}
        self.assertEqual(names, {"before": "signup", "after": "lead"})
        self.assertEqual(self.relay.metrics()['pinrelay_config_reloads_total{outcome="taken"}'], 1)

    def test_a_bad_file_keeps_the_old_one_and_says_why(self):
        self.start()
        self.file.write_text('{"accounts": [{"ad_account_id": "12a"}], "listne": 1}')

        code, said = self.reload()

        self.assertEqual(code, 1)
        for part in ("stays as it was", "listne", "ad_account_id"):
            self.assertIn(part, said)
            self.assertIn(part, self.relay.log())
        self.relay.post(event("still"))
        harness.wait_until(lambda: self.delivered("still"), "an event under the old configuration")
        self.assertEqual(self.relay.metrics()['pinrelay_config_reloads_total{outcome="refused"}'], 1)

    def test_a_pipe_or_a_device_in_the_place_of_a_file_keeps_the_old_one(self):
        self.start()
        pipe = self.workspace.path / "pipe"
        os.mkfifo(pipe)

        for key, place, reason in (("access_token_file", pipe, "nothing came out of it"),
                                   ("access_token_file", "/dev/zero", "has more than 16777216 bytes"),
                                   ("keys_file", pipe, "nothing came out of it"),
                                   ("mapping", {"item_id_map_file": str(pipe)}, "nothing came out of it")):
            account = {"ad_account_id": harness.ACCOUNT, "access_token_file": str(self.token_file)}
            self.write(accounts=[{**account, key: place if isinstance(place, dict) else str(place)}])
            with self.subTest(key, place=place):
                code, said = self.reload()
                self.assertEqual(code, 1)
                self.assertIn(reason, said)
        for settings in ({"ca_file": str(pipe)}, {"ca_file": "/dev/zero"},
                         {"collect": {"tls_certificate_file": str(pipe), "tls_key_file": str(pipe)}}):
            self.write(**settings)
            with self.subTest(settings):
                self.assertEqual(self.reload()[0], 1)

        self.relay.post(event("still"))
        harness.wait_until(lambda: self.delivered("still"), "an event under the old configuration")

    def test_what_needs_a_restart_changes_nothing(self):
        self.start()
        self.write(workers=1, mapping={"events": {"sign_up": {"drop": True}}})

        code, said = self.reload()
        self.relay.post(event("kept"))

        self.assertEqual(code, 1)
        self.assertIn("needs a restart: workers", said)
        harness.wait_until(lambda: self.delivered("kept"), "the old mapping is still in force")

    def test_sighup_does_the_same(self):
        self.start()
        self.write(mapping={"events": {"sign_up": {"name": "lead"}}}, log_level="debug")

        self.relay.child.send_signal(signal.SIGHUP)
        harness.wait_until(lambda: "a new configuration is in force" in self.relay.log(), "the reload")
        self.relay.post(event("after"))

        harness.wait_until(lambda: self.delivered("after"), "the event")
        self.assertEqual(self.mock.events()[0]["event_name"], "lead")

    def test_an_account_that_is_taken_out_keeps_its_events_until_it_is_back(self):
        self.start("--account", harness.ACCOUNT, "--account", "549000000002")
        mended = {"accounts": [{"ad_account_id": "549000000002", "access_token_file": str(self.token_file)}]}
        self.mock.play({"fault": "status", "status": 503, "times": "forever"})
        self.relay.post(event("old-account"))
        self.write(**mended)
        self.assertEqual(self.reload()[0], 0)
        self.mock.play()
        self.relay.post(event("new-account"))
        harness.wait_until(lambda: self.delivered("new-account"), "the event of the new account")
        self.assertFalse(self.delivered("old-account"))
        self.assertIn("not configured", self.relay.log())

        self.write()
        self.assertEqual(self.reload()[0], 0)

        harness.wait_until(lambda: self.delivered("old-account"), "the event of the old account")

    def test_no_connection_is_dropped_and_no_event_lost_by_fifty_reloads_under_load(self):
        self.start()
        taken, failures = [], []
        over = threading.Event()

        def send(sender):
            connection = http.client.HTTPConnection("127.0.0.1", self.relay.port, timeout=harness.PATIENCE)
            try:
                while not over.is_set():
                    event_id = f"{sender}-{len(taken)}-{sender}"
                    connection.request("POST", "/collect", event(event_id))
                    answer = connection.getresponse()
                    answer.read()
                    if answer.status == 204:
                        taken.append(event_id)
                    else:
                        failures.append(answer.status)
            except OSError as failure:
                failures.append(repr(failure))
            finally:
                connection.close()

        senders = [threading.Thread(target=send, args=(n,)) for n in range(4)]
        for sender in senders:
            sender.start()
        for round_ in range(50):
            self.write(delivery={"batch_linger": f"{round_}ms", "concurrency": 1 + round_ % 8})
            self.assertEqual(self.reload()[0], 0)
        over.set()
        for sender in senders:
            sender.join()

        self.assertEqual(failures, [])
        harness.wait_until(lambda: self.relay.balance()["pending"] == 0, "all delivered")
        arrived = [e["event_id"] for e in self.mock.events()]
        self.assertEqual(sorted(arrived), sorted(taken))
        print(f"50 reloads under load: {len(taken)} events taken, each delivered once, no connection dropped")


if __name__ == "__main__":
    unittest.main()
