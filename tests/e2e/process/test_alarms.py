"""Alarms as their receiver gets them: when something begins and when it is over, across a restart, and a test message."""
import http.client
import os
import socket
import subprocess
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402
from receiver import Receiver  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]
TOKEN_OF_THE_URL = "T0SECRET/B0SECRET"
OPENSSL = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
           "-subj", "/CN=localhost"]
MESSAGES = 'pinrelay_alarm_messages_total{outcome="%s"}'
CERTIFICATE = 'pinrelay_alarm_active{alarm="certificate_expires"}'


class Alarms(unittest.TestCase):
    def setUp(self):
        self.receiver = Receiver()
        self.addCleanup(self.receiver.close)
        self.workspace = harness.Workspace()
        self.addCleanup(lambda: self.workspace.__exit__(None, None, None))
        self.certificate = self.workspace.path / "chain.pem"
        self.key = self.workspace.path / "key.pem"

    def make_certificate(self, days):
        subprocess.run([*OPENSSL, "-days", str(days), "-keyout", self.key, "-out", self.certificate], check=True,
                       capture_output=True)

    def start(self, mock, **settings):
        return self.workspace.relay(PINRELAY, mock, tls_certificate_file=self.certificate, tls_key_file=self.key,
                                    alarms_webhook=f"{self.receiver.url}/services/{TOKEN_OF_THE_URL}?k=1", **settings)

    def wait_for(self, count):
        harness.wait_until(lambda: len(self.receiver.requests) >= count, f"{count} messages")
        self.assertEqual(len(self.receiver.requests), count)

    def test_a_certificate_that_expires_is_reported_and_its_renewal_after_a_restart(self):
        mock = self.workspace.mock(MOCK)
        self.make_certificate(days=3)
        relay = self.start(mock)
        self.wait_for(1)
        path, headers, begun = self.receiver.requests[0]

        self.assertEqual(path, f"/services/{TOKEN_OF_THE_URL}?k=1")
        self.assertEqual(headers["Content-Type"], "application/json")
        self.assertEqual(begun["version"], 1)
        self.assertEqual(begun["relay"], socket.gethostname())
        self.assertEqual((begun["alarm"], begun["state"]), ("certificate_expires", "begun"))
        self.assertEqual(begun["id"], f"{socket.gethostname()}/certificate_expires")
        self.assertIn("expires in 2 days", begun["text"])
        self.assertIn("Renew it", begun["advice"])
        self.assertNotIn("account", begun)
        self.assertEqual(relay.metrics()[CERTIFICATE], 1)
        harness.wait_until(lambda: relay.metrics()[MESSAGES % "taken"] == 1, "the message is counted")

        relay.end()
        again = self.start(mock)
        self.assertEqual(again.metrics()[CERTIFICATE], 1)
        self.assertEqual(len(self.receiver.requests), 1, "a restart repeats nothing")
        again.end()
        self.make_certificate(days=90)
        renewed = self.start(mock)
        self.wait_for(2)
        over = self.receiver.messages()[1]

        self.assertEqual((over["id"], over["state"], over["since"]), (begun["id"], "over", begun["since"]))
        self.assertNotIn("advice", over)
        for process in (relay, again, renewed):
            self.assertNotIn("T0SECRET", process.log())

    def test_a_receiver_that_refuses_is_counted_and_disturbs_nothing(self):
        self.receiver.status = 404
        mock = self.workspace.mock(MOCK)
        self.make_certificate(days=3)
        relay = self.start(mock)
        harness.wait_until(lambda: relay.metrics()[MESSAGES % "lost"] == 1, "the message is counted as lost")

        self.assertIn('msg="a message about an alarm reached nobody', relay.log())
        self.assertIn('reason="status 404"', relay.log())
        self.assertNotIn("T0SECRET", relay.log())
        self.assertEqual(relay.end(), 0)

    def test_the_end_of_the_relay_does_not_wait_for_a_receiver_that_does_not_answer(self):
        mock = self.workspace.mock(MOCK)
        self.make_certificate(days=3)
        with socket.create_server(("127.0.0.1", 0)) as silent:
            relay = self.workspace.relay(PINRELAY, mock, tls_certificate_file=self.certificate, tls_key_file=self.key,
                                         alarms_webhook=f"http://127.0.0.1:{silent.getsockname()[1]}/")
            connection, _ = silent.accept()
            with connection:
                self.assertTrue(connection.recv(100))

                self.assertEqual(relay.end(), 0)
        self.assertIn("reached nobody", relay.log())

    def test_a_reload_puts_another_receiver_in_force_or_names_what_is_wrong_with_it(self):
        mock = self.workspace.mock(MOCK)
        url = self.workspace.path / "url"
        url.write_text("http://127.0.0.1:1/\n")
        self.make_certificate(days=90)
        relay = self.workspace.relay(PINRELAY, mock, tls_certificate_file=self.certificate, tls_key_file=self.key,
                                     alarms_webhook_file=url)

        url.write_text(f"http://elsewhere.invalid/{TOKEN_OF_THE_URL}")
        self.assertIn("plain http is only for this machine", self.reload(relay, 409))
        url.write_text(self.receiver.url)
        self.reload(relay, 200)

        self.assertNotIn("T0SECRET", relay.log())

    def reload(self, relay, status):
        connection = http.client.HTTPConnection("127.0.0.1", relay.admin_port, timeout=harness.PATIENCE)
        self.addCleanup(connection.close)
        connection.request("POST", "/reload")
        answer = connection.getresponse()
        text = answer.read().decode()
        self.assertEqual(answer.status, status, text)
        return text


class Check(unittest.TestCase):
    def setUp(self):
        self.receiver = Receiver()
        self.addCleanup(self.receiver.close)

    def check(self, *options, **settings):
        with harness.Workspace() as workspace:
            env = {**harness.clean_environment(), "PINRELAY_AD_ACCOUNT_ID": harness.ACCOUNT,
                   "PINRELAY_ACCESS_TOKEN": harness.TOKEN, "PINRELAY_DATA_DIR": str(workspace.path / "data"),
                   **{f"PINRELAY_{name.upper()}": value for name, value in settings.items()}}
            return subprocess.run([PINRELAY, "check", *options], env=env, capture_output=True, text=True,
                                  timeout=harness.PATIENCE)

    def test_sends_a_test_message(self):
        result = self.check("--alarms", alarms_webhook=f"{self.receiver.url}/{TOKEN_OF_THE_URL}")

        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("the receiver of the alarms took a test message (status 200)", result.stdout)
        message = self.receiver.messages()[0]
        self.assertEqual((message["alarm"], message["state"]), ("test", "test"))
        self.assertNotIn("T0SECRET", result.stdout + result.stderr)

    def test_sends_it_in_the_form_of_chat_programs(self):
        self.check("--alarms", alarms_webhook=self.receiver.url, alarms_format="slack")

        self.assertEqual(list(self.receiver.messages()[0]), ["text"])

    def test_sends_nothing_without_the_option(self):
        result = self.check(alarms_webhook=self.receiver.url)

        self.assertEqual((result.returncode, self.receiver.requests), (0, []))
        self.assertIn("alarms            to a webhook, as json", result.stdout)

    def test_fails_where_the_receiver_refuses_is_gone_or_is_not_named(self):
        self.receiver.status = 403
        refused = self.check("--alarms", alarms_webhook=self.receiver.url)
        gone = self.check("--alarms", alarms_webhook="http://127.0.0.1:1/")
        none = self.check("--alarms")

        self.assertEqual([result.returncode for result in (refused, gone, none)], [1, 1, 1])
        self.assertIn("status 403", refused.stderr)
        self.assertIn("no test message reached the receiver", gone.stderr)
        self.assertIn("there is no alarms.webhook", none.stderr)

    def test_reports_a_url_that_cannot_be_used(self):
        result = self.check("--alarms", alarms_webhook=f"http://hooks.example/{TOKEN_OF_THE_URL}")

        self.assertEqual(result.returncode, 1)
        self.assertIn("environment: PINRELAY_ALARMS_WEBHOOK: plain http is only for this machine", result.stderr)
        self.assertNotIn("T0SECRET", result.stdout + result.stderr)


if __name__ == "__main__":
    unittest.main()
