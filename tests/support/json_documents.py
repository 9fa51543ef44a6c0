"""Documents, and which of them the relay must refuse, must take, or may do either with; a 5xx is never right."""
import collections
import json
import os
import unittest

import harness

REFUSED, TAKEN = (400,), (204,)
EITHER = REFUSED + TAKEN
TOO_LARGE = (413,)


def with_value(text, key=b"x"):
    """An event whose `key` has that JSON text as its value."""
    return b'{"event":"sign_up","event_id":"json","user_data":{"email":"a@b.co"},"%s":%s}' % (key, text)


def with_text(inside):
    """An event with a string of these bytes."""
    return with_value(b'"' + inside + b'"')


class JsonDocuments(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.workspace = harness.Workspace()
        cls.addClassCleanup(cls.workspace.__exit__, None, None, None)
        cls.mock = cls.workspace.mock(os.environ["PINTEREST_MOCK"], "--quiet")
        cls.relay = cls.workspace.relay(os.environ["PINRELAY"], cls.mock)
        cls.good_events = 0

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
        print(f"{self.id().split('.', 1)[1]}: {len(documents)} documents: "
              + ", ".join(f"{count} x {status}" for status, count in counts.most_common()))

    def assert_serves(self):
        """The same process takes and delivers an event."""
        type(self).good_events += 1
        event_id = f"good-{self.good_events}"
        self.assertEqual(self.relay.post(harness.sign_up(event_id))[0], 204)
        harness.wait_until(lambda: any(e["event_id"] == event_id for e in self.mock.events()), "the good event arrives")
        self.assertTrue(self.relay.running())
