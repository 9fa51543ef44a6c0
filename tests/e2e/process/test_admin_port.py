"""The admin port answers nobody but those who know what it is called: no page in a browser near the relay reads it."""
import os
import signal
import subprocess
import sys
import unittest
from http.client import HTTPConnection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]


class AdminPort(unittest.TestCase):
    def status(self, relay, host, path="/metrics", method="GET", **headers):
        connection = HTTPConnection("127.0.0.1", relay.admin_port, timeout=harness.PATIENCE)
        try:
            connection.request(method, path, headers={"Host": host, **{k.replace("_", "-"): v for k, v in headers.items()}})
            return connection.getresponse().status
        finally:
            connection.close()

    def test_on_loopback_it_is_called_by_loopback_names_only(self):
        with harness.Workspace() as workspace:
            relay = workspace.relay(PINRELAY, workspace.mock(MOCK))

            self.assertEqual(self.status(relay, f"localhost:{relay.admin_port}"), 200)
            for path, method in (("/metrics", "GET"), ("/accounts", "GET"), ("/nowhere", "GET"), ("/reload", "POST")):
                self.assertEqual(self.status(relay, "attacker.example", path, method), 403)
                self.assertEqual(self.status(relay, "localhost", path, method, Sec_Fetch_Site="cross-site"), 403)
            self.assertEqual(self.status(relay, "relay"), 403)
            self.assertEqual(self.status(relay, "relay", "/readyz"), 200, "a check of health comes under any name")
            metrics = relay.metrics()
            self.assertEqual(metrics['pinrelay_admin_requests_refused_total{reason="host"}'], 5)
            self.assertEqual(metrics['pinrelay_admin_requests_refused_total{reason="site"}'], 4)

    def test_beyond_loopback_prometheus_and_the_commands_reach_it_without_a_setting(self):
        with harness.Workspace() as workspace:
            relay = workspace.relay(PINRELAY, workspace.mock(MOCK), admin="0.0.0.0:0",
                                    admin_names="metrics.shop.example")

            for host in ("relay:9090", "10.1.2.3:9090", "relay.shop.svc.cluster.local:9090", "metrics.shop.example"):
                self.assertEqual(self.status(relay, host), 200, host)
            self.assertEqual(self.status(relay, "attacker.example:9090"), 403)

    def test_with_a_token_the_commands_send_it_and_others_are_refused(self):
        with harness.Workspace() as workspace:
            token = workspace.path / "token"
            token.write_text("a-token-of-the-admin-port\n")
            relay = workspace.relay(PINRELAY, workspace.mock(MOCK), admin_token_file=token)

            for path, method in (("/accounts", "GET"), ("/history", "GET"), ("/dead-letters", "GET"), ("/reload", "POST")):
                self.assertEqual(self.status(relay, "localhost", path, method), 401, path)
            self.assertEqual(self.status(relay, "localhost", "/history", Authorization="Bearer a-token-of-the-admin-port"), 200)
            for path in ("/healthz", "/readyz", "/metrics", "/"):
                self.assertEqual(self.status(relay, "localhost", path), 200, path)
            self.assertEqual(self.command(relay, token, "reload"), 0)
            token.write_text("another-token-of-the-admin-port\n")
            self.assertEqual(self.command(relay, token, "health"), 0)
            self.assertEqual(self.command(relay, token, "reload"), 2, "the relay has the old one until SIGHUP")
            relay.child.send_signal(signal.SIGHUP)
            harness.wait_until(lambda: self.command(relay, token, "reload") == 0, "the relay has the new token")
            self.assertGreaterEqual(relay.metrics()['pinrelay_admin_requests_refused_total{reason="token"}'], 5)
            self.assertNotIn("a-token", relay.log())

    def command(self, relay, token, *arguments):
        env = {**harness.clean_environment(), "PINRELAY_ADMIN": f"127.0.0.1:{relay.admin_port}", "PINRELAY_ADMIN_TOKEN_FILE": str(token),
               "PINRELAY_AD_ACCOUNT_ID": harness.ACCOUNT, "PINRELAY_ACCESS_TOKEN": harness.TOKEN}
        return subprocess.run([PINRELAY, *arguments], env=env, capture_output=True, timeout=harness.PATIENCE).returncode


if __name__ == "__main__":
    unittest.main()
