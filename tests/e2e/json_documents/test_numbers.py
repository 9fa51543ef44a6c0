"""Numbers in JSON: what is none, what is odd, what is too large; wherever an event may have one."""
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import json_documents  # noqa: E402
from json_documents import EITHER, REFUSED, TAKEN, with_value  # noqa: E402

NOT_NUMBERS = [
    b"01", b"-01", b"00", b"-00", b"012.5", b"+1", b"++1", b"--1", b"-", b"- 1", b"-+1", b".5", b"-.5", b"1.", b"-1.",
    b"1.e1",
    b".e1", b".", b"1e", b"1E", b"1e+", b"1e-", b"1.5e", b"1e1.5", b"1e1e1", b"1ee1", b"1e++1", b"e1", b"1.2.3",
    b"1..2", b"0x10",
    b"0X1F", b"0b1", b"0o7", b"1h", b"NaN", b"-NaN", b"nan", b"Infinity", b"-Infinity", b"+Infinity", b"inf", b"1_000",
    b"1,000",
    b"1 000", b"1'000", b"1f", b"1L", b"1n", b"$1", b"1%", "１".encode(), "٣".encode(), "½".encode(), "−1".encode(),
    b"1\x00",
    b"1\x0b", b"1\xc2\xa0", b"\xef\xbb\xbf1", b"1+1", b"1-", b"1/2", b"#1", b"(1)",
]

# Well-formed, and beyond what a double holds.
OUT_OF_RANGE = [b"1e400", b"-1e400", b"1e309", b"1E+9999", b"1e99999999999999999999", b"9" * 400, b"-" + b"9" * 400,
                b"1" + b"0" * 100_000, b"9" * 100_000, b"1" + b"0" * 309 + b".0", b"0." + b"9" * 100 + b"e400"]

NUMBERS = [
    b"0", b"-0", b"-0.0", b"0e0", b"0e-0", b"-0e+1", b"0.0e99999", b"1e0", b"1E5", b"1e+5", b"1e-5", b"1.0", b"1.50",
    b"123.456e2", b"0.1",
    b"1e308", b"-1e308", b"1e-400", b"1e-9999999999", b"1" + b"0" * 300, b"9007199254740993", b"18446744073709551615",
    b"18446744073709551616",
    b"-9223372036854775808", b"-9223372036854775809", b"4294967296", b"0." + b"0" * 400 + b"1", b"0." + b"3" * 100_000,
    b"1." + b"0" * 100_000, b"123456789012345678901234567890.12345678901234567890", b"0.30000000000000004",
    b"1e0000000000000000000005", b" 1 ", b"\t1\r\n",
]

KEYS = [b"value", b"timestamp", b"timestamp_micros", b"event_id", b"user_id", b"currency", b"transaction_id", b"items",
        b"event_name"]


class Numbers(json_documents.JsonDocuments):
    def test_what_is_no_number_is_refused(self):
        self.assert_statuses(REFUSED, {str(text[:40]): with_value(text) for text in NOT_NUMBERS})

    def test_what_is_out_of_range_is_refused(self):
        self.assert_statuses(REFUSED, {f"{text[:20]} of {len(text)}": with_value(text) for text in OUT_OF_RANGE})

    def test_numbers_are_taken(self):
        self.assert_statuses(TAKEN, {f"{text[:40]} of {len(text)}": with_value(text) for text in NUMBERS})

    def test_numbers_are_taken_where_they_mean_something(self):
        self.assert_statuses(TAKEN, {f"{key} {text[:40]} of {len(text)}": with_value(text, key)
                                     for key in KEYS if key != b"event_name" for text in NUMBERS})

    def test_numbers_as_text_are_taken(self):
        for texts in (NOT_NUMBERS, OUT_OF_RANGE):
            self.assert_statuses(TAKEN, {f"{text[:20]} of {len(text)}": with_value(b'"' + text + b'"', b"value")
                                         for text in texts if text.isascii() and min(text) >= 0x20})

    def test_a_number_that_is_all_of_it_is_no_event(self):
        self.assert_statuses(REFUSED, {str(text[:40]): text for text in NUMBERS + OUT_OF_RANGE})

    def test_a_number_may_be_anything_but_a_name(self):
        self.assert_statuses(EITHER, {str(text[:40]): b'{"event_name":' + text + b"}" for text in NUMBERS})


if __name__ == "__main__":
    unittest.main()
