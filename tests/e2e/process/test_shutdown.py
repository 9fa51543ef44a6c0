"""SIGTERM: requests in flight are answered, what can be delivered is, the rest stays for the next start; exit code 0."""
import concurrent.futures
import http.client
import json
import os
import signal
import socket
import sys
import threading
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]

SENDERS = 4
BODY = 10  # events per request


class Load:
    """Senders that post until the relay is gone; `acknowledged` are the ids of what was answered with 204."""

    def __init__(self, relay):
        self.relay = relay
        self.acknowledged = []
        self._lock = threading.Lock()
        self._pool = concurrent.futures.ThreadPoolExecutor(SENDERS)
        self._ends = [self._pool.submit(self._send, sender) for sender in range(SENDERS)]

    def _send(self, sender):
        for number in range(1_000_000):
            ids = [f"e-{sender}-{number}-{n}" for n in range(BODY)]
            try:
                status = self.relay.post([harness.sign_up(event_id) for event_id in ids])[0]
            except (OSError, http.client.HTTPException):
                return  # the relay is gone
            if status != 204:
                raise AssertionError(f"answered {status}")
            with self._lock:
                self.acknowledged += ids

    def ended(self):
        self._pool.shutdown()
        for end in self._ends:
            end.result()
        return sorted(self.acknowledged)


class Shutdown(unittest.TestCase):
    def deliver_the_rest(self, workspace, mock, count):
        relay = workspace.relay(PINRELAY, mock)
        balance = harness.wait_delivered(relay, count)
        self.assertEqual((balance["accepted"], balance["delivered"]), (count, count))
        return sorted(event["event_id"] for event in mock.events())

    def test_under_load_all_that_was_acknowledged_arrives_once(self):
        slow = {"fault": "none", "delay": "200ms", "times": "forever"}
        with harness.Workspace() as workspace:
            mock = workspace.mock(MOCK, "--quiet", *workspace.script(slow))
            relay = workspace.relay(PINRELAY, mock)
            load = Load(relay)
            harness.wait_until(lambda: mock.summary()["events"] > 0 and len(load.acknowledged) > 500, "load")

            self.assertEqual(relay.end(), 0)
            acknowledged = load.ended()
            arrived_before_the_end = mock.summary()["events"]
            arrived = self.deliver_the_rest(workspace, mock, len(acknowledged))

        self.assertEqual(arrived, acknowledged, "each once, and nothing that its sender was not told of")
        self.assertEqual(arrived_before_the_end, len(acknowledged), "the grace is long enough for all")

    def test_an_account_that_must_wait_keeps_its_events_for_the_next_start(self):
        refuse = {"fault": "status", "status": 429, "retry_after": "3", "times": "forever"}
        with harness.Workspace() as workspace:
            mock = workspace.mock(MOCK, "--quiet", *workspace.script(refuse))
            relay = workspace.relay(PINRELAY, mock)
            load = Load(relay)
            harness.wait_until(lambda: mock.summary()["requests"] > 0 and len(load.acknowledged) > 500, "load")

            self.assertEqual(relay.end(), 0)
            acknowledged = load.ended()
            self.assertEqual(mock.events(), [])
            mock.play()
            arrived = self.deliver_the_rest(workspace, mock, len(acknowledged))

        self.assertEqual(arrived, acknowledged)

    def test_a_grace_shorter_than_the_answers_still_ends_well(self):
        stuck = {"fault": "none", "delay": "1h", "times": "forever"}
        with harness.Workspace() as workspace:
            mock = workspace.mock(MOCK, "--quiet", *workspace.script(stuck))
            relay = workspace.relay(PINRELAY, mock, shutdown_grace="200ms")
            ids = sorted(f"e-{n}" for n in range(100))
            self.assertEqual(relay.post([harness.sign_up(event_id) for event_id in ids])[0], 204)
            harness.wait_until(lambda: mock.summary()["requests"] > 0, "a request that is not answered")

            self.assertEqual(relay.end(patience=15), 0)
            self.assertIn('msg="stopped"', relay.log())
            mock.play()
            arrived = self.deliver_the_rest(workspace, mock, len(ids))
            summary = mock.summary()

        self.assertEqual(sorted(set(arrived)), ids)
        self.assertEqual((summary["unique"], summary["duplicates"]), (len(ids), len(ids)), "sent again as they were")

    def test_a_request_that_is_arriving_is_still_answered(self):
        body = json.dumps(harness.sign_up("e-last")).encode()
        head = f"POST /collect HTTP/1.1\r\nHost: relay\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        with harness.Workspace() as workspace:
            mock = workspace.mock(MOCK)
            relay = workspace.relay(PINRELAY, mock)
            with socket.create_connection(("127.0.0.1", relay.port), harness.PATIENCE) as sender:
                sender.sendall(head.encode() + body[:20])
                harness.wait_until(lambda: relay.total("pinrelay_open_connections") >= 1, "the request has begun")
                relay.child.send_signal(signal.SIGTERM)
                harness.wait_until(lambda: 'msg="shutting down"' in relay.log(), "the relay stops")
                sender.sendall(body[20:])
                answer = b"".join(iter(lambda: sender.recv(4096), b"")).decode()

            self.assertEqual(relay.end(), 0)
            self.assertTrue(answer.startswith("HTTP/1.1 204 "), answer)
            self.assertIn("connection: close", answer.lower())
            self.assertEqual([event["event_id"] for event in mock.events()], ["e-last"], "delivered within the grace")


if __name__ == "__main__":
    unittest.main()
