"""Bad input of every kind gets a 4xx or a counted drop; nothing else is lost by it and the process lives on."""
import json
import os
import socket
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]

GOOD = {"event": "sign_up", "user_data": {"email_address": "ada@example.com"}}
MIB = 1024 * 1024

UNREADABLE = {
    "empty": b"",
    "spaces": b"  \r\n ",
    "no JSON": b"hello",
    "cut JSON": b'{"event":"purchase",',
    "two documents in one line": b'{"event":"a"} {"event":"b"}',
    "a number": b"42",
    "null": b"null",
    "a text": b'"purchase"',
    "no event name": b'{"value": 3}',
    "event name is a number": b'{"event": 7}',
    "event name is an object": b'{"event": {"a": 1}}',
    "event name is null": b'{"event": null}',
    "64 levels deep": b'{"event":"purchase","x":' + b"[" * 64 + b"]" * 64 + b"}",
    "100,000 levels deep": b"[" * 100_000 + b"]" * 100_000,
    "invalid UTF-8": b'{"event":"purchase","x":"\xff\xfe"}',
    "overlong UTF-8": b'{"event":"purchase","x":"\xc0\xaf"}',
    "UTF-8 of a surrogate": b'{"event":"purchase","x":"\xed\xa0\x80"}',
    "a lone surrogate": rb'{"event":"purchase","x":"\ud800"}',
    "NUL in the document": b'{"event":"purchase"\x00}',
    "1e400": b'{"event":"purchase","value":1e400}',
    "5,000 digits": b'{"event":"purchase","value":' + b"9" * 5000 + b"}",
    "NaN": b'{"event":"purchase","value":NaN}',
    "single quotes": b"{'event':'purchase'}",
    "5,001 events": json.dumps([{"event": "sign_up"}] * 5001).encode(),
    "binary": bytes(range(256)),
}

# Read, and dropped or repaired, by rules that are stated in the documentation.
ODD_BUT_READABLE = {
    "duplicate keys": b'{"event":"sign_up","event":"sign_up","user_data":{"email":"a@b.co"}}',
    "escaped NUL in a text": rb'{"event":"sign_up","event_id":"a\u0000b","user_data":{"email":"a@b.co"}}',
    "null item": b'{"event":"purchase","ecommerce":{"items":[null]},"user_data":{"email":"a@b.co"}}',
    "items is a text": b'{"event":"purchase","items":"none","user_data":{"email":"a@b.co"}}',
    "user_data is a list": b'{"event":"purchase","user_data":[1,2],"ip_override":"203.0.113.9","user_agent":"Mozilla/5.0"}',
    "value is an object": b'{"event":"purchase","value":{"a":1},"user_data":{"email":"a@b.co"}}',
    "200 digits": b'{"event":"purchase","currency":"USD","value":' + b"9" * 200 + b',"user_data":{"email":"a@b.co"}}',
    "an event that is nobody": b'{"event":"purchase","event_id":"x-1"}',
    "year 1": b'{"event":"sign_up","timestamp":"0001-01-01T00:00:00Z","user_data":{"email":"a@b.co"}}',
    "not forwarded": b'{"event":"refund","user_data":{"email":"a@b.co"}}',
    "gtm noise": b'{"event":"gtm.js"}',
    "clear push": b'{"ecommerce":null}',
    "Universal Analytics hit": b"v=1&t=pageview&tid=UA-1-1&cid=5",
}


class BadInput(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.workspace = harness.Workspace()
        cls.mock = cls.workspace.mock(MOCK)
        cls.relay = cls.workspace.relay(PINRELAY, cls.mock)
        cls.pid = cls.relay.child.pid

    @classmethod
    def tearDownClass(cls):
        cls.workspace.__exit__(None, None, None)

    def assert_serves(self):
        status, _, _ = self.relay.post(GOOD)
        self.assertEqual(status, 204)
        self.assertTrue(self.relay.running())

    def test_what_cannot_be_read_is_a_400_that_says_why(self):
        for name, body in UNREADABLE.items():
            with self.subTest(name):
                status, headers, answer = self.relay.post(body)

                self.assertEqual(status, 400, answer)
                error = json.loads(answer)["error"]
                self.assertTrue(error["code"] and error["message"], error)
                self.assertIn("application/json", headers["Content-Type"])
                self.assert_serves()

    def test_odd_events_are_taken_and_accounted_for(self):
        for name, body in ODD_BUT_READABLE.items():
            with self.subTest(name):
                before = self.relay.balance()["accepted"]
                status, _, answer = self.relay.post(body)

                self.assertEqual(status, 204, answer)
                self.assertEqual(self.relay.balance()["accepted"], before + 1)
                self.assert_serves()

    def test_a_body_over_the_limit_is_a_413(self):
        status, _, answer = self.relay.post(b'{"event":"' + b"x" * (5 * MIB) + b'"}')

        self.assertEqual(status, 413, answer)
        self.assert_serves()

    def test_a_bad_line_costs_only_itself(self):
        lines = [json.dumps(GOOD), "{broken", json.dumps(GOOD)]
        before = self.relay.balance()

        status, _, answer = self.relay.post("\n".join(lines))

        self.assertEqual(status, 204, answer)
        after = self.relay.balance()
        self.assertEqual(after["accepted"] - before["accepted"], 3)
        self.assertEqual(after["dropped"] - before["dropped"], 1)

    def test_a_trailer_of_64_kb_ends_nothing_but_its_connection(self):
        with socket.create_connection(("127.0.0.1", self.relay.port), timeout=harness.PATIENCE) as attack:
            attack.sendall(b"POST /collect HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX: ")
            try:
                attack.sendall(b"y" * 100_000 + b"\r\n\r\n")
                answer = attack.recv(4096)
            except ConnectionError:
                answer = b""

        self.assertIn(answer[9:10], (b"", b"4"))
        self.assert_serves()
        self.assertEqual(self.relay.child.pid, self.pid)

    def test_hidden_requests_are_never_executed(self):
        before = self.relay.balance()["accepted"]
        hidden = b'POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n%s' % (
            len(json.dumps(GOOD)), json.dumps(GOOD).encode())
        heads = (b"Transfer-Encoding: xchunked\r\n", b"Transfer-Encoding: chunked, identity\r\n",
                 b"Transfer-Encoding: identity\r\nContent-Length: 0\r\n",
                 b"Content-Length: 0\r\nTransfer-Encoding: chunked\r\n",
                 b"Content-Length: 0\r\nContent-Length: 5\r\n", b"Content-Length: +0\r\n")
        for head in heads:
            with self.subTest(head), socket.create_connection(("127.0.0.1", self.relay.port), timeout=5) as attack:
                attack.sendall(b"POST /collect HTTP/1.1\r\nHost: a\r\n" + head + b"\r\n" + hidden)
                answer = b""
                try:
                    while part := attack.recv(4096):
                        answer += part
                except ConnectionError:
                    pass
                self.assertLessEqual(answer.count(b"HTTP/1.1 "), 1)
                self.assertNotIn(b" 204 ", answer)
        self.assertEqual(self.relay.balance()["accepted"], before)

    def test_paths_and_methods_that_are_not_ours(self):
        self.assertEqual(self.relay.request("GET", "/nothing")[0], 404)
        status, headers, _ = self.relay.request("DELETE", "/collect")
        self.assertEqual((status, headers.get("Allow") is not None), (405, True))
        self.assertEqual(self.relay.post(GOOD, headers={"Content-Encoding": "br"})[0], 415)
        self.assertEqual(self.relay.request("GET", "/healthz")[2], b"ok\n")


if __name__ == "__main__":
    unittest.main()
