"""A server that cannot prove to be Pinterest gets no byte of an event; once it can, everything is delivered by itself."""
import os
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]

DESTINATION = f'destination="pinterest:{harness.ACCOUNT}"'
PAUSED = f"pinrelay_delivery_paused{{{DESTINATION}}}"
IDS = [f"e-{number}" for number in range(10)]

# What the certificate is, and what the operator reads in the alarm.
CERTIFICATES = {
    "expired": "certificate has expired",
    "not_yet_valid": "certificate is not yet valid",
    "wrong_host": "IP address mismatch",
    "other_ca": "certificate signature failure",  # it has the right authority's name
    "self_signed": "self-signed certificate",
    "client_only": "unsuitable certificate purpose",
}


class Certificates(unittest.TestCase):
    def refuse(self, workspace, *options):
        """A relay that has tried a mock of the wrong kind a few times."""
        authority = ["--ca-store", workspace.path / "authority.pem"]
        mock = workspace.mock(MOCK, *authority, *options)
        relay = workspace.relay(PINRELAY, mock, retry_base="20ms", retry_cap="100ms")
        self.assertEqual(relay.post([harness.sign_up(event_id) for event_id in IDS])[0], 204)
        harness.wait_until(lambda: relay.total("pinrelay_delivery_requests_total") >= 3, "three attempts")
        summary = mock.summary()

        self.assertEqual((summary["requests"], summary["events"]), (0, 0), "nothing was sent")
        self.assertGreater(summary["handshake_failures"], 0)
        self.assertEqual(relay.balance()["pending"], len(IDS))
        return mock, relay

    def mend(self, workspace, bad, relay):
        """The right server comes back to the same address."""
        self.assertEqual(bad.end(), 0)
        good = workspace.mock(MOCK, "--ca-store", workspace.path / "authority.pem", listen=bad.address)
        balance = harness.wait_delivered(relay, len(IDS))

        self.assertEqual((balance["delivered"], balance["dead_lettered"]), (len(IDS), 0))
        self.assertEqual(sorted(event["event_id"] for event in good.events()), sorted(IDS))

    def test_no_byte_goes_to_a_server_with_the_wrong_certificate(self):
        for kind, reason in CERTIFICATES.items():
            with self.subTest(kind), harness.Workspace() as workspace:
                mock, relay = self.refuse(workspace, "--certificate", kind)

                self.assertEqual(relay.metrics()[PAUSED], 1)
                self.assertIn("its certificate was refused: " + reason, relay.log())
                self.assertIn("level=error", relay.log())

                self.mend(workspace, mock, relay)
                self.assertEqual(relay.metrics()[PAUSED], 0)

    def test_no_byte_goes_to_a_server_of_an_old_protocol(self):
        with harness.Workspace() as workspace:
            mock, relay = self.refuse(workspace, "--old-tls")

            self.assertGreater(relay.metrics()[f'pinrelay_delivery_requests_total{{{DESTINATION},result="not_sent"}}'], 0)
            self.assertIn("in the TLS handshake", relay.log())

            self.mend(workspace, mock, relay)

    def test_an_authority_that_is_not_the_systems_must_be_configured(self):
        with harness.Workspace() as workspace:
            mock = workspace.mock(MOCK)
            relay = workspace.relay(PINRELAY, mock, ca_file=None, retry_base="20ms", retry_cap="50ms")
            self.assertEqual(relay.post(harness.sign_up("e-1"))[0], 204)
            harness.wait_until(lambda: relay.total("pinrelay_delivery_requests_total") >= 2, "two attempts")

            self.assertEqual(mock.summary()["requests"], 0)
            self.assertEqual(relay.balance()["pending"], 1)
            self.assertIn("certificate", relay.log())


if __name__ == "__main__":
    unittest.main()
