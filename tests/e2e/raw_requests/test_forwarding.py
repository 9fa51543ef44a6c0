"""Whom a request is believed to come from: X-Forwarded-For and the PROXY protocol, from trusted proxies only, and never
from a trailer."""
import json
import os
import struct
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402
import raw_requests  # noqa: E402
from raw_requests import Row, chunked, post, taken  # noqa: E402

PROXY, STRANGER = "127.0.0.1", "127.0.0.2"
VISITOR, FORGED = "203.0.113.9", "203.0.113.66"
BROWSER = (b"User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r\n"
           b"Sec-Fetch-Site: same-origin\r\n")
KEY = "TEST_ONLY_shared_key_1"


def browser_post(event_id, fields=b"", **more):
    return post(BROWSER + fields, json.dumps({"event": "sign_up", "event_id": event_id}).encode(), **more)


def forwarded_for(text):
    return f"X-Forwarded-For: {text}\r\n".encode()


def version_1(line):
    return b"PROXY " + line + b"\r\n"


def version_2(addresses, version_and_command=0x21, family=0x11, length=None):
    return (b"\r\n\r\n\x00\r\nQUIT\n" + bytes([version_and_command, family])
            + struct.pack("!H", len(addresses) if length is None else length) + addresses)


FOUR = bytes([203, 0, 113, 9, 192, 0, 2, 1]) + struct.pack("!HH", 50000, 443)
SIX = bytes.fromhex("26064700" + "00" * 11 + "07") + bytes.fromhex("20010db8" + "00" * 12) + struct.pack("!HH", 50000,
                                                                                                         443)
LINE_4, LINE_6 = b"TCP4 203.0.113.9 192.0.2.1 50000 443", b"TCP6 2606:4700::7 2001:db8::1 50000 443"

MALFORMED_PROXIES = {
    "none": b"", "of another case": b"proxy " + LINE_4 + b"\r\n", "without a family": version_1(b""),
    "of another family": version_1(b"TCP5 1.2.3.4 1.2.3.4 1 2"),
    "a name": version_1(b"TCP4 visitor.example 192.0.2.1 1 2"),
    "the other kind of address": version_1(b"TCP4 ::1 ::2 1 2"),
    "an address too few": version_1(b"TCP4 203.0.113.9 1 2"), "a word too many": version_1(LINE_4 + b" x"),
    "two blanks": version_1(b"TCP4  203.0.113.9 192.0.2.1 1 2"),
    "a port too large": version_1(b"TCP4 203.0.113.9 192.0.2.1 1 65536"),
    "a port below zero": version_1(b"TCP4 203.0.113.9 192.0.2.1 -1 2"),
    "a port that is none": version_1(b"TCP4 203.0.113.9 192.0.2.1 a b"),
    "a line feed alone": b"PROXY " + LINE_4 + b"\n",
    "too long": version_1(LINE_4 + b" " * 100), "without end": b"PROXY " + b"x" * 5000,
    "an address of 300 digits": version_1(b"TCP4 " + b"1" * 90 + b" 1.2.3.4 1 2"),
    "of version 1, binary": version_2(FOUR, 0x11), "of version 3": version_2(FOUR, 0x31),
    "another command": version_2(FOUR, 0x22),
    "UDP": version_2(FOUR, family=0x12), "a family unknown": version_2(FOUR, family=0xff),
    "a path": version_2(bytes(216), family=0x31),
    "addresses cut off": version_2(FOUR[:-5]), "six in the room of four": version_2(FOUR, family=0x21),
    "too much behind it": version_2(FOUR + bytes(60_000)),
    "a length of 65,535": version_2(FOUR, length=65_535), "the signature, bent": b"\r\n\r\n\x00\r\nQUIT\r" + bytes(16),
}
CUT_PROXIES = {"half a word": b"PRO", "half a line": b"PROXY TCP4 203.0", "half a signature": b"\r\n\r\n\x00\r",
               "half a header": version_2(FOUR)[:14],
               "half an address": version_2(FOUR)[:20]}


class Forwarding(raw_requests.RawRequests):
    def send(self, event_id, fields=b"", source=PROXY, before=b"", **more):
        """The visitor's address with which that event arrived; None for none."""
        row = Row(event_id, before + browser_post(event_id, fields, **more), (204,), True)
        self.assertEqual(raw_requests.outcome(self.relay.port, row, raw_requests.send_at_once, source), ((204,), True))
        harness.wait_until(lambda: self.relay.balance()["pending"] == 0, "the fate is known")
        arrived = [event for event in self.mock.events() if event["event_id"] == event_id]
        return arrived[0]["user_data"].get("client_ip_address") if arrived else None


class TrustedFields(Forwarding):
    settings = {"trusted_proxies": PROXY}

    def test_only_a_trusted_proxy_is_believed(self):
        self.assertEqual(self.send("by-proxy", forwarded_for(VISITOR)), VISITOR)
        self.assertIsNone(self.send("by-stranger", forwarded_for(FORGED), STRANGER))
        self.assertIsNone(self.send("real-ip-by-stranger", b"X-Real-IP: 203.0.113.66\r\n", STRANGER))
        self.assertIsNone(self.send("other-fields", b"Forwarded: for=203.0.113.66\r\nTrue-Client-IP: 203.0.113.66\r\n"
                                                    b"CF-Connecting-IP: 203.0.113.66\r\nX-Client-IP: 203.0.113.66\r\n"))

    def test_what_the_visitor_wrote_in_front_is_not_believed(self):
        self.assertEqual(self.send("in-front", forwarded_for(f"{FORGED}, {VISITOR}")), VISITOR)
        self.assertEqual(self.send("in-a-line-before", forwarded_for(FORGED) + forwarded_for(VISITOR)), VISITOR)
        self.assertEqual(self.send("proxies-behind", forwarded_for(f"{FORGED}, {VISITOR}, 127.0.0.1")), VISITOR)
        self.assertIsNone(self.send("garbage-behind", forwarded_for(f"{FORGED}, x")))
        self.assertIsNone(self.send("nothing-behind", forwarded_for(f"{FORGED},")))

    def test_a_trailer_says_nothing(self):
        body = json.dumps({"event": "sign_up", "event_id": "by-trailer"}).encode()
        sent = post(BROWSER + b"Transfer-Encoding: chunked\r\nTrailer: X-Forwarded-For\r\n",
                    chunked(body, end=b"0\r\n" + forwarded_for(FORGED) + b"X-Real-IP: 203.0.113.66\r\n\r\n"),
                    length=False)
        self.assert_outcomes([taken("forwarded", sent)])
        self.assertNotIn(FORGED, json.dumps(self.mock.events()))

    def test_a_proxy_header_without_the_setting_is_malformed(self):
        self.assert_outcomes([raw_requests.refused("version 1", version_1(LINE_4) + post()),
                              raw_requests.refused("version 2", version_2(FOUR) + post())])


class ProxyProtocol(Forwarding):
    settings = {"trusted_proxies": PROXY, "proxy_protocol": "true"}

    def assert_serves(self):
        self.send(f"good-{type(self).good_events}", before=version_1(LINE_4))
        type(self).good_events += 1
        self.assertTrue(self.relay.running())
        self.assertNotIn("hidden", [event["event_id"] for event in self.mock.events()])

    def test_the_header_of_a_trusted_proxy_is_believed(self):
        self.assertEqual(self.send("v1-4", before=version_1(LINE_4)), VISITOR)
        self.assertEqual(self.send("v1-6", before=version_1(LINE_6)), "2606:4700::7")
        self.assertEqual(self.send("v2-4", before=version_2(FOUR)), VISITOR)
        self.assertEqual(self.send("v2-6", before=version_2(SIX, family=0x21)), "2606:4700::7")
        self.assertEqual(self.send("v2-more", before=version_2(FOUR + b"\x04\x00\x02ab")), VISITOR)
        self.assertIsNone(self.send("v1-unknown", before=version_1(b"UNKNOWN")))
        self.assertIsNone(self.send("v2-local", before=version_2(b"", 0x20, 0)))

    def test_a_visitor_behind_it_cannot_forge(self):
        self.assertEqual(self.send("field-behind", forwarded_for(FORGED), before=version_1(LINE_4)), VISITOR)

    def test_a_second_header_is_malformed(self):
        for name, header in {"version 1": version_1(LINE_4), "version 2": version_2(FOUR)}.items():
            row = raw_requests.refused(name, header * 2 + post())
            self.assertEqual(raw_requests.outcome(self.relay.port, row, raw_requests.send_at_once), ((400,), False))

    def test_what_a_trusted_proxy_says_wrong_is_closed_without_an_answer(self):
        self.assert_outcomes([Row(name, sent + post(), ()) for name, sent in MALFORMED_PROXIES.items()])

    def test_what_is_cut_off_is_closed_without_an_answer(self):
        self.assert_outcomes([Row(name, sent, (), ends=True) for name, sent in CUT_PROXIES.items()])

    def test_a_stranger_has_no_proxy_header(self):
        self.assert_outcomes([taken("without", post())], source=STRANGER)
        self.assert_outcomes([raw_requests.refused("version 1", version_1(LINE_4) + post()),
                              raw_requests.refused("version 2", version_2(FOUR) + post())], source=STRANGER)


class Keys(raw_requests.RawRequests):
    """Who may post is decided by the header and the body; a trailer brings no key."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        keys, file = cls.workspace.path / "keys", cls.workspace.path / "pinrelay.json"
        keys.write_text(KEY + "\n")
        file.write_text(json.dumps({"accounts": [{"ad_account_id": harness.ACCOUNT, "access_token": harness.TOKEN,
                                                  "keys_file": str(keys)}]}))
        cls.relay = cls.workspace.relay(os.environ["PINRELAY"], cls.mock, config=file, ad_account_id=None,
                                        access_token=None, data_dir=cls.workspace.path / "with-keys")

    def test_a_key_in_a_trailer_opens_nothing(self):
        coding, key = b"Transfer-Encoding: chunked\r\n", f"X-Pinrelay-Key: {KEY}\r\n".encode()
        without = post(coding, chunked(raw_requests.EVENT), length=False)
        in_trailer = post(coding, chunked(raw_requests.EVENT, end=b"0\r\n" + key + b"\r\n"), length=False)
        in_header = post(coding + key, chunked(raw_requests.EVENT), length=False)

        for sent, status in ((without, 401), (in_trailer, 401), (in_header, 204)):
            with raw_requests.connect(self.relay.port) as connection:
                connection.sendall(sent)
                self.assertEqual(raw_requests.Answers(connection).next()[0], status)


if __name__ == "__main__":
    unittest.main()
