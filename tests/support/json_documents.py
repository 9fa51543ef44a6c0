"""Documents, and which of them the relay must refuse, must take, or may do either with; a 5xx is never right."""
import collections
import json

from served_test import ServedTest

REFUSED, TAKEN = (400,), (204,)
EITHER = REFUSED + TAKEN
TOO_LARGE = (413,)


def with_value(text, key=b"x"):
    """An event whose `key` has that JSON text as its value."""
    return b'{"event":"sign_up","event_id":"json","user_data":{"email":"a@b.co"},"%s":%s}' % (key, text)


def with_text(inside):
    """An event with a string of these bytes."""
    return with_value(b'"' + inside + b'"')


class JsonDocuments(ServedTest):
    def assert_statuses(self, expected, documents):
        """`documents` is {name: bytes}."""
        counts = collections.Counter()
        for name, document in documents.items():
            with self.subTest(name):
                status, headers, answer = self.relay.post(document)
                counts[status] += 1
                self.assertIn(status, expected, answer)
                if status != 204:
                    error = json.loads(answer)["error"]
                    self.assertTrue(error["code"] and error["message"], error)
                    self.assertEqual(headers["Content-Type"], "application/json")
        self.assert_serves()
        self.print_counts(f"{len(documents)} documents", counts)
