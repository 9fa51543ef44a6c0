"""Several requests on one connection, Expect, HTTP/1.0, HEAD, OPTIONS, and what ends in the middle."""
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402
import raw_requests  # noqa: E402
from raw_requests import EVENT, HIDDEN, HOST, Row, chunked, get, post, refused, taken  # noqa: E402

EXPECTS = b"Expect: 100-continue\r\n"
CHUNKED = post(b"Transfer-Encoding: chunked\r\n", chunked(EVENT), length=False)
HEAD = b"HEAD /collect HTTP/1.1\r\n" + HOST + b"\r\n"
OPTIONS = b"OPTIONS /collect HTTP/1.1\r\n" + HOST + b"\r\n"
BAD = b"POST /collect HTTP/1.1\r\nX : y\r\n\r\n"

PIPELINES = [
    Row("ten good ones", post() * 10, (204,) * 10, True),
    Row("a hundred", post() * 100, (204,) * 100, True),
    Row("chunked and not", (CHUNKED + post()) * 5, (204,) * 10, True),
    Row("of all kinds", post() + get() + HEAD + OPTIONS + CHUNKED, (204, 200, 200, 204, 204), True, (2,), events=2),
    Row("a line end between two", post() + b"\r\n" + post(), (204, 204), True),
    Row("an empty body between two", post() + post(body=b"") + post(), (204, 400, 204), True),
    Row("bodies that cannot be read between good ones", (post() + post(body=b"{")) * 3, (204, 400) * 3, True),
    Row("HEAD with a body", HEAD.replace(b"\r\n\r\n", b"\r\nContent-Length: 2\r\n\r\nab") + post(), (200, 204), True,
        (0,)),
    Row("GET with a body", get(fields=b"Content-Length: 2\r\n") + b"ab" + post(), (200, 204), True),
    Row("good, then malformed", post() * 3 + BAD + HIDDEN, (204, 204, 204, 400)),
    Row("good, then noise", post() + b"\x00" * 200 + HIDDEN, (204, 400)),
    Row("good, then a path that is not ours", post() + get(b"/nothing") + HIDDEN, (204, 404)),
    Row("good, then too large", post() + post(b"Content-Length: 9999999\r\n", b"", length=False) + HIDDEN, (204, 413)),
    Row("two line ends between two", post() + b"\r\n\r\n" + HIDDEN, (204, 400)),
    Row("a line feed between two", post() + b"\n" + HIDDEN, (204, 400)),
    Row("more body than was announced", post(body=EVENT + b" ").replace(b" %d\r\n" % (len(EVENT) + 1),
                                                                        b" %d\r\n" % len(EVENT))
        + HIDDEN, (204, 400)),
    Row("chunks, then more", CHUNKED + EVENT + HIDDEN, (204, 400)),
    Row("the first asks for the end", post(b"Connection: close\r\n") + HIDDEN, (204,)),
]

EXPECTATIONS = [
    taken("100-continue", post(EXPECTS)), taken("in capitals", post(b"EXPECT: 100-CONTINUE\r\n")),
    taken("chunked", post(EXPECTS + b"Transfer-Encoding: chunked\r\n", chunked(EVENT), length=False)),
    taken("without a body", get(fields=EXPECTS), 200),
    refused("another", post(b"Expect: tea\r\n") + HIDDEN, 417), refused("empty", post(b"Expect:\r\n") + HIDDEN, 417),
    refused("with a parameter", post(b"Expect: 100-continue;a=b\r\n") + HIDDEN, 417),
    refused("a list", post(b"Expect: 100-continue, tea\r\n") + HIDDEN, 417),
    refused("twice", post(EXPECTS * 2) + HIDDEN, 417),
    refused("200-ok", post(b"Expect: 200-ok\r\n") + HIDDEN, 417),
    Row("HTTP/1.0 has none", post(EXPECTS, version=b"HTTP/1.0"), (204,)),
    Row("HTTP/1.0, another", post(b"Expect: tea\r\n", version=b"HTTP/1.0"), (204,)),
]

OLD = {"version": b"HTTP/1.0"}
KEEP = b"Connection: keep-alive\r\n"
OLD_VERSION = [
    Row("ends", post(**OLD) + HIDDEN, (204,)), Row("without Host", post(host=b"", **OLD) + HIDDEN, (204,)),
    taken("kept", post(KEEP, **OLD)), taken("kept without Host", post(KEEP, host=b"", **OLD)),
    taken("kept, in capitals", post(b"Connection: Keep-Alive\r\n", **OLD)),
    Row("kept, then not", post(KEEP, **OLD) + post(**OLD) + HIDDEN, (204, 204)),
    refused("two Hosts", post(host=HOST * 2, **OLD) + HIDDEN), refused("a Host that is none",
                                                                       post(host=b"Host: a b\r\n", **OLD) + HIDDEN),
    Row("no length, so no body", post(length=False, **OLD), (400,)),
]

METHODS = [
    taken("HEAD", HEAD, 200, without_body=(0,)), taken("HEAD of the health", HEAD.replace(b"/collect", b"/healthz"),
                                                       200, without_body=(0,)),
    Row("HEAD of nothing", HEAD.replace(b"/collect", b"/nothing") + HIDDEN, (404,), without_body=(0,)),
    Row("HEAD in HTTP/1.0", HEAD.replace(b"1.1", b"1.0"), (200,), without_body=(0,)),
    taken("PUT", post().replace(b"POST", b"PUT", 1)), taken("GET with an event", post().replace(b"POST", b"GET", 1),
                                                            200, events=1),
    taken("GET without one", get(b"/collect"), 400), taken("OPTIONS", OPTIONS, events=0),
    taken("OPTIONS with a body", OPTIONS.replace(b"\r\n\r\n", b"\r\nContent-Length: 2\r\n\r\nab"), events=0),
    refused("OPTIONS of everything", OPTIONS.replace(b"/collect", b"*") + HIDDEN),
]

CUT_OFF = {
    "nothing": b"", "one byte": b"P", "a carriage return": b"\r", "half a line": b"POST /coll",
    "a line": b"POST /collect HTTP/1.1\r\n",
    "half a field": b"POST /collect HTTP/1.1\r\n" + HOST + b"Content-Le",
    "all but the last byte of the header": get()[:-1],
    "no body": post()[:-len(EVENT)], "all but the last byte": post()[:-1],
    "half a size": CHUNKED[:CHUNKED.index(b"\r\n\r\n") + 5],
    "half a chunk": CHUNKED[:-20], "no last chunk": CHUNKED[:-5], "half a last chunk": CHUNKED[:-3],
    "no last line end": CHUNKED[:-2],
    "all but the last byte of the chunks": CHUNKED[:-1], "half a trailer": CHUNKED[:-2] + b"X: y",
}


class Sequences(raw_requests.RawRequests):
    def test_pipelines(self):
        self.assert_outcomes(PIPELINES)

    def test_expectations(self):
        self.assert_outcomes(EXPECTATIONS)

    def test_http_1_0(self):
        self.assert_outcomes(OLD_VERSION)

    def test_methods(self):
        self.assert_outcomes(METHODS)

    def test_what_is_cut_off_has_no_answer(self):
        self.assert_outcomes([Row(name, sent, (), ends=True) for name, sent in CUT_OFF.items()])

    def test_what_is_cut_off_behind_a_good_one_costs_only_itself(self):
        self.assert_outcomes([Row(name, post() + sent, (204,), ends=True) for name, sent in CUT_OFF.items()])

    def test_a_body_is_asked_for_where_the_header_will_do(self):
        head, body = post(EXPECTS)[:-len(EVENT)], EVENT
        with raw_requests.connect(self.relay.port) as connection:
            answers = raw_requests.Answers(connection)
            for _ in range(3):
                connection.sendall(head)
                self.assertEqual(answers.next()[0], 100)
                connection.sendall(body)
                self.assertEqual(answers.next()[0], 204)
        self.assert_serves()

    def test_no_body_is_asked_for_where_the_header_will_not_do(self):
        heads = {404: post(EXPECTS, target=b"/nothing"), 405: post(EXPECTS).replace(b"POST", b"DELETE", 1),
                 413: post(EXPECTS + b"Content-Length: 9999999\r\n", length=False),
                 415: post(EXPECTS + b"Content-Encoding: br\r\n")}
        for status, sent in heads.items():
            with self.subTest(status), raw_requests.connect(self.relay.port) as connection:
                connection.sendall(sent[:-len(EVENT)])
                answers = raw_requests.Answers(connection)

                self.assertEqual(answers.next()[0], status)
                self.assertIsNone(answers.next())


class Unfinished(raw_requests.RawRequests):
    """With times so short that a test may wait for them."""
    settings = {"header_timeout": "500ms", "request_timeout": "1s", "idle_timeout": "500ms"}

    def test_what_does_not_go_on_is_told_so_and_closed(self):
        sent = {name: bytes_ for name, bytes_ in CUT_OFF.items() if name not in ("nothing", "a carriage return")}
        connections = {}
        for name, bytes_ in sent.items():
            connections[name] = raw_requests.connect(self.relay.port)
            self.addCleanup(connections[name].close)
            connections[name].sendall(bytes_)
        for name, connection in connections.items():
            with self.subTest(name):
                answers = raw_requests.Answers(connection)

                self.assertEqual(answers.next()[0], 408)
                self.assertIsNone(answers.next())
        harness.wait_until(lambda: self.relay.post(EVENT)[0] == 204, "it serves")

    def test_a_connection_at_rest_is_closed_without_a_word(self):
        with raw_requests.connect(self.relay.port) as silent, raw_requests.connect(self.relay.port) as rested:
            rested.sendall(get())
            answers = raw_requests.Answers(rested)

            self.assertEqual(answers.next()[0], 200)
            self.assertIsNone(answers.next())
            self.assertIsNone(raw_requests.Answers(silent).next())


if __name__ == "__main__":
    unittest.main()
