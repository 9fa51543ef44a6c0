"""Header fields: names, values, folding, line ends, Host, Connection."""
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import raw_requests  # noqa: E402
from raw_requests import HOST, Row, post, refused, refused_alone, show, taken  # noqa: E402

MALFORMED_FIELDS = [
    b"X : y\r\n", b"X\t: y\r\n", b"Content-Type : application/json\r\n", b" X: y\r\n", b"\tX: y\r\n", b": y\r\n",
    b":\r\n",
    b" : y\r\n", b"X\r\n", b"X y\r\n", b"X y: z\r\n", b"X(a): y\r\n", b"X/a: y\r\n", b"X@a: y\r\n", b"\"X\": y\r\n",
    b"X\x00: y\r\n", b"X\x01: y\r\n", b"X\x7f: y\r\n", b"X\x80: y\r\n", b"\xef\xbb\xbfX: y\r\n", b"X\xc2\xa0: y\r\n",
    b"X: \x00\r\n", b"X: y\x00z\r\n", b"X: \x01\r\n", b"X: \x08\r\n", b"X: \x0b\r\n", b"X: \x0c\r\n",
    b"X: \x1b[31m\r\n",
    b"X: \x7f\r\n", b"X: y\n", b"X: y\n\r\n", b"X: y\rZ: z\r\n", b"X: y\r\r\n", b"X: y\r", b"\r: y\r\n",
    b"X: y\r\n z\r\n", b"X: y\r\n\tz\r\n", b"X: y\r\n \r\n", b"X:\r\n y\r\n", b"X: y\n z\r\n", b"X: y\r\n  Z: z\r\n",
    b"X: y\r\n Content-Length: 0\r\n", b"X: y\r\n Transfer-Encoding: chunked\r\n", b"{\"event\":\"purchase\"}\r\n",
    b"POST /collect HTTP/1.1\r\n", b"=\r\n", b"\\\r\n",
]

MALFORMED_HOSTS = [
    b"", b"Host:\r\n", b"Host: \t \r\n", b"Host: a\r\nHost: a\r\n", b"Host: a\r\nhost: b\r\n", b"Host: a b\r\n",
    b"Host: a,b\r\n", b"Host: a, b\r\n", b"Host: a;b\r\n", b"Host: a/b\r\n", b"Host: a\\b\r\n", b"Host: a@b\r\n",
    b"Host: http://a\r\n", b"Host: a?b\r\n", b"Host: a#b\r\n", b"Host: a:b\r\n", b"Host: a:-1\r\n",
    b"Host: a:123456\r\n",
    b"Host: a:80:80\r\n", b"Host: :80\r\n", b"Host: [::1\r\n", b"Host: ::1\r\n", b"Host: [::1]x\r\n", b"Host: []\r\n",
    b"Host: \"a\"\r\n", b"Host: <script>\r\n", b"Host: a%00\r\n", b"Host: \xc3\xa4\r\n", b"Host: a\x00b\r\n",
    b"Host : a\r\n", b"Host: a\r\n b\r\n", b"Host:\r\n a\r\n",
]

GOOD_HOSTS = [b"Host: a\r\n", b"Host:a\r\n", b"HOST: \t a \t\r\n", b"host: relay.example.\r\n", b"Host: a:\r\n",
              b"Host: a:65535\r\n", b"Host: 192.0.2.1\r\n", b"Host: [2001:db8::1]:8080\r\n", b"Host: a_b-c.d~e\r\n"]

ODD_FIELDS = [
    b"X:\r\n", b"X:y\r\n", b"X:  \t y \t \r\n", b"X: \xc3\xa4\xff\x80\r\n", b"X: y: z\r\n", b"X: \"\r\n", b"X: (\r\n",
    b"!#$%&'*+-.^_`|~: y\r\n", b"1: 2\r\n", b"X_Forwarded_For: 198.51.100.7\r\n", b"Content_Length: 5\r\n",
    b"X: " + b"y" * 12_000 + b"\r\n", b"X" * 12_000 + b": y\r\n", b"X: y\r\n" * 100,
    b"Cookie: a=b\r\nCookie: c=d\r\n", b"Cookie: ;;=;==;a\r\n", b"Cookie: _epik=" + b"x" * 4000 + b"\r\n",
    b"Content-Type: \r\n", b"Content-Type: text/plain\r\n", b"Content-Type: application/xml; charset=utf-16\r\n",
    b"Content-Type: ///;;;\r\n", b"Content-Type: application/json\r\nContent-Type: text/html\r\n",
    b"Accept: \xff\r\n", b"Origin: null\r\n", b"Origin: \xff\r\n", b"Referer: \x80\r\n", b"User-Agent: \r\n",
    b"X-Forwarded-For: ,,,;\"[\r\n", b"X-Forwarded-For: " + b"1.1.1.1, " * 1500 + b"1.1.1.1\r\n",
    b"X-Real-IP: ::::\r\n",
    b"Range: bytes=0-,0-,0-\r\n", b"If-None-Match: *\r\n", b"Trailer: X-Forwarded-For\r\n",
    b"TE: trailers, chunked\r\n",
    b"Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk\r\n",
    b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAA\r\nSec-WebSocket-Version: 13\r\n",
    b"Connection: keep-alive\r\n", b"Connection: x, y, content-length, host\r\n", b"Connection:\r\n",
    b"Keep-Alive: timeout=99999\r\n",
    b"X-HTTP-Method-Override: DELETE\r\n", b"X-Original-URL: /metrics\r\n", b"Forwarded: for=\"[::1]\";host=x\r\n",
]

CLOSING_FIELDS = [b"Connection: close\r\n", b"connection: CLOSE\r\n", b"Connection: keep-alive, close\r\n",
                  b"Connection: keep-alive\r\nConnection: close\r\n", b"Connection: x,close ,y\r\n"]


class Fields(raw_requests.RawRequests):
    def test_malformed_fields(self):
        self.assert_outcomes(refused_alone({show(field): post(field) for field in MALFORMED_FIELDS}))

    def test_malformed_hosts(self):
        self.assert_outcomes(refused_alone({show(host) or "none": post(host=host) for host in MALFORMED_HOSTS}))

    def test_good_hosts(self):
        self.assert_outcomes([taken(show(host), post(host=host)) for host in GOOD_HOSTS])

    def test_odd_fields_change_nothing(self):
        self.assert_outcomes([taken(show(field), post(field)) for field in ODD_FIELDS])

    def test_who_asks_for_the_end_gets_it_after_the_answer(self):
        self.assert_outcomes([Row(show(field), post(field) + raw_requests.HIDDEN, (204,)) for field in CLOSING_FIELDS])

    def test_a_field_in_front_of_a_line_feed_alone(self):
        self.assert_outcomes([refused("the last line", b"POST /collect HTTP/1.1\r\n" + HOST + b"\n"),
                              refused("a bare one among good ones",
                                      b"POST /collect HTTP/1.1\r\nX: y\n" + HOST + b"\r\n")])


if __name__ == "__main__":
    unittest.main()
