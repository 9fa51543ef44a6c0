"""The attacks of bench/attacks by name: (settings of the relay, what attacks it). `n` connections, `s` seconds.

The setting `tls` gives the collect port a certificate; the good client then speaks TLS as well.
"""
import gzip
import itertools
import json
import time

import attackers
import shapes

LIFTED = {"max_connections_per_client": 10_000}
FROM_A_PROXY = {"trusted_proxies": "127.0.2.1"}  # the first of the attackers' addresses
GARBAGE = bytes(range(128, 256)) + b"\x00\r\n\r\n"
SEVEN_DAYS = 7 * 24 * 3600
ALMOST = 2  # seconds younger, on arrival, than what Pinterest takes
HEALTH = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
DEEP = attackers.post(b"[" * 500_000 + b"]" * 500_000)

swarm, slow, always = attackers.Swarm, attackers.SlowHttpTest, attackers.always
FEW, MANY = attackers.addresses(1), attackers.addresses(20)
VALID = next(attackers.forged_events())


def amplified_people(date=None):
    """100 short events that share 100 e-mails, 100 telephone numbers and 20 addresses."""
    for number in itertools.count():
        people = {"email": [f"p{n}.{number}@example.com" for n in range(100)],
                  "phone": [f"+1415555{n:04d}" for n in range(100)],
                  "address": [{"city": f"city{n}", "country": "de"} for n in range(20)]}
        body = {"client_id": "1.2", "user_data": people,
                "events": [{"name": "sign_up", "params": {"event_id": f"a{number}-{n}"}} for n in range(100)]}
        if date is not None:
            body["timestamp_micros"] = int((time.time() - date) * 1e6)
        yield shapes.post(json.dumps(body).encode())


def back_dated():
    for number in itertools.count():
        when = int(time.time() - SEVEN_DAYS + ALMOST)
        yield shapes.post(json.dumps([{"event": "sign_up", "event_id": f"old-{number}-{n}", "event_time": when,
                                       "user_data": {"email": f"old-{number}@example.com"}} for n in range(50)]).encode())


def guessed_orders():
    """Purchases with one order number after another, a hundred in each request."""
    for first in itertools.count(1, 100):
        orders = [{"event": "purchase", "event_id": str(order), "transaction_id": str(order), "value": 0.01,
                   "currency": "EUR", "user_data": {"email": "a@example.com"}} for order in range(first, first + 100)]
        yield shapes.post(json.dumps(orders).encode())


def of_many_networks():
    """Bodies of 900 kB, each of another /64 network of one /48."""
    body = shapes.wide(900_000)
    for number in itertools.count():
        yield shapes.post(body, fields=b"X-Forwarded-For: 2001:db8:7:%x::1\r\n" % (number % 65_536))


def guessed_orders_offline():
    """The same as offline events, which Pinterest would count beside those of the web."""
    for request in guessed_orders():
        body = json.loads(request.split(b"\r\n\r\n", 1)[1])
        yield shapes.post(json.dumps([{**order, "action_source": "offline"} for order in body]).encode())


def debugged():
    for number in itertools.count():
        events = [{"event": "sign_up", "event_id": f"debug-{number}-{n}", "user_data": {"email": "a@example.com"}}
                  for n in range(190)]
        yield shapes.post(json.dumps(events).encode(), "/collect?debug=1")


def shape(name, connections=16):
    return {}, lambda port, n, s: swarm(port, connections, MANY, always(shapes.CASES[name]))


ATTACKS = {
    "nobody": ({}, lambda port, n, s: attackers.Nobody()),
    "busy processors": ({}, lambda port, n, s: attackers.BusyProcessors()),
    "slow headers": (LIFTED, lambda port, n, s: slow(port, s, n, "-H", "-i", "2")),
    "slow bodies": (LIFTED, lambda port, n, s: slow(port, s, n, "-B", "-i", "2", "-s", "8192")),
    "slow reading": (LIFTED, lambda port, n, s: slow(port, s, n, "-X", "-k", "10", "-w", "1", "-y", "8", "-n", "2",
                                                    path="/healthz")),
    "connections, silent": ({}, lambda port, n, s: swarm(port, n, MANY)),
    "connections, garbage": ({}, lambda port, n, s: swarm(port, n, MANY, always(GARBAGE))),
    "connections, half a request": ({}, lambda port, n, s: swarm(port, n, MANY, always(VALID[:-10]))),
    "connections, most of a body": ({}, lambda port, n, s: swarm(port, n, MANY, always(
        shapes.post(shapes.wide())[:-10]))),
    "connections, valid": ({}, lambda port, n, s: swarm(port, n, MANY, attackers.forged_events())),
    "connections, churned": ({}, lambda port, n, s: swarm(port, n, MANY, always(HEALTH), churn=True)),
    "gzip bombs": ({}, lambda port, n, s: swarm(port, 16, MANY, always(attackers.bomb()))),
    "deep JSON": ({}, lambda port, n, s: swarm(port, 16, MANY, always(DEEP))),
    "wide JSON": ({}, lambda port, n, s: swarm(port, 16, MANY, always(shapes.post(shapes.wide(900_000))))),
    "wide JSON in gzip": ({}, lambda port, n, s: swarm(port, 16, MANY, always(
        shapes.post(gzip.compress(shapes.wide()))))),
    "many items": shape("120 events of 130 items"),
    "many items in gzip": ({}, lambda port, n, s: swarm(port, 16, MANY, always(
        shapes.post(gzip.compress(shapes.events_with_items(120, 130), 1))))),
    "many events": shape("5,000 events"),
    "many events, long Referer": shape("5,000 events, a long Referer"),
    "many events, long query": shape("5,000 objects, a long query"),
    "lines that share a query": shape("200 lines that share a query"),
    "a long URL": shape("a URL of a megabyte"),
    "a long path": shape("a path of a megabyte"),
    "just short enough": ({}, lambda port, n, s: swarm(port, 16, MANY, always(
        shapes.post(shapes.url_body("https://shop.example/" + "a%25b/" * 600))))),
    "forged events": ({}, lambda port, n, s: swarm(port, 64, MANY, attackers.forged_events())),
    "one address, forged events": ({}, lambda port, n, s: swarm(port, n, FEW, attackers.forged_events())),
    "amplified people": ({}, lambda port, n, s: swarm(port, 4, MANY, amplified_people())),
    "amplified people, back-dated": ({}, lambda port, n, s: swarm(port, 4, MANY, amplified_people(SEVEN_DAYS - ALMOST))),
    "back-dated events": ({}, lambda port, n, s: swarm(port, 4, MANY, back_dated())),
    "guessed order ids": ({}, lambda port, n, s: swarm(port, 1, FEW, guessed_orders())),
    "guessed order ids, offline": ({}, lambda port, n, s: swarm(port, 1, FEW, guessed_orders_offline())),
    "networks of one /48": (FROM_A_PROXY, lambda port, n, s: swarm(port, 16, FEW, of_many_networks())),
    "TLS handshakes": ({"tls": True}, lambda port, n, s: attackers.Handshakes(port, 16, MANY)),
    "debug answers": ({}, lambda port, n, s: swarm(port, 16, MANY, debugged())),
}
