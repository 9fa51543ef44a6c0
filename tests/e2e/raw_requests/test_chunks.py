"""Chunked bodies: sizes, line ends, extensions, trailers; each broken one with a hidden request behind it."""
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import raw_requests  # noqa: E402
from raw_requests import EVENT, HIDDEN, chunked, post, refused, refused_alone, show, taken  # noqa: E402

CODING = b"Transfer-Encoding: chunked\r\n"
SIZE = b"%x" % len(EVENT)
FLOOD = b"a" * 100_000


def in_chunks(body):
    return post(CODING, body, length=False)


def one_chunk(size=SIZE, data=EVENT, behind=b"\r\n", end=b"0\r\n\r\n"):
    return size + b"\r\n" + data + behind + end


def with_trailer(fields):
    return in_chunks(one_chunk(end=b"0\r\n" + fields + b"\r\n"))


MALFORMED_SIZES = [
    b"", b" ", b"x", b"-1", b"+" + SIZE, b"-" + SIZE, b"0x" + SIZE, b"0X" + SIZE, SIZE + b"h", b" " + SIZE, SIZE + b" ",
    b"\t" + SIZE, b"\x0b" + SIZE, b"\x00" + SIZE, SIZE + b"\x00", SIZE + b".", SIZE + b",", SIZE + b"," + SIZE,
    SIZE + b" " + SIZE,
    b"\"" + SIZE + b"\"", b"$" + SIZE, b"#" + SIZE, b"g", "٥".encode(), "５".encode(), b"fffffffffffffffff",
    b"1" + b"0" * 16, b"\r\n" + SIZE, b"\n" + SIZE, b"{", b"\xff",
]

# Sizes that are too much, whatever else they are.
LARGE_SIZES = [b"100001", b"ffffffff", b"100000000", b"7fffffffffffffff", b"fffffffffffffff0"]

GOOD_SIZES = [SIZE.upper(), b"0" + SIZE, b"00000000" + SIZE, b"0" * 100 + SIZE]

MALFORMED_ENDS = {
    "size, line feed": SIZE + b"\n" + EVENT + b"\r\n0\r\n\r\n",
    "size, carriage return": SIZE + b"\r" + EVENT + b"\r\n0\r\n\r\n",
    "size, two carriage returns": SIZE + b"\r\r\n" + EVENT + b"\r\n0\r\n\r\n",
    "data, line feed": one_chunk(behind=b"\n"), "data, carriage return": one_chunk(behind=b"\r"),
    "data, nothing": one_chunk(behind=b""), "data, two bytes more": one_chunk(behind=b"ab\r\n"),
    "data, one byte more": one_chunk(behind=b"a\r\n"), "data, reversed": one_chunk(behind=b"\n\r"),
    "data, blank": one_chunk(behind=b" \r\n"), "data, two line ends": one_chunk(behind=b"\r\n\r\n"),
    "size too small": one_chunk(size=b"%x" % (len(EVENT) - 1)),
    "size too large by one": one_chunk(size=b"%x" % (len(EVENT) + 1)),
    "end, line feed": one_chunk(end=b"0\n\n"), "end, carriage returns": one_chunk(end=b"0\r\r"),
    "end, no size": one_chunk(end=b"\r\n\r\n"), "end, minus": one_chunk(end=b"-0\r\n\r\n"),
    "end, line feed in quotes": one_chunk(end=b"0;a=\"\n\"\r\n\r\n"),
    "end, NUL in quotes": one_chunk(end=b"0;a=\"\x00\"\r\n\r\n"),
    "end, text": one_chunk(end=b"0x\r\n\r\n"), "all line feeds": SIZE + b"\n" + EVENT + b"\n0\n\n",
    "no chunk at all": EVENT,
}

MALFORMED_EXTENSIONS = [
    b";", b"; ", b";=", b";=a", b";a=", b";a=\"", b";a=\"b", b";a=\"b\\", b";a=\"b\\\"", b";a;", b";a=b;", b";a=b c",
    b" ;a=\x00",
    b";a\x00", b";a=\"\x00\"", b";a=\"\x01\"",
    b";a=\"\x7f\"", b";a=\"\\\n\"", b";a=\"b\r\"", b";a=\"b\n0\n\"", b";a\x7f", b";a\nb", b";a\rb", b";a=\"b\n\"",
    b";\x0ba", b";a=b\n" + SIZE, b",a", b":a", b"=a", b" a",
    b"\xc2\xa0;a", b";a=" + FLOOD, b";" + FLOOD, b";a=\"" + FLOOD, b";a" * 50_000,
]

GOOD_EXTENSIONS = [b";a", b";a=b", b";a=\"b\"", b";a=\"b\\\"c\"", b";a=\"b;c=d\"", b";a;b=c;d=\"e\"",
                   b";a=" + b"b" * 200]

MALFORMED_TRAILERS = [
    b"no colon\r\n", b": y\r\n", b" X: y\r\n", b"\tX: y\r\n", b"X : y\r\n", b"X y: z\r\n", b"X: y\n", b"X: y\r",
    b"X: \x00\r\n",
    b"X: \x01\r\n", b"X: \x7f\r\n", b"X\x00: y\r\n", b"X\x80: y\r\n", b"Content-Length: 0\r\n",
    b"Content-Length: 5\r\n",
    b"Transfer-Encoding: chunked\r\n", b"Transfer-Encoding: x\r\n", b"X: " + FLOOD + b"\r\n", FLOOD + b": y\r\n", FLOOD,
    b"X: y\r\n" * 20_000, b"POST /collect HTTP/1.1\r\nHost: a\r\n", b"\r", b"\n",
]

GOOD_TRAILERS = [
    b"X: y\r\n", b"X:\r\n", b"X: y\r\nZ: z\r\n", b"X: y\r\n" * 50, b"Host: other.example\r\n",
    b"Connection: keep-alive\r\n",
    b"X-Forwarded-For: 198.51.100.7\r\n", b"X-Pinrelay-Key: secret\r\n", b"Authorization: Bearer secret\r\n",
    b"Cookie: _epik=dj0yJnU9abc\r\n", b"Content-Encoding: br\r\n", b"Content-Type: multipart/form-data\r\n",
    b"Expect: tea\r\n",
    b"Origin: https://shop.example\r\n", b"X: " + b"y" * 4000 + b"\r\n",
]


class Chunks(raw_requests.RawRequests):
    def test_malformed_sizes(self):
        self.assert_outcomes(refused_alone({show(size) or "empty": in_chunks(one_chunk(size))
                                            for size in MALFORMED_SIZES}))

    def test_sizes_over_the_limit(self):
        self.assert_outcomes([refused(show(size), in_chunks(one_chunk(size)) + HIDDEN, 413) for size in LARGE_SIZES])

    def test_chunks_that_are_too_much_together(self):
        self.assert_outcomes([refused("64 KiB each", in_chunks(chunked(*[b" " * 65_536] * 17)) + HIDDEN, 413)])

    def test_good_sizes(self):
        self.assert_outcomes([taken(show(size), in_chunks(one_chunk(size))) for size in GOOD_SIZES])

    def test_any_cut_of_a_body_into_chunks(self):
        every_byte = [EVENT[n:n + 1] for n in range(len(EVENT))]
        halves = [EVENT[:20], EVENT[20:]]
        self.assert_outcomes([taken("a byte each", in_chunks(chunked(*every_byte))),
                              taken("two", in_chunks(chunked(*halves))),
                              taken("blanks before", in_chunks(chunked(*[b" "] * 3000, EVENT)))])

    def test_malformed_ends(self):
        self.assert_outcomes(refused_alone({name: in_chunks(body) for name, body in MALFORMED_ENDS.items()}))

    def test_malformed_extensions(self):
        self.assert_outcomes(refused_alone({show(text) + f" of {len(text)}": in_chunks(one_chunk(SIZE + text))
                                            for text in MALFORMED_EXTENSIONS}))

    def test_good_extensions(self):
        self.assert_outcomes([taken(show(text), in_chunks(one_chunk(SIZE + text))) for text in GOOD_EXTENSIONS])

    def test_malformed_trailers(self):
        self.assert_outcomes(refused_alone({show(text) + f" of {len(text)}": with_trailer(text)
                                            for text in MALFORMED_TRAILERS}))

    def test_trailers_are_passed_over(self):
        self.assert_outcomes([taken(show(text), with_trailer(text)) for text in GOOD_TRAILERS])


if __name__ == "__main__":
    unittest.main()
