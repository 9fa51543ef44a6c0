"""Objects and arrays: broken ones, deep ones, large ones, and documents that are no event."""
import json
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402
import json_documents  # noqa: E402
from json_documents import EITHER, REFUSED, TAKEN, TOO_LARGE, with_value  # noqa: E402

MOST_DEPTH = 32
EVENT = with_value(b"1")
BROKEN_VALUES = [
    b"", b"[", b"]", b"{", b"}", b"[1", b"[1,", b"[,1]", b"[1,]", b"[1,,2]", b"[,]", b"[1 2]", b"[1;2]", b"[1:2]",
    b"[1}", b"{1]", b"[[1]", b"[1]]",
    b'{"a"}', b'{"a":}', b'{"a" 1}', b'{"a",1}', b'{"a":1,}', b'{,"a":1}', b'{"a":1,,"b":2}', b'{"a":1 "b":2}',
    b'{"a"::1}', b'{:1}', b"{1:1}", b"{null:1}", b"{[]:1}",
    b'{"a":1:2}', b'{"a":1;"b":2}', b"{...}", b"...", b"undefined", b"nul", b"nulll", b"True", b"TRUE", b"tru",
    b"truefalse", b"true false", b"None", b"nil", b"yes",
    b"// a\n1", b"1 // a\n", b"/* a */1", b"1/**/", b"# a\n1", b"<!-- a -->1", b"--1", b"new Date()", b"function(){}",
    b"/a/", b"`a`", b"(1)", b"<1>", b"1 1", b"&1", b"*a",
    b"@1", b"!!int 1", b"\x0b1", b"\x0c1", b"1\xc2\xa0", "\u20281".encode(), "\u30001".encode(), "\u200b1".encode(),
    b"\x001", b"1\x00", b"\x1a", b"1\x7f",
]

BROKEN_DOCUMENTS = {
    "empty": b"", "blanks": b" \t\r\n ", "a byte order mark": b"\xef\xbb\xbf", "NUL": b"\x00", "NULs": b"\x00" * 1000,
    "a NUL behind": EVENT + b"\x00",
    "a NUL before": b"\x00" + EVENT, "text behind": EVENT + b"x", "a comma behind": EVENT + b",",
    "a bracket behind": EVENT + b"]", "a brace behind": EVENT + b"}",
    "a comment behind": EVENT + b"// a", "two in one line": EVENT + EVENT, "two with a blank": EVENT + b" " + EVENT,
    "two with a comma": EVENT + b"," + EVENT,
    "a record separator": b"\x1e" + EVENT, "not closed": EVENT[:-1], "not opened": EVENT[1:],
    "closed by another": EVENT[:-1] + b"]", "without braces": EVENT[1:-1],
    "in a call": b"callback(" + EVENT + b")", "endless loop guard": b"for(;;);" + EVENT,
    "a variable": b"var a=" + EVENT,
    "a form field": b"payload=" + EVENT,
    "true": b"true", "null": b"null", "a text": b'"purchase"', "an empty text": b'""', "an empty object": b"{}",
    "an object of nothing": b'{"a":1}',
    "XML": b"<event><name>purchase</name></event>", "YAML": b"event: purchase\nvalue: 5\n",
    "TOML": b'event = "purchase"\n', "CSV": b"event,value\npurchase,5\n",
    "HTML": b"<!DOCTYPE html><html></html>", "a PNG": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "BSON": b"\x16\x00\x00\x00\x02event\x00\x06\x00\x00\x00hello\x00\x00",
    "MessagePack": b"\x81\xa5event\xa8purchase", "CBOR": b"\xa1eevent hpurchase",
    "a protocol buffer": b"\x0a\x08purchase", "PHP": b'a:1:{s:5:"event";s:8:"purchase";}',
    "pickle": b"\x80\x04\x95\x00", "brackets": b"[[[", "braces": b"{{{", "quotes": b'"""', "commas": b",,,",
    "a million brackets": b"[" * 1_000_000,
    "objects without end": b'{"a":' * 100_000, "brackets that end in a brace": b"[" * 30 + b"}" * 30,
}

LINES = {
    "two events": EVENT + b"\n" + EVENT, "with carriage returns": EVENT + b"\r\n" + EVENT + b"\r\n",
    "blank ones between": EVENT + b"\n\n \n" + EVENT,
    "a broken one": EVENT + b"\n{broken\n" + EVENT, "a scalar": EVENT + b"\n1\n",
    "a deep one": EVENT + b"\n" + with_value(b"[" * 40 + b"]" * 40),
    "UTF-8 that is none": EVENT + b"\n{\"event\":\"\xff\"}",
}


def listed(element, count):
    return b"[" + b",".join([element] * count) + b"]"


def with_parameters(count):
    return EVENT[:-1] + b"".join(b',"p%d":%d' % (n, n) for n in range(count)) + b"}"


def with_items(items):
    return b'{"event":"purchase","items":' + items + b"}"


ITEM = b'{"item_id":"A"}'
MOST_INSIDE = MOST_DEPTH - 1  # of one parameter

ODD_DOCUMENTS = {
    "blanks around": b"\r\n\t " + EVENT + b" \t\r\n",
    "blanks everywhere": EVENT.replace(b":", b" : ").replace(b",", b"\n,\t"),
    "duplicate keys": EVENT[:-1] + b',"event":"sign_up"}',
    "duplicate keys, one odd": EVENT[:-1] + b',"event":"purchase"}',
    "a key 1,000 times": EVENT[:-1] + b',"x":1' * 1000 + b"}",
    "empty keys": EVENT[:-1] + b',"":1,"":{"":[]}}',
    "keys of prototypes": EVENT[:-1] + b',"__proto__":{"a":1},"constructor":{"prototype":{}}}',
    "a key of 500 kB": with_value(b"1", b"k" * 500_000),
    "a NUL in a key": with_value(b"1", rb"a\u0000b"),
    "keys with dots": with_value(b"1", b"a.b.c"),
    "a key of a pointer": with_value(b"1", b"/a/b~0~1"),
    "null everywhere": b'{"event":"sign_up","user_data":null,"items":null,"value":null,"ecommerce":null}',
    "empty containers": b'{"event":"sign_up","user_data":{},"items":[],"value":[],"ecommerce":{}}',
    "of the wrong types": b'{"event":"purchase","user_data":"a","items":5,"value":[],"ecommerce":[1],"currency":{}}',
    "items in items": with_items(b"[[[" + ITEM + b"]]]"),
    "items of everything": with_items(b'[null,true,1,"a",[],{},{"item_id":[]}]'),
    "numbered items": with_items(b'{"0":{"item_id":"A"},"01":{"item_id":"B"},"99999999999999999999":{}}'),
    "items as text": with_items(b'"[{\\"item_id\\":\\"A\\"}]"'),
    "items as deep text": with_items(b'"' + b"[" * 10_000 + b'"'),
    "200 items": with_items(listed(ITEM, 200)),
    "user data as text": b'{"event":"sign_up","user_data":"{\\"email\\":\\"a@b.co\\"}"}',
    "events in events": b'{"events":[{"name":"sign_up","params":{"events":[{"name":"purchase"}]}}]}',
    "an array of one": listed(EVENT, 1),
    "200 events": listed(EVENT, 200),
    "5,000 pairs": b"event=sign_up" + b"".join(b"&p%d=1" % n for n in range(5000)),
    "in quotes": json.dumps(EVENT.decode()).encode(),
    "encoded twice": json.dumps(json.dumps(EVENT.decode())).encode(),
    "a line before it": b")]}',\n" + EVENT,
    "an array in arrays": b"[[[" + EVENT + b"]]]",
    "an array of scalars among events": b"[" + EVENT + b',1,"a",null,true,[],{}]',
    "10,000 parameters": with_parameters(10_000),
    "40,000 parameters": with_parameters(40_000),
    "an array of 59,000": with_value(listed(b"0", 59_000)),
    "29,000 empty arrays": with_value(listed(b"[]", 29_000)),
    "29,000 empty objects": with_value(listed(b"{}", 29_000)),
    "59,000 texts": with_value(listed(b'""', 59_000)),
    "arrays as deep as may be": with_value(b"[" * MOST_INSIDE + b"]" * MOST_INSIDE),
    "objects as deep as may be": with_value(b'{"a":' * MOST_INSIDE + b"1" + b"}" * MOST_INSIDE),
    "brackets in a text": with_value(b'"' + b"[" * 1000 + b'"'),
}

TOO_MUCH = {
    "5,001 events": listed(b'{"event":"sign_up"}', 5001),
    "5,001 events in an envelope": b'{"data":' + listed(b'{"event":"a"}', 5001) + b"}",
    "5,001 events of Measurement Protocol": b'{"events":' + listed(b'{"name":"a"}', 5001) + b"}",
    "5,001 lines": b"\n".join([b'{"event":"sign_up"}'] * 5001),
    "40,000 lines": b"{}\n" * 40_000,
    "40,000 nulls": listed(b"null", 40_000),
}

TOO_MANY_VALUES = {
    "70,000 parameters": with_parameters(70_000),
    "an array of 61,000": with_value(listed(b"0", 61_000)),
    "31,000 empty arrays": with_value(listed(b"[]", 31_000)),
    "31,000 empty objects": with_value(listed(b"{}", 31_000)),
    "an array in a text": with_items(b'"' + listed(b"0", 61_000) + b'"'),
    "items as a text without end": with_items(b'"' + b"[" * 100_000 + b'"'),
    "events that no bracket ends": listed(b'{"event":"sign_up"}', 40_000)[:-1],
    "many pairs": b"event=sign_up" + b"".join(b"&p%d=1" % n for n in range(61_000)),
    "100,000 lines": b"{}\n" * 100_000,
    "100,000 levels": with_value(b"[" * 100_000),
}


def nested(levels, opening=b"[", closing=b"]", inside=b""):
    return opening * levels + inside + closing * levels


class Structures(json_documents.JsonDocuments):
    def test_broken_values_are_refused(self):
        self.assert_statuses(REFUSED, {str(text): with_value(text) for text in BROKEN_VALUES})

    def test_broken_values_are_refused_in_arrays(self):
        self.assert_statuses(REFUSED, {str(text): with_value(b"[0," + text + b"]")
                                       for text in BROKEN_VALUES if text not in (b"]",)})

    def test_broken_documents_are_refused(self):
        self.assert_statuses(REFUSED, BROKEN_DOCUMENTS)

    def test_lines_are_judged_one_by_one(self):
        self.assert_statuses(TAKEN, LINES)

    def test_odd_documents_are_taken(self):
        self.assert_statuses(TAKEN, ODD_DOCUMENTS)

    def test_deep_documents_are_refused(self):
        documents = {}
        for levels in (MOST_DEPTH, 64, 1000, 10_000):
            documents[f"arrays in an event, {levels}"] = with_value(nested(levels))
            documents[f"objects in an event, {levels}"] = with_value(nested(levels, b'{"a":', b"}", b"1"))
            documents[f"both, {levels}"] = with_value(nested(levels, b'[{"a":', b"}]", b"1"))
            documents[f"open arrays, {levels}"] = with_value(b"[" * levels)
            documents[f"arrays alone, {levels}"] = nested(levels + 1)
            documents[f"events in arrays, {levels}"] = nested(levels, inside=EVENT)
            documents[f"events in envelopes, {levels}"] = nested(levels, b'{"data":', b"}", EVENT)
        self.assert_statuses(REFUSED, documents)
        for name, document in documents.items():
            if "alone" not in name:
                self.assertEqual(json.loads(self.relay.post(document)[2])["error"]["code"], "too_deep", name)

    def test_too_many_events_are_refused(self):
        self.assert_statuses(REFUSED, TOO_MUCH)

    def test_too_many_values_are_refused_and_the_limit_is_named(self):
        self.assert_statuses(REFUSED, TOO_MANY_VALUES)
        for name, document in TOO_MANY_VALUES.items():
            error = json.loads(self.relay.post(document)[2])["error"]
            self.assertEqual(error["code"], "too_many_values", name)
            self.assertIn("collect.max_values is 60000", error["message"], name)

    def test_too_many_items_cost_no_event(self):
        many = with_items(listed(b"1", 20_000))
        self.assert_statuses(TAKEN, {"alone": many})
        self.assert_statuses(TAKEN, {"among others": b"[" + many + b"," + EVENT + b"]"})

    def test_too_large_is_said_so(self):
        self.assert_statuses(TOO_LARGE, {"blanks": EVENT + b" " * 1_100_000,
                                         "a text": with_value(b'"' + b"x" * 1_100_000 + b'"')})

    def test_arrays_and_envelopes_of_nothing(self):
        self.assert_statuses(EITHER, {"an empty array": b"[]", "an empty array in an envelope": b'{"events":[]}',
                                      "nulls": b"[null,null]", "arrays": b"[[],[]]", "scalars": b'[1,"a",true]',
                                      "empty objects": b"[{},{}]", "an event without a name": b'[{"a":1}]'})

    def test_every_prefix_of_a_document_is_refused(self):
        document = json.dumps({"event": "purchase", "value": 5.5, "items": [{"item_id": "A", "price": None}],
                               "x": [True, "\\u00e4"]}).encode()
        self.assert_statuses(REFUSED, {f"{length} bytes": document[:length] for length in range(len(document))})

    def test_every_byte_of_a_document_changed_ends_nothing(self):
        document = json.dumps(harness.sign_up("changed")).encode()
        for changed in (b"\x00", b"\xff", b'"', b"{", b"]", b",", b"\\", b"0"):
            self.assert_statuses(EITHER, {f"{changed!r} at {at}": document[:at] + changed + document[at + 1:]
                                          for at in range(len(document))})


if __name__ == "__main__":
    unittest.main()
