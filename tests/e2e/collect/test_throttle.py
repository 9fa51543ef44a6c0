"""Senders that send too much are asked to wait, and cost the others nothing."""
import json
import os
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]
OTHER_ACCOUNT = "549755885999"
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"}


def from_client(address):
    return {**BROWSER, "X-Forwarded-For": address}


class Throttle(unittest.TestCase):
    def setUp(self):
        self.workspace = harness.Workspace()
        self.addCleanup(lambda: self.workspace.__exit__(None, None, None))
        self.mock = self.workspace.mock(MOCK)

    def test_one_client_is_asked_to_wait_and_another_is_not(self):
        relay = self.workspace.relay(PINRELAY, self.mock, max_requests_per_client="1", trusted_proxies="127.0.0.1")
        answers = []
        while not answers or answers[-1][0] == 204:
            answers.append(relay.post(harness.sign_up(f"a-{len(answers)}"), headers=from_client("203.0.113.7")))
            self.assertLess(len(answers), 1000)

        status, headers, body = answers[-1]
        other, _, _ = relay.post(harness.sign_up("b-0"), headers=from_client("203.0.113.8"))
        harness.wait_delivered(relay, len(answers))

        self.assertEqual(status, 429)
        self.assertGreaterEqual(int(headers["Retry-After"]), 1)
        self.assertEqual(json.loads(body)["error"]["code"], "client_rate")
        self.assertEqual(other, 204)
        self.assertEqual(relay.metrics()['pinrelay_requests_rejected_total{code="client_rate"}'], 1)
        self.assertEqual(len(self.mock.events()), len(answers))  # one was refused, one came from the other

    def test_a_client_is_known_by_the_header_that_is_configured_alone(self):
        relay = self.workspace.relay(PINRELAY, self.mock, max_requests_per_client="1", trusted_proxies="127.0.0.1",
                                     forwarded_header="forwarded")
        real = {**BROWSER, "Forwarded": 'for=198.51.100.9, for="[2001:db8::7]:4711";proto=https'}
        answers = []
        while not answers or answers[-1] == 204:  # it pretends to be another client each time
            pretended = {**real, "X-Forwarded-For": f"203.0.113.{len(answers)}", "X-Real-IP": "203.0.113.1"}
            answers.append(relay.post(harness.sign_up(f"a-{len(answers)}"), headers=pretended)[0])
            self.assertLess(len(answers), 1000)
        other, _, _ = relay.post(harness.sign_up("b-0"), headers={**BROWSER, "Forwarded": "for=192.0.2.60"})
        harness.wait_delivered(relay, len(answers))

        self.assertEqual((answers[-1], other), (429, 204))
        addresses = {event["user_data"].get("client_ip_address") for event in self.mock.events()}
        self.assertEqual(addresses, {"2001:db8::7", "192.0.2.60"})

    def test_a_short_request_cannot_fill_the_store(self):
        relay = self.workspace.relay(PINRELAY, self.mock)
        person = {"email_address": [f"jane{n}@example.com" for n in range(100)],
                  "phone_number": [f"+4915112345{n:02}0" for n in range(100)],
                  "address": [{"first_name": f"Jane{n}", "city": f"City{n}", "country": "DE"} for n in range(20)]}
        status, _, body = relay.post({"user_data": person, "events": [{"name": "add_to_cart"}] * 100})
        one, _, _ = relay.post({"user_data": person, "events": [{"name": "add_to_cart"}]})
        harness.wait_delivered(relay, 1)

        self.assertEqual((status, json.loads(body)["error"]["code"]), (413, "stores_too_much"))
        self.assertEqual(one, 204)
        self.assertEqual(len(self.mock.events()[0]["user_data"]["em"]), 10)
        self.assertEqual(relay.metrics()['pinrelay_requests_rejected_total{code="stores_too_much"}'], 1)
        self.assertIn("code=stores_too_much", relay.log_path.read_text())

    def test_a_network_of_ipv6_evades_no_limit_by_being_many(self):
        relay = self.workspace.relay(PINRELAY, self.mock, max_requests_per_client="1", trusted_proxies="127.0.0.1")
        answers = [relay.post(harness.sign_up(f"a-{n}"), headers=from_client(f"2001:db8:1:{n:x}::7"))[0]
                   for n in range(0, 65_536, 128)]
        other, _, _ = relay.post(harness.sign_up("b-0"), headers=from_client("2001:db8:2::7"))

        self.assertEqual(answers[:100], [204] * 100)
        self.assertIn(429, answers)
        self.assertEqual(other, 204)

    def test_a_costly_request_is_paid_by_the_next_ones(self):
        relay = self.workspace.relay(PINRELAY, self.mock, max_requests_per_client="1", trusted_proxies="127.0.0.1")
        person = {"email_address": [f"jane{n}@example.com" for n in range(10)]}
        dear = {"user_data": person, "events": [{"name": "add_to_cart"}] * 40}
        first, _, _ = relay.post(dear, headers=from_client("203.0.113.7"))
        second, headers, _ = relay.post(harness.sign_up("a"), headers=from_client("203.0.113.7"))
        other, _, _ = relay.post(harness.sign_up("b"), headers=from_client("203.0.113.8"))

        self.assertEqual((first, second, other), (204, 429, 204))
        self.assertGreater(int(headers["Retry-After"]), 20)

    def test_one_client_cannot_use_up_what_an_account_takes(self):
        relay = self.workspace.relay(PINRELAY, self.mock, max_events_per_second="4", trusted_proxies="127.0.0.1")
        flood = [relay.post(harness.sign_up(f"a-{n}"), headers=from_client("203.0.113.7")) for n in range(100)]
        others = [relay.post(harness.sign_up(f"b-{n}"), headers=from_client(f"198.51.100.{n}"))[0] for n in range(20)]

        refused = next(answer for answer in flood if answer[0] != 204)
        self.assertEqual((refused[0], json.loads(refused[2])["error"]["code"]), (429, "client_events"))
        self.assertEqual(others, [204] * 20)
        self.assertIn("code=client_events", relay.log_path.read_text())

    def test_a_flooded_account_leaves_the_other_alone(self):
        file = self.workspace.path / "pinrelay.json"
        file.write_text(json.dumps({
            "endpoint": self.mock.url, "ca_file": str(self.mock.ca_file), "delivery": {"batch_linger": "20ms"},
            "accounts": [{"ad_account_id": harness.ACCOUNT, "access_token": harness.TOKEN, "paths": ["/collect/g"],
                          "max_events_per_second": 1},
                         {"ad_account_id": OTHER_ACCOUNT, "access_token": harness.TOKEN}]}))
        relay = self.workspace.relay(PINRELAY, None, config=file)

        flood = [relay.post([harness.sign_up(f"flood-{n}-{m}") for m in range(10)], "/collect/g/collect", BROWSER)
                 for n in range(5)]
        others = [relay.post(harness.sign_up(f"real-{n}"), headers=BROWSER)[0] for n in range(20)]
        taken = [answer[0] for answer in flood].count(204)
        harness.wait_delivered(relay, 10 * taken + 20)

        self.assertEqual(flood[0][0], 204)
        self.assertEqual(flood[-1][0], 429)
        self.assertLess(taken, 5)
        self.assertEqual(others, [204] * 20)


if __name__ == "__main__":
    unittest.main()
