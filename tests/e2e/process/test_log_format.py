"""The log as JSON objects and without its times, and health checks with the method that HAProxy uses."""
import datetime
import http.client
import json
import os
import re
import socket
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]


def answer(port, request):
    """The first line of what a port answers to these bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=harness.PATIENCE) as connection:
        connection.sendall(request)
        return connection.makefile("rb").readline().decode().strip()


class JsonLog(unittest.TestCase):
    def test_every_line_is_an_object_with_time_level_and_message(self):
        with harness.Workspace() as workspace:
            relay = workspace.relay(PINRELAY, workspace.mock(MOCK), wait=False, log_format="json", test_mode="true")
            harness.wait_until(lambda: '"message":"started"' in relay.log(), "the relay listens")
            relay.end()
            lines = [json.loads(line) for line in relay.log().splitlines()]

        self.assertGreater(len(lines), 3)
        for line in lines:
            self.assertRegex(line["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
            datetime.datetime.strptime(line["time"], "%Y-%m-%dT%H:%M:%S.%fZ")
            self.assertIn(line["level"], ("info", "warning"))
            self.assertTrue(all(isinstance(value, str) for value in line.values()), line)
        started = next(line for line in lines if line["message"] == "started")
        self.assertRegex(started["listen"], r"^127\.0\.0\.1:\d+$")
        self.assertTrue(any(line["level"] == "warning" and "TEST MODE" in line["message"] for line in lines))
        self.assertEqual(lines[-1]["message"], "stopped")

    def test_the_time_can_be_left_to_journald(self):
        with harness.Workspace() as workspace:
            relay = workspace.relay(PINRELAY, workspace.mock(MOCK), log_time="false")
            relay.end()
            lines = relay.log().splitlines()

        for line in lines:
            self.assertRegex(line, r'^level=(info|warning) msg="')

    def test_a_value_that_can_hardly_be_right_is_a_warning_of_the_log(self):
        with harness.Workspace() as workspace:
            relay = workspace.relay(PINRELAY, workspace.mock(MOCK), ad_account_id="2612345678901")
            relay.end()
            log = relay.log()

        self.assertRegex(log, r"level=warning .*key=PINRELAY_AD_ACCOUNT_ID reason=\"has 13 digits and begins with 26")

    def test_another_format_needs_a_restart_and_is_named(self):
        with harness.Workspace() as workspace:
            file = workspace.path / "pinrelay.json"
            file.write_text('{"log_format": "text"}')
            relay = workspace.relay(PINRELAY, workspace.mock(MOCK), config=file)
            file.write_text('{"log_format": "json", "log_time": false}')
            connection = http.client.HTTPConnection("127.0.0.1", relay.admin_port, timeout=harness.PATIENCE)
            connection.request("POST", "/reload")
            response = connection.getresponse()
            said = response.read().decode()
            connection.close()

        self.assertEqual((response.status, said), (409, "needs a restart: log_format, log_time\n"))


class HealthChecks(unittest.TestCase):
    def test_are_answered_for_every_method_of_a_checker_on_both_ports(self):
        with harness.Workspace() as workspace:
            relay = workspace.relay(PINRELAY, workspace.mock(MOCK))
            found = {}
            for port, paths in ((relay.port, ("/healthz",)), (relay.admin_port, ("/healthz", "/readyz"))):
                for path in paths:
                    for request in (f"OPTIONS {path} HTTP/1.0\r\n\r\n", f"OPTIONS {path} HTTP/1.1\r\nHost: relay\r\n\r\n",
                                    f"HEAD {path} HTTP/1.1\r\nHost: relay\r\n\r\n", f"GET {path} HTTP/1.0\r\n\r\n"):
                        found[port, request] = answer(port, request.encode())
            preflight = answer(relay.port, b"OPTIONS /collect HTTP/1.1\r\nHost: relay\r\nOrigin: https://shop.example\r\n"
                                           b"Access-Control-Request-Method: POST\r\n\r\n")

        for asked, line in found.items():
            self.assertTrue(re.match(r"HTTP/1\.1 200 ", line), f"{asked}: {line}")
        self.assertTrue(preflight.startswith("HTTP/1.1 204 "), preflight)


if __name__ == "__main__":
    unittest.main()
