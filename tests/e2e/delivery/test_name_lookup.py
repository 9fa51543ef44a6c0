"""The name of the endpoint cannot be resolved for a while: the events wait, and leave by themselves afterwards."""
import os
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]
NAME_LOOKUP = os.environ["NAME_LOOKUP"]

HOST = "conversions.pinterest.test"
EVENTS = 10


class NameLookup(unittest.TestCase):
    def test_events_wait_until_the_name_is_known(self):
        with harness.Workspace() as workspace:
            known = workspace.path / "the-resolver-answers"
            mock = workspace.mock(MOCK, "--host", HOST)
            port = mock.address.split(":")[1]
            relay = workspace.relay(PINRELAY, mock, endpoint=f"https://{HOST}:{port}", retry_base="20ms", retry_cap="100ms",
                                    preload={"LD_PRELOAD": NAME_LOOKUP, "NAME_LOOKUP_HOST": HOST, "NAME_LOOKUP_FILE": known})
            self.assertEqual(relay.post([harness.sign_up(f"e-{n}") for n in range(EVENTS)])[0], 204)
            harness.wait_until(lambda: relay.total("pinrelay_delivery_requests_total") >= 3, "three attempts")

            self.assertEqual(mock.summary()["requests"], 0)
            self.assertEqual(relay.balance()["pending"], EVENTS)
            self.assertIn("resolving the name", relay.log())
            self.assertIn("Host not found (non-authoritative), try again later", relay.log())

            known.touch()
            balance = harness.wait_delivered(relay, EVENTS)

            self.assertEqual((balance["delivered"], balance["dead_lettered"]), (EVENTS, 0))
            self.assertEqual((mock.summary()["unique"], mock.summary()["duplicates"]), (EVENTS, 0))


if __name__ == "__main__":
    unittest.main()
