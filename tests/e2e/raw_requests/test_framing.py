"""Where a body ends: Content-Length, Transfer-Encoding, and both. Each row hides a second request behind the first.

Two servers that disagree on the end of a request are how one is smuggled past the first; so what could be read in two
ways is refused, and nothing behind it is looked at.
"""
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import raw_requests  # noqa: E402
from raw_requests import EVENT, HIDDEN, Row, chunked, post, refused, refused_alone, show, taken  # noqa: E402

SIZE = b"%d" % len(EVENT)
LARGE = 2 * 1024 * 1024  # more than the default of collect.max_body_bytes

MALFORMED_LENGTHS = [
    b"", b" ", b"+" + SIZE, b"-" + SIZE, b"-0", b"-1", b"+0", b"0x%x" % len(EVENT), b"0X10", b"%xh" % len(EVENT),
    SIZE + b".0", SIZE + b".", b"." + SIZE, b"1e2", SIZE + b"," + SIZE, SIZE + b", " + SIZE, SIZE + b",", b"," + SIZE,
    b" " + SIZE + b"," + SIZE + b" ", b"0," + SIZE, SIZE + b" 0", SIZE + b" " + SIZE, SIZE + b";", SIZE + b";q=1",
    b"\"" + SIZE + b"\"", b"'" + SIZE + b"'", b"(" + SIZE + b")", b"five", b"NaN", b"Infinity", b"null", b"chunked",
    b"1_0", b"1'0", b"1\xc2\xa00", "٥".encode(), "５".encode(), b"\x0b" + SIZE, SIZE + b"\x0c", b"\x00" + SIZE,
    SIZE + b"\x00", b"18446744073709551616", b"36893488147419103232", b"9" * 40, b"9" * 4000,
    b"%s" % (b"-" + b"9" * 40),
    b"18446744073709551615 ,0", b"#10", b"%31%30", b"\\x31", b"1\r\n 0",
]

GOOD_LENGTHS = [SIZE, b"  " + SIZE, SIZE + b"  ", b"\t " + SIZE + b" \t", b"0" + SIZE, b"000000000000000" + SIZE]

LENGTHS_TWICE = {
    "the same": (SIZE, SIZE), "another": (SIZE, b"0"), "another, first": (b"0", SIZE), "one empty": (SIZE, b""),
    "one no number": (SIZE, b"x"), "one with zeros in front": (SIZE, b"0" + SIZE), "three times": (SIZE, SIZE, SIZE),
}

# Transfer-Encoding of what is chunked all the same.
MALFORMED_CODINGS = [
    b"", b" ", b"identity", b"gzip", b"deflate", b"compress", b"x", b"chunk", b"chunked, chunked", b"chunked,chunked",
    b"chunked, identity", b"identity, chunked", b"gzip, chunked", b"chunked, gzip", b"chunked,", b",chunked",
    b", chunked",
    b",", b"chunked ,", b"xchunked", b"x-chunked", b"chunkedx", b"chunked-x", b"chunked chunked", b"x chunked",
    b"chunked;",
    b"chunked;q=1", b"chunked; foo=bar", b"\"chunked\"", b"'chunked'", b"(chunked)", b"chunked(x)", b"chunked=1",
    b"chu nked",
    b"\x0bchunked", b"chunked\x0c", b"\x00chunked", b"chunked\x00", b"chunked\xc2\xa0", b"\xefchunked",
    b"c\xc4\xa5unked",
    b"chunked\x01", b"CHUNKED, x", b"%63hunked", b"chunked\\", b"chunked\r\n , gzip", b"\r\n chunked",
    b"gzip\r\n\tchunked",
]

GOOD_CODINGS = [b"chunked", b"Chunked", b"CHUNKED", b"cHuNkEd", b" \t chunked", b"chunked \t", b"   chunked   "]

# Lines that another server may take for Transfer-Encoding, or not.
CODING_LINES = [
    b"Transfer-Encoding : chunked", b"Transfer-Encoding\t: chunked", b" Transfer-Encoding: chunked",
    b"\tTransfer-Encoding: chunked", b"X: y\r\n Transfer-Encoding: chunked", b"X: y\nTransfer-Encoding: chunked",
    b"X: y\rTransfer-Encoding: chunked", b"Transfer-Encoding:\x0bchunked", b"Transfer-Encoding\x00: chunked",
    b"Transfer Encoding: chunked", b"Transfer-Encoding\xa0: chunked", b"\x00Transfer-Encoding: chunked",
    b"Transfer-Encoding: chunked\rX: y", b"Transfer-Encoding\r\n: chunked", b"Transfer-Encoding",
    b"Transfer-Encoding chunked",
    b":Transfer-Encoding: chunked", b"Transfer-Encoding: chunked\n", b"(Transfer-Encoding): chunked",
]

# No Transfer-Encoding for anybody who reads field names by the standard: without a length there is no body.
UNKNOWN_FIELDS = [b"Transfer_Encoding: chunked", b"Transfer-Encoding-: chunked", b"X-Transfer-Encoding: chunked",
                  b"TransferEncoding: chunked", b"Content_Length: " + SIZE, b"Content-Length-: " + SIZE, b"TE: chunked"]

TE, CL = b"Transfer-Encoding: ", b"Content-Length: "


def with_fields(*fields, body=EVENT, **more):
    return post(b"".join(field + b"\r\n" for field in fields), body, length=False, **more)


def both(*fields, **more):
    """A chunked body, of which other readers see the beginning, or nothing, or the hidden request as well."""
    return with_fields(*fields, body=chunked(EVENT), **more)


ALL = b"%d" % len(chunked(EVENT))

LENGTH_AND_CODING = {
    "length first": both(CL + ALL, TE + b"chunked"), "coding first": both(TE + b"chunked", CL + ALL),
    "length that cuts": both(CL + b"4", TE + b"chunked"), "length 0": both(CL + b"0", TE + b"chunked"),
    "length that takes the hidden one": both(CL + b"%d" % (len(chunked(EVENT)) + len(HIDDEN)), TE + b"chunked"),
    "empty length": both(CL, TE + b"chunked"), "empty coding": both(CL + ALL, TE),
    "coding is no coding": both(CL + ALL, TE + b"x"), "identity": both(CL + ALL, TE + b"identity"),
    "other case": both(b"CONTENT-LENGTH: " + ALL, b"transfer-encoding: CHUNKED"),
    "two codings": both(TE + b"chunked", TE + b"chunked"), "two codings, second odd": both(TE + b"chunked", TE + b"x"),
    "two codings, first odd": both(TE + b"x", TE + b"chunked"), "two codings, one empty": both(TE + b"chunked", TE),
    "two codings and a length": both(TE + b"chunked", TE + b"identity", CL + ALL),
    "two lengths and a coding": both(CL + ALL, CL + ALL, TE + b"chunked"),
    "HTTP/1.0": both(TE + b"chunked", version=b"HTTP/1.0"), "HTTP/1.0 with length": both(TE + b"chunked", CL + ALL,
                                                                                         version=b"HTTP/1.0"),
    "HTTP/1.0 kept": both(TE + b"chunked", b"Connection: keep-alive", version=b"HTTP/1.0"),
    "coding is a connection option": both(TE + b"chunked", CL + ALL, b"Connection: Transfer-Encoding"),
    "GET": both(CL + ALL, TE + b"chunked").replace(b"POST", b"GET", 1),
    "HEAD": both(CL + ALL, TE + b"chunked").replace(b"POST", b"HEAD", 1),
    "OPTIONS": both(CL + ALL, TE + b"chunked").replace(b"POST", b"OPTIONS", 1),
}


class Framing(raw_requests.RawRequests):
    def test_malformed_lengths(self):
        self.assert_outcomes(refused_alone({show(text) or "empty": with_fields(CL + text)
                                            for text in MALFORMED_LENGTHS}))

    def test_good_lengths(self):
        self.assert_outcomes([taken(show(text), with_fields(CL + text)) for text in GOOD_LENGTHS])

    def test_two_lengths(self):
        self.assert_outcomes(refused_alone({name: with_fields(*(CL + text for text in texts))
                                            for name, texts in LENGTHS_TWICE.items()}))

    def test_lengths_over_the_limit_are_refused_before_the_body(self):
        texts = (b"%d" % LARGE, b"1048577", b"9999999999", b"9223372036854775808", b"18446744073709551615",
                 b"0" * 90 + b"1048577")
        self.assert_outcomes([refused(show(text), with_fields(CL + text, body=b""), 413) for text in texts])

    def test_malformed_codings(self):
        self.assert_outcomes(refused_alone({show(text) or "empty": both(TE + text) for text in MALFORMED_CODINGS}))

    def test_good_codings(self):
        self.assert_outcomes([taken(show(text), both(TE + text)) for text in GOOD_CODINGS])

    def test_lines_that_look_like_a_coding(self):
        self.assert_outcomes(refused_alone({show(line): both(line) for line in CODING_LINES}))

    def test_fields_that_are_named_almost_like_it_mean_nothing(self):
        # The first request has no body and is answered so; what was meant as one begins a malformed request line.
        self.assert_outcomes([Row(show(field), with_fields(field) + HIDDEN, (400, 400)) for field in UNKNOWN_FIELDS])

    def test_length_and_coding(self):
        self.assert_outcomes(refused_alone(LENGTH_AND_CODING))


if __name__ == "__main__":
    unittest.main()
