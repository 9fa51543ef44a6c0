"""The template in front of a running relay, in the stand-in for a server container: what its tests share."""
import json
import os
import subprocess
import unittest

import harness
import one_purchase

RUNNER = harness.ROOT / "tests" / "gtm" / "run_template.mjs"
FIELDS = {"sendClickId": True, "writeCookies": True, "consent": "event", "timeout": 10000}


def event(name, event_id, **more):
    """Event data as the GA4 client of a server container makes it."""
    return {"event_name": name, "event_id": event_id, "page_location": "https://shop.example/thanks",
            "x-ga-protocol_version": "2", "ip_override": one_purchase.VISITOR, "user_agent": one_purchase.USER_AGENT,
            **more}


class TemplateTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.workspace = self.enterContext(harness.Workspace())
        self.mock = self.workspace.mock(os.environ["PINTEREST_MOCK"])
        self.relay = self.workspace.relay(os.environ["PINRELAY"], self.mock)

    def run_template(self, event, cookies=None, **fields):
        given = {"fields": {**FIELDS, "relayUrl": f"{self.relay.url}/collect", **fields}, "event": event,
                 "cookies": cookies or {}}
        run = subprocess.run([*harness.ENDS_WITH_PARENT, "node", str(RUNNER)], input=json.dumps(given),
                             capture_output=True, text=True, check=True, timeout=harness.PATIENCE)
        return json.loads(run.stdout)
