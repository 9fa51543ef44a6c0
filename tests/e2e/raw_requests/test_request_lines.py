"""Request lines: methods, targets, versions, and what speaks another protocol on the plain port."""
import random
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import raw_requests  # noqa: E402
from raw_requests import EVENT, HIDDEN, HOST, Row, get, post, refused, refused_alone, show, taken  # noqa: E402

SEED = 20260420
REST = b"\r\n" + HOST + b"Content-Length: 0\r\n\r\n"

MALFORMED_LINES = [
    b"POST", b"POST /collect", b"POST  /collect HTTP/1.1", b"POST /collect  HTTP/1.1", b"POST /collect HTTP/1.1 ",
    b" POST /collect HTTP/1.1", b"\tPOST /collect HTTP/1.1", b"POST\t/collect\tHTTP/1.1", b"POST /collect\tHTTP/1.1",
    b"POST /a b HTTP/1.1", b"POST /collect HTTP/1.1 extra", b"/collect POST HTTP/1.1", b"HTTP/1.1 200 OK",
    b"POST /collect HTTP/2.0", b"POST /collect HTTP/3", b"POST /collect HTTP/1.2", b"POST /collect HTTP/0.9",
    b"POST /collect HTTP/9.9", b"POST /collect HTTP/1", b"POST /collect HTTP/1.", b"POST /collect HTTP/.1",
    b"POST /collect HTTP/1.10", b"POST /collect HTTP/01.1", b"POST /collect HTTP/1.1.1", b"POST /collect HTTP/11",
    b"POST /collect HTTP/1,1", b"POST /collect HTTP/-1.1", b"POST /collect http/1.1", b"POST /collect HTTPS/1.1",
    b"POST /collect HTTP /1.1", b"POST /collect ICY/1.1", b"POST /collect HTTP/1.1\x0b", b"POST /collect HTTP/1.1;a",
    b"P(ST /collect HTTP/1.1", b"P\x80ST /collect HTTP/1.1", b"P\x00ST /collect HTTP/1.1", b"P\"ST /collect HTTP/1.1",
    b"POST: /collect HTTP/1.1", b"POST/ /collect HTTP/1.1", b"POST, /collect HTTP/1.1", b"{} /collect HTTP/1.1",
    b"POST /\x00 HTTP/1.1", b"POST /\x01 HTTP/1.1", b"POST /\x1b[2J HTTP/1.1", b"POST /\x7f HTTP/1.1",
    b"POST /\xff HTTP/1.1", b"POST /\xc3\xa4 HTTP/1.1", b"POST /collect\r HTTP/1.1", b"POST /collect\n HTTP/1.1",
    b"POST /collect HTTP/1.1\r", b"POST /collect HTTP/1.1\n", b"\r\n\r\nPOST /collect HTTP/1.1",
    b"\nPOST /collect HTTP/1.1", b"\x00POST /collect HTTP/1.1", b"\xef\xbb\xbfPOST /collect HTTP/1.1",
]

MALFORMED_TARGETS = [
    b"*", b"collect", b"?a=b", b"#a", b"/collect#a", b"/collect?a#b", b".", b"../collect", b"\\collect",
    b"host.example:443",
    b"http://", b"http:///collect", b"http:/collect", b"http:collect", b"http://user:secret@relay.example/collect",
    b"http://[::1/collect", b"http://a b/collect", b"http://relay.example:port/collect",
    b"http://relay.example:123456/collect",
    b"ftp://relay.example/collect", b"file:///etc/passwd", b"javascript:alert(1)", b"gopher://relay.example/_",
    b"ws://relay.example/collect", b"http://relay.example/collect#a",
]

# Well-formed, and nothing of ours: the path is compared as it came, never unescaped or tidied up.
UNKNOWN_TARGETS = [
    b"/", b"//", b"//collect", b"/collect//", b"/COLLECT", b"/collect%00", b"/%63ollect", b"/collect%2f", b"/collect;x",
    b"/collect/../collect", b"/./collect", b"/collect/..%2f", b"/..%2f..%2fetc%2fpasswd", b"/collect\\", b"/%", b"/%zz",
    b"/%c0%ae%c0%ae", b"/metrics", b"/readyz", b"/reload", b"/__mock/summary", b"/collect%0d%0aX:%20y", b"/collect:80",
    b"http://relay.example", b"http://relay.example/nothing", b"/" + b"a/" * 4000,
]

# Odd, and events all the same.
ODD_TARGETS = [
    b"/collect/", b"/collect?", b"/collect??", b"/collect?%", b"/collect?%zz&%0", b"/collect?a=%00",
    b"/collect?" + b"&" * 900,
    b"/collect?=&==&=a", b"/collect?a=\"<>`{}|\\^", b"/collect?" + b"x" * 14_000, b"/collect/?a=/../..",
    b"http://relay.example/collect", b"HTTP://RELAY.EXAMPLE/collect", b"https://other.example:8443/collect?a=b",
    b"http://[2001:db8::1]:80/collect",
]

UNKNOWN_METHODS = [b"DELETE", b"PATCH", b"TRACE", b"CONNECT", b"PROPFIND", b"BREW", b"post", b"Post", b"POSTX", b"G",
                   b"!#$%",
                   b"X" * 4000]

# The first words of others, as scanners and mistaken clients send them.
OTHER_PROTOCOLS = {
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\x00\x00\x00\x04\x00\x00\x00\x00\x00",
    "TLS": bytes.fromhex("16030100c8010000c40303") + bytes(range(64)),
    "SSL 2": bytes.fromhex("802e0100020015000000100100800200800300800400800500800600400700c0"),
    "SSH": b"SSH-2.0-OpenSSH_9.2p1\r\n",
    "SMTP": b"EHLO relay.example\r\nMAIL FROM:<a@b.co>\r\n",
    "Redis": b"*1\r\n$4\r\nPING\r\n",
    "memcached": b"stats\r\n",
    "FTP": b"USER anonymous\r\n",
    "RTSP": b"OPTIONS rtsp://relay.example/media RTSP/1.0\r\nCSeq: 1\r\n\r\n",
    "SIP": b"OPTIONS sip:nm SIP/2.0\r\nVia: SIP/2.0/TCP nm\r\n\r\n",
    "remote desktop": bytes.fromhex("030000130ee000000000000100080003000000"),
    "MQTT": bytes.fromhex("101000044d5154540402003c000474657374"),
    "FastCGI": bytes.fromhex("0101000100080000000100000000000001040001"),
    "PostgreSQL": bytes.fromhex("0000000804d2162f"),
    "a PROXY line from a stranger": b"PROXY TCP4 198.51.100.7 203.0.113.7 56324 443\r\n" + get(),
    "a PROXY header from a stranger": b"\r\n\r\n\x00\r\nQUIT\n\x21\x11\x00\x0c" + bytes(12) + get(),
    "JSON without HTTP": EVENT + b"\r\n",
    "nothing but CRLF": b"\r\n" * 20,
    "HTTP/0.9": b"GET /healthz\r\n",
    "bare line feeds": b"GET /healthz HTTP/1.1\nHost: a\n\n",
    "bare carriage returns": b"GET /healthz HTTP/1.1\rHost: a\r\r",
}


class RequestLines(raw_requests.RawRequests):
    def test_malformed_lines(self):
        self.assert_outcomes(refused_alone({show(line): line + REST for line in MALFORMED_LINES}))

    def test_targets_that_are_neither_a_path_nor_a_url(self):
        self.assert_outcomes(refused_alone({show(target): post(target=target) for target in MALFORMED_TARGETS}))

    def test_paths_that_are_not_ours(self):
        self.assert_outcomes([refused(show(target), post(target=target) + HIDDEN, 404) for target in UNKNOWN_TARGETS])

    def test_odd_targets_that_are_ours(self):
        self.assert_outcomes([taken(show(target), post(target=target)) for target in ODD_TARGETS])

    def test_unknown_methods(self):
        self.assert_outcomes([refused(show(method), method + b" /collect HTTP/1.1" + REST + HIDDEN, 405)
                              for method in UNKNOWN_METHODS])

    def test_other_protocols(self):
        self.assert_outcomes([refused(name, sent) for name, sent in OTHER_PROTOCOLS.items()])

    def test_noise(self):
        rng = random.Random(SEED)
        self.assert_outcomes([refused(f"noise {number}", rng.randbytes(rng.randrange(64, 4096)))
                              for number in range(40)])

    def test_good_requests_with_bytes_changed(self):
        """Whatever becomes of them is an answer of the 2xx or 4xx, or an end: never a 5xx, never silence."""
        rng = random.Random(SEED)
        for number in range(200):
            sent = bytearray(post())
            for _ in range(rng.randrange(1, 4)):
                sent[rng.randrange(len(sent))] = rng.randrange(256)
            with self.subTest(number, sent=bytes(sent)):
                row = Row(f"changed {number}", bytes(sent), (), ends=True)
                statuses, _ = raw_requests.outcome(self.relay.port, row, raw_requests.send_at_once)
                self.assertTrue(all(status // 100 in (2, 4) for status in statuses), statuses)
        self.assert_serves()


if __name__ == "__main__":
    unittest.main()
