"""A relay with a mock for a whole test case, which goes on serving whatever it was sent."""
import os
import unittest

import harness


class ServedTest(unittest.TestCase):
    """`settings` are the relay's."""
    settings = {}

    @classmethod
    def setUpClass(cls):
        cls.workspace = harness.Workspace()
        cls.addClassCleanup(cls.workspace.__exit__, None, None, None)
        cls.mock = cls.workspace.mock(os.environ["PINTEREST_MOCK"], "--quiet")
        cls.relay = cls.workspace.relay(os.environ["PINRELAY"], cls.mock, **cls.settings)
        cls.good_events = 0

    def assert_serves(self):
        """The same process takes and delivers an event."""
        type(self).good_events += 1
        event_id = f"good-{self.good_events}"
        self.assertEqual(self.relay.post(harness.sign_up(event_id))[0], 204)
        harness.wait_until(lambda: any(e["event_id"] == event_id for e in self.mock.events()), "the good event arrives")
        self.assertTrue(self.relay.running())

    def print_counts(self, of_what, counts):
        print(f"{self.id().split('.', 1)[1]}: {of_what}: "
              + "; ".join(f"{count} x {what}" for what, count in counts.most_common()))
