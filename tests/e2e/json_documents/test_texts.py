"""Strings and encodings: escapes, surrogates, control characters, UTF-8 that is none."""
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import json_documents  # noqa: E402
from json_documents import EITHER, REFUSED, TAKEN, with_text, with_value  # noqa: E402

BAD_ESCAPES = [
    rb"\x41", rb"\a", rb"\v", rb"\0", rb"\'", rb"\U00000041", rb"\ ", b"\\\n", b"\\\x00", rb"\u", rb"\u1", rb"\u12",
    rb"\u123", rb"\u{41}",
    rb"\u00G0", rb"\u-041", rb"\u 041", rb"\u+041", rb"\uD83", rb"\N", rb"\e", "\\é".encode(), b"\\", b"\\\\\\",
    b"\\u00\xe4\xe4",
]
LONE_SURROGATES = [
    rb"\ud800", rb"\udbff", rb"\udc00", rb"\udfff", rb"\ud800\ud800", rb"\udc00\ud800", rb"\ud83d x", rb"\ud83d\n",
    rb"\ud83d\u0041",
    rb"\ud83d\ude0", rb"a\ud83d", rb"\ude00\ude00", rb"\uD83D\\uDE00",
]
CONTROL_CHARACTERS = [bytes([code]) for code in range(0x20)]
INVALID_UTF8 = {
    "a byte of no meaning": b"\xff", "another": b"\xfe", "a byte order mark of UTF-16": b"\xff\xfe",
    "a continuation alone": b"\x80",
    "the last continuation alone": b"\xbf", "two cut to one": b"\xc3", "three cut to two": b"\xe2\x82",
    "four cut to three": b"\xf0\x9f\x98",
    "a start in a start": b"\xc3\xc3\xa4", "overlong slash of two": b"\xc0\xaf",
    "overlong slash of three": b"\xe0\x80\xaf",
    "overlong slash of four": b"\xf0\x80\x80\xaf", "overlong NUL": b"\xc0\x80", "overlong of two, largest": b"\xc1\xbf",
    "overlong of three, largest": b"\xe0\x9f\xbf", "overlong of four, largest": b"\xf0\x8f\xbf\xbf",
    "a high surrogate": b"\xed\xa0\x80",
    "a low surrogate": b"\xed\xbf\xbf", "a pair of surrogates": b"\xed\xa0\xbd\xed\xb8\x80",
    "beyond Unicode": b"\xf4\x90\x80\x80",
    "far beyond Unicode": b"\xf7\xbf\xbf\xbf", "of five": b"\xf8\x88\x80\x80\x80",
    "of six": b"\xfc\x84\x80\x80\x80\x80", "Latin-1": b"caf\xe9",
    "Windows-1252": b"\x93text\x94", "cut by the quote": b"\xf0\x9f",
}
TEXTS = {
    "empty": b"", "every escape": rb"\"\\\/\b\f\n\r\t", "escaped NUL": rb"\u0000", "escaped DEL": rb"\u007f",
    "raw DEL": b"\x7f",
    "an escaped letter": rb"\u0041", "hexadecimal of both cases": rb"\u00E4\u00e4",
    "a pair of surrogates": rb"\ud83d\ude00",
    "a pair in both cases": rb"\uD83d\uDe00", "the largest pair": rb"\udbff\udfff", "no characters": rb"\ufffe\uffff",
    "raw no characters": b"\xef\xbf\xbf",
    "an escaped byte order mark": rb"\ufeff", "a raw byte order mark": b"\xef\xbb\xbf",
    "the largest character": b"\xf4\x8f\xbf\xbf",
    "an emoji": "🙂".encode(), "a family": "👩‍👩‍👧‍👦".encode(), "right to left": "\u202eabc\u202c".encode(),
    "line separators": "\u2028\u2029".encode(),
    "combining": ("a" + "\u0301" * 500).encode(), "ligatures": "ﷺ".encode() * 100,
    "zero width": "\u200b\u200d\ufeff".encode(), "escaped backslashes": rb"\\u0041\\",
    "a comment": b"/* no comment */ // neither", "JSON": rb"{\"event\":\"purchase\"}", "a quote of another kind": b"'",
    "100 kB": b"x" * 100_000,
    "900 kB of escapes": rb"\u00e4" * 150_000, "900 kB of emoji": "🙂".encode() * 225_000, "percent": b"%00%0d%0a%s%n",
    "markup": b"<script>alert(1)</script>",
    "SQL": b"'; DROP TABLE record; --", "a path": b"../../../etc/passwd",
    "a log line": rb"x\nlevel=error msg=\u0022forged\u0022", "a template": b"${jndi:ldap://x/a}",
}
KEYS = [b"event_id", b"user_id", b"currency", b"page_location", b"user_agent", b"ip_override", b"transaction_id",
        b"timestamp", b"value", b"items", b"user_data",
        b"ecommerce", b"consent_state", b"gcs"]
EVENT = with_value(b"1")


class Texts(json_documents.JsonDocuments):
    def test_bad_escapes_are_refused(self):
        self.assert_statuses(REFUSED, {str(text): with_text(text) for text in BAD_ESCAPES})

    def test_lone_surrogates_are_refused(self):
        self.assert_statuses(REFUSED, {str(text): with_text(text) for text in LONE_SURROGATES})

    def test_raw_control_characters_are_refused(self):
        self.assert_statuses(REFUSED, {str(text): with_text(b"a" + text + b"b") for text in CONTROL_CHARACTERS})

    def test_utf8_that_is_none_is_refused(self):
        self.assert_statuses(REFUSED, {name: with_text(text) for name, text in INVALID_UTF8.items()})

    def test_utf8_that_is_none_is_refused_in_keys_and_between_values(self):
        self.assert_statuses(REFUSED, {f"key, {name}": with_value(b"1", text) for name, text in INVALID_UTF8.items()})
        self.assert_statuses(REFUSED, {f"between, {name}": EVENT[:-1] + text + b"}" for name,
                                       text in INVALID_UTF8.items()})

    def test_texts_are_taken(self):
        self.assert_statuses(TAKEN, {name: with_text(text) for name, text in TEXTS.items()})

    def test_texts_are_taken_where_they_mean_something(self):
        self.assert_statuses(TAKEN, {f"{key}, {name}": with_value(b'"' + text + b'"', key) for key in KEYS for name,
                                     text in TEXTS.items()})

    def test_texts_as_event_names_and_as_keys_end_nothing(self):
        self.assert_statuses(EITHER, {f"event, {name}": b'{"event":"' + text + b'","user_data":{"email":"a@b.co"}}'
                                      for name, text in TEXTS.items()})
        self.assert_statuses(TAKEN, {f"key, {name}": with_value(b"1", text or b"") for name, text in TEXTS.items()})

    def test_strings_without_end_are_refused(self):
        self.assert_statuses(REFUSED, {"without a quote": b'{"event":"sign_up',
                                       "with an escaped quote": b'{"event":"sign_up\\"}',
                                       "single quotes": b"{'event':'sign_up'}", "back quotes": b"{`event`:`sign_up`}",
                                       "typographic quotes": "{“event”:“sign_up”}".encode(),
                                       "no quotes": b"{event:sign_up}",
                                       "key without quotes": b'{event:"sign_up"}',
                                       "value without quotes": b'{"event":sign_up}',
                                       "two strings": b'{"event":"sign" "_up"}',
                                       "added strings": b'{"event":"sign"+"_up"}'})

    def test_other_encodings_are_refused_and_a_byte_order_mark_is_not(self):
        text = EVENT.decode()
        self.assert_statuses(TAKEN, {"a byte order mark": b"\xef\xbb\xbf" + EVENT,
                                     "with blanks": b" \xef\xbb\xbf\r\n" + EVENT})
        self.assert_statuses(REFUSED, {"UTF-16 LE": text.encode("utf-16-le"), "UTF-16 BE": text.encode("utf-16-be"),
                                       "UTF-16": text.encode("utf-16"),
                                       "UTF-32": text.encode("utf-32"),
                                       "UTF-7": text.encode("utf-7").replace(b"{", b"+AHs-"),
                                       "EBCDIC": text.encode("cp500"),
                                       "two byte order marks": b"\xef\xbb\xbf" * 2 + EVENT,
                                       "half a byte order mark": b"\xef\xbb" + EVENT,
                                       "a mark behind": EVENT + b"\xef\xbb\xbf",
                                       "a mark inside": EVENT[:1] + b"\xef\xbb\xbf" + EVENT[1:]})


if __name__ == "__main__":
    unittest.main()
