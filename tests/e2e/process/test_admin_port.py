"""The admin port answers nobody but those who know what it is called: no page in a browser near the relay reads it."""
import os
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


if __name__ == "__main__":
    unittest.main()
