"""TLS on the collect port: what clients see of it, and a certificate that is renewed while the relay works."""
import http.client
import json
import os
import signal
import ssl
import subprocess
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]
OPENSSL = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
           "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]


def event(event_id):
    return json.dumps(harness.sign_up(event_id))


class Tls(unittest.TestCase):
    def setUp(self):
        self.workspace = harness.Workspace()
        self.addCleanup(lambda: self.workspace.__exit__(None, None, None))
        self.certificate = self.workspace.path / "chain.pem"
        self.key = self.workspace.path / "key.pem"

    def renew(self, days=90):
        """A new pair in the same files; each is its own authority."""
        subprocess.run([*OPENSSL, "-days", str(days), "-keyout", self.key, "-out", self.certificate], check=True,
                       capture_output=True)

    def start(self, **settings):
        self.renew()
        self.mock = self.workspace.mock(MOCK)
        self.relay = self.workspace.relay(PINRELAY, self.mock, tls_certificate_file=self.certificate,
                                          tls_key_file=self.key, **settings)

    def trusting(self):
        """Trusts the certificate that is in the file now, and no other."""
        return ssl.create_default_context(cafile=str(self.certificate))

    def connect(self):
        connection = http.client.HTTPSConnection("localhost", self.relay.port, timeout=harness.PATIENCE,
                                                 context=self.trusting())
        self.addCleanup(connection.close)
        connection.connect()
        return connection

    def post(self, connection, event_id):
        connection.request("POST", "/collect", event(event_id))
        answer = connection.getresponse()
        answer.read()
        return answer.status

    def test_a_client_that_shakes_hands_too_often_is_closed_before_any_work(self):
        self.start(max_requests_per_client="4")
        refused = 0
        for _ in range(100):
            try:
                self.connect().close()
            except (ssl.SSLError, ConnectionError):
                refused += 1
        other = http.client.HTTPSConnection("localhost", self.relay.port, timeout=harness.PATIENCE,
                                            context=self.trusting(), source_address=("127.0.0.2", 0))
        self.addCleanup(other.close)
        metrics = self.relay.metrics()

        self.assertGreater(refused, 0)
        self.assertEqual(metrics['pinrelay_tls_handshakes_total{outcome="client_rate"}'], refused)
        self.assertGreaterEqual(metrics['pinrelay_tls_handshakes_total{outcome="done"}'], 10)
        self.assertEqual(self.post(other, "of-another"), 204)

    def served(self):
        """What a new handshake shows, as PEM."""
        return ssl.get_server_certificate(("127.0.0.1", self.relay.port), timeout=harness.PATIENCE)

    def s_client(self, *options):
        return subprocess.run(["openssl", "s_client", "-connect", f"127.0.0.1:{self.relay.port}", *options], input="",
                              capture_output=True, text=True, timeout=harness.PATIENCE)

    def reload(self, outcome):
        """SIGHUP, until it is over."""
        name = f'pinrelay_config_reloads_total{{outcome="{outcome}"}}'
        before = self.relay.metrics()[name]
        self.relay.child.send_signal(signal.SIGHUP)
        harness.wait_until(lambda: self.relay.metrics()[name] > before, f"the reload is {outcome}")

    def start_expecting_failure(self, **settings):
        relay = self.workspace.relay(PINRELAY, self.workspace.mock(MOCK), wait=False, **settings)
        return relay.child.wait(harness.PATIENCE), relay.log()

    def test_events_come_in_by_curl_and_by_python(self):
        self.start()
        url = f"https://localhost:{self.relay.port}/collect"
        curl = ["curl", "--silent", "--show-error", "--fail", "--noproxy", "*", "--cacert", self.certificate]

        subprocess.run([*curl, url, "--data", event("curl")], check=True, timeout=harness.PATIENCE)
        connection = self.connect()
        self.assertEqual([self.post(connection, f"python-{n}") for n in range(3)], [204] * 3)

        harness.wait_delivered(self.relay, 4)
        self.assertEqual(sorted(e["event_id"] for e in self.mock.events()), ["curl", "python-0", "python-1", "python-2"])
        self.assertEqual(self.relay.metrics()['pinrelay_tls_handshakes_total{outcome="done"}'], 2)

    def test_a_handshake_is_modern(self):
        self.start()

        done = self.s_client("-CAfile", self.certificate, "-verify_return_error", "-alpn", "h2,http/1.1", "-tls1_2")

        self.assertEqual(done.returncode, 0, done.stderr)
        for part in ("Cipher is ECDHE-ECDSA-AES256-GCM-SHA384", "ALPN protocol: http/1.1", "Verification: OK",
                     "Compression: NONE"):
            self.assertIn(part, done.stdout)

    def test_an_old_protocol_and_plain_http_are_refused(self):
        self.start()

        old = self.s_client("-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0")
        self.assertRaises((http.client.HTTPException, OSError), self.relay.post, event("plain"))

        self.assertNotEqual(old.returncode, 0)
        self.assertIn("alert protocol version", old.stderr)
        metrics = self.relay.metrics()
        self.assertEqual(metrics['pinrelay_tls_handshakes_total{outcome="unsupported"}'], 1)
        self.assertEqual(metrics['pinrelay_tls_handshakes_total{outcome="not_tls"}'], 1)
        self.assertEqual(self.relay.balance()["accepted"], 0)

    def test_a_renewed_certificate_is_shown_and_no_connection_is_dropped(self):
        self.start()
        kept = self.connect()
        self.assertEqual(self.post(kept, "before"), 204)
        in_flight = self.connect()
        body = event("in-flight").encode()
        in_flight.putrequest("POST", "/collect")
        in_flight.putheader("Content-Length", str(len(body)))
        in_flight.endheaders(body[:10])
        self.renew()

        self.reload("taken")

        self.assertEqual(self.served(), self.certificate.read_text())
        in_flight.send(body[10:])
        answer = in_flight.getresponse()
        answer.read()
        self.assertEqual(answer.status, 204)
        self.assertEqual(self.post(kept, "after"), 204)
        self.assertEqual(self.post(self.connect(), "new"), 204)
        harness.wait_delivered(self.relay, 4)

    def test_a_broken_file_keeps_the_old_certificate(self):
        self.start()
        kept = self.connect()
        before = self.certificate.read_text()
        expiry = "pinrelay_tls_certificate_expiry_timestamp_seconds"
        expires = self.relay.metrics()[expiry]
        key = self.key.read_text()
        self.renew(days=10)
        self.key.write_text(key)

        self.reload("refused")

        self.assertIn("is not that of the certificate", self.relay.log())
        self.assertEqual(self.served(), before)
        self.assertEqual(self.post(kept, "kept"), 204)
        self.assertEqual(self.relay.metrics()[expiry], expires)

    def test_a_certificate_that_expires_soon_is_said(self):
        self.start()
        self.renew(days=10)

        self.reload("taken")

        self.assertIn("expires soon", self.relay.log())

    def test_files_that_cannot_be_used_are_named_at_the_start(self):
        self.renew()
        absent = self.workspace.path / "absent.pem"
        for settings, part in (({"tls_certificate_file": self.certificate, "tls_key_file": absent}, str(absent)),
                               ({"tls_certificate_file": self.certificate}, "PINRELAY_TLS_KEY_FILE: is missing"),
                               ({"tls_certificate_file": self.key, "tls_key_file": self.key}, str(self.key))):
            code, log = self.start_expecting_failure(**settings)

            self.assertEqual(code, 2)
            self.assertIn("cannot start", log)
            self.assertIn(part, log)

    def test_it_ends_in_good_order(self):
        self.start()
        kept = self.connect()
        self.assertEqual(self.post(kept, "last"), 204)

        self.assertEqual(self.relay.end(), 0)

        self.assertEqual(kept.sock.recv(1), b"", "the end was said")


if __name__ == "__main__":
    unittest.main()
