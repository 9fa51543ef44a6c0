"""Servers and tools that send a visitor's purchase: what the tests of clients without a browser share."""
import json
import os
import subprocess
import unittest

import harness
import one_purchase
import shop

PAGE = f"https://{shop.HOST}{one_purchase.PAGE}"


class SenderTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.workspace = self.enterContext(harness.Workspace())
        self.mock = self.workspace.mock(os.environ["PINTEREST_MOCK"])
        self.relay = self.workspace.relay(os.environ["PINRELAY"], self.mock)

    def event(self, event_id):
        """The purchase as event data, with the visitor that a server must name."""
        return {"event_name": "purchase", "event_id": event_id, "page_location": PAGE,
                "ip_override": one_purchase.VISITOR, "user_agent": one_purchase.USER_AGENT,
                **one_purchase.parameters(event_id)}

    def run_sender(self, command, event, **environment):
        """Gives the event to the command's standard input; it must succeed."""
        subprocess.run([*harness.ENDS_WITH_PARENT, *map(str, command)], input=json.dumps(event), text=True, check=True,
                       stdout=subprocess.PIPE, timeout=harness.PATIENCE, env={**os.environ, **environment})

    def assert_purchase_arrived(self, event_id, **more):
        harness.wait_delivered(self.relay, 1)
        self.assertEqual(len(self.mock.events()), 1)
        one_purchase.assert_arrived(self, self.mock.events()[0], event_id, **more)
