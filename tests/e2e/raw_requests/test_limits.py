"""Sizes at and above each limit, compressed bodies, and codings and types that are not taken."""
import gzip
import json
import random
import sys
import unittest
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402
import raw_requests  # noqa: E402
from raw_requests import EVENT, HIDDEN, HOST, Row, post, refused, taken  # noqa: E402

KIB, MIB = 1024, 1024 * 1024
MOST_HEADER, MOST_FIELDS, MOST_BODY = 16 * KIB, 128, MIB  # the defaults
MOST_GROWTH = 128 * MIB  # of the relay's memory in all of this


def with_header_of(size):
    """An event whose header has so many bytes."""
    return post(b"X: " + b"y" * (size - len(post(b"X: \r\n")) + len(EVENT)) + b"\r\n")


def with_fields(count):
    """Host and Content-Length are two of them."""
    return post(b"X: y\r\n" * (count - 2))


def with_body_of(size):
    return post(body=EVENT + b" " * (size - len(EVENT)))


def packed(body, fields=b""):
    return post(fields, body)


def gzip_of_zeros(size):
    """So many bytes of blanks, one to about a thousand."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([packer.compress(b" " * MIB) for _ in range(size // MIB)] + [packer.flush()])


GZIP = gzip.compress(EVENT)
BOMB = gzip_of_zeros(256 * MIB)
BENT = {"with a wrong checksum": GZIP[:-8] + bytes(4) + GZIP[-4:], "with a wrong length": GZIP[:-4] + b"\xff" * 4,
        "cut by a byte": GZIP[:-1], "cut in the middle": GZIP[:len(GZIP) // 2], "only the first bytes": GZIP[:2],
        "only a header": GZIP[:10], "of another method": GZIP[:2] + b"\x07" + GZIP[3:],
        "with reserved flags": GZIP[:3] + b"\xff" + GZIP[4:],
        "with noise behind it": GZIP + b"noise", "and half a second one": GZIP + GZIP[:20],
        "of nothing": gzip.compress(b""),
        "of blanks": gzip.compress(b"  "), "of noise": gzip.compress(bytes(range(256))), "in gzip": gzip.compress(GZIP),
        "of 25,000 levels": gzip.compress(b"[" * 25_000 + b"]" * 25_000),
        "of deflate": gzip.compress(zlib.compress(EVENT)),
        "header, then noise": GZIP[:10] + bytes(range(200)),
        "with a name without end": GZIP[:3] + b"\x08" + GZIP[4:10] + b"a" * 9000}
WHOLE_GZIP = {"without saying so": packed(GZIP), "that says so": packed(GZIP, b"Content-Encoding: gzip\r\n"),
              "in capitals": packed(GZIP, b"content-encoding: GZIP\r\n"),
              "x-gzip": packed(GZIP, b"Content-Encoding: x-gzip\r\n"),
              "that says identity": packed(GZIP, b"Content-Encoding: identity\r\n"),
              "that is none": packed(EVENT, b"Content-Encoding: gzip\r\n"),
              "in two members": packed(gzip.compress(EVENT[:30]) + gzip.compress(EVENT[30:])),
              "in a byte each": packed(b"".join(gzip.compress(EVENT[n:n + 1]) for n in range(len(EVENT)))),
              "stored": packed(gzip.compress(EVENT, 0)),
              "of as much as is taken": packed(gzip.compress(EVENT + b" " * (64 * 1024 - len(EVENT)))),
              "with a name": packed(GZIP[:3] + b"\x08" + GZIP[4:10] + b"n" * 9000 + b"\x00" + GZIP[10:])}
CODINGS = [b"deflate", b"br", b"zstd", b"compress", b"gzip, gzip", b"gzip,br", b"identity, gzip", b"", b"*",
           b"gzip;q=1", b"\xff", b"x" * 4000]
TYPES = [b"multipart/form-data; boundary=a", b"MULTIPART/MIXED", b"multipart/", b"multipart/x-\xff"]


class Limits(raw_requests.RawRequests):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.memory = cls.peak()

    @classmethod
    def peak(cls):
        """The most memory that the relay has had, in bytes."""
        status = Path(f"/proc/{cls.relay.child.pid}/status").read_text()
        return next(int(line.split()[1]) * KIB for line in status.splitlines() if line.startswith("VmHWM"))

    def tearDown(self):
        self.assertLess(self.peak() - self.memory, MOST_GROWTH)

    def test_lines_and_headers(self):
        line = b"POST /collect?%s HTTP/1.1\r\n"
        self.assert_outcomes([
            taken("a header as large as may be", with_header_of(MOST_HEADER)),
            refused("one byte more", with_header_of(MOST_HEADER + 1) + HIDDEN, 431),
            refused("a value of a megabyte", post(b"X: " + b"y" * MIB + b"\r\n"), 431),
            refused("a name of a megabyte", post(b"X" * MIB + b": y\r\n"), 431),
            refused("a value without end", b"POST /collect HTTP/1.1\r\n" + HOST + b"X: " + b"y" * 2 * MIB, 431),
            refused("a line of a megabyte", line % (b"x" * MIB) + HOST + b"\r\n" + HIDDEN, 414),
            refused("a line without end", b"POST /" + b"x" * 2 * MIB, 414),
            refused("a method without end", b"X" * MIB, 414),
            taken("as many fields as may be", with_fields(MOST_FIELDS)),
            refused("one more", with_fields(MOST_FIELDS + 1) + HIDDEN, 431),
            refused("3,000 more", post(b"a:\r\n" * 3000) + HIDDEN, 431),
        ])

    def test_bodies(self):
        chunks = raw_requests.chunked(EVENT, *[b" " * 8 * KIB] * 127)
        self.assert_outcomes([
            taken("a body as large as may be", with_body_of(MOST_BODY)),
            refused("one byte more", with_body_of(MOST_BODY + 1), 413),
            refused("one byte more, only said", with_body_of(MOST_BODY + 1)[:-MOST_BODY - 1], 413),
            refused("four times as much", with_body_of(4 * MIB), 413),
            taken("almost as much in chunks", post(b"Transfer-Encoding: chunked\r\n", chunks, length=False)),
            refused("too much for a path that is not ours", post(b"Content-Length: 9999999\r\n", b"", b"/nothing",
                                                                 length=False), 413),
        ])

    def test_gzip(self):
        self.assert_outcomes([taken(name, sent) for name, sent in WHOLE_GZIP.items()])

    def test_gzip_that_is_none(self):
        self.assert_outcomes([taken(name, packed(body, b"Content-Encoding: gzip\r\n"), 400) for name,
                              body in BENT.items()])

    def test_bombs(self):
        too_much = gzip.compress(random.Random(12).randbytes(MIB // 2).hex().encode() + b"x")
        too_far = gzip.compress(EVENT + b" " * (64 * 1024 - len(EVENT) + 1))
        self.assert_outcomes([
            taken("256 MiB", packed(BOMB), 413), taken("256 MiB, said", packed(BOMB, b"Content-Encoding: gzip\r\n"),
                                                       413),
            taken("256 MiB, cut off", packed(BOMB[:-100]), 413), taken("in gzip", packed(gzip.compress(BOMB)), 413),
            taken("a byte too much", packed(too_much), 413), taken("a byte too far", packed(too_far), 413),
            Row("ten on one connection", packed(BOMB) * 10, (413,) * 10, True),
            refused("deflate", packed(zlib.compress(b" " * MIB), b"Content-Encoding: deflate\r\n") + HIDDEN, 415),
            taken("deflate, not said", packed(zlib.compress(b" " * MIB)), 400),
            taken("in many members", packed(gzip.compress(b" " * 65_536) * 17), 413),
            taken("in members of nothing", packed(gzip.compress(b"") * 40_000), 400),
        ], ways=(raw_requests.send_at_once,))

    def test_codings_and_types_that_are_not_taken(self):
        self.assert_outcomes(
            [refused(f"coding {raw_requests.show(text)}", post(b"Content-Encoding: " + text + b"\r\n") + HIDDEN, 415)
             for text in CODINGS]
            + [refused(f"type {raw_requests.show(text)}", post(b"Content-Type: " + text + b"\r\n") + HIDDEN, 415)
               for text in TYPES])

    def test_answers_to_what_is_refused_say_why(self):
        for status, sent in {400: b"\x00", 404: post(target=b"/nothing"), 405: post().replace(b"POST", b"DELETE", 1),
                             413: with_body_of(2 * MIB),
                             414: b"x" * 20_000, 415: post(b"Content-Encoding: br\r\n"), 417: post(b"Expect: x\r\n"),
                             431: with_fields(200)}.items():
            with self.subTest(status), raw_requests.connect(self.relay.port) as connection:
                connection.sendall(sent)
                answer_status, fields, body = raw_requests.Answers(connection).next()
                error = json.loads(body)["error"]

                self.assertEqual((answer_status, fields["content-type"], fields["connection"]),
                                 (status, "application/json", "close"))
                self.assertTrue(error["code"] and error["message"])


class OtherLimits(raw_requests.RawRequests):
    settings = {"max_requests_per_connection": 3, "max_connections_per_client": 20}

    def test_so_many_requests_and_then_another_connection(self):
        self.assert_outcomes([Row("as many as may be, then one", post() * 3 + HIDDEN, (204,) * 3)])

    def test_so_many_connections_of_one_client(self):
        held = [raw_requests.connect(self.relay.port, "127.0.0.2") for _ in range(20)]
        for connection in held:
            self.addCleanup(connection.close)
            connection.sendall(post()[:40])
        with raw_requests.connect(self.relay.port, "127.0.0.2") as one_more:
            self.assertIsNone(raw_requests.Answers(one_more).next())
        self.assert_serves()
        for connection in held:
            connection.sendall(post()[40:])
            self.assertEqual(raw_requests.Answers(connection).next()[0], 204)

    def test_a_place_is_free_again_once_its_connection_is_gone(self):
        # Accepting takes a moment: a connection that is closed at once may be counted after the look that finds none.
        for _ in range(3):
            held = [raw_requests.connect(self.relay.port, "127.0.0.3") for _ in range(15)]
            self._wait_for_open(len(held))
            for connection in held:
                connection.close()
            self._wait_for_open(0)
        self.assert_outcomes([taken("a good one", post())], source="127.0.0.3")

    def _wait_for_open(self, count):
        harness.wait_until(lambda: self.relay.metrics()["pinrelay_open_connections"] == count, f"{count} are open")


if __name__ == "__main__":
    unittest.main()
