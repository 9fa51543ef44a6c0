"""Somebody who sends real events at a fixed rate, and how long each answer takes him; in a process of his own."""
import json
import math
import multiprocessing
import socket
import ssl
import threading
import time

ADDRESS = "127.9.9.9"  # his own, so that no limit of a client ties him to those who attack from elsewhere
KEPT_ALIVE = 32  # connections: so many that one which waits for its answer holds up few others
OWN_CONNECTION_SHARE = 0.1  # of the requests come on a connection of their own instead
OWN_AT_ONCE = 8
ANSWER_TIMEOUT = 10


def request(event_id):
    body = json.dumps({"event": "sign_up", "event_id": event_id, "page_location": "https://shop.example/thanks",
                       "user_data": {"email": f"{event_id}@example.com"}}).encode()
    return (b"POST /collect HTTP/1.1\r\nHost: relay.example\r\nContent-Type: application/json\r\n"
            b"Content-Length: %d\r\n\r\n%s" % (len(body), body))


def connect(port, tls=None):
    connection = socket.create_connection(("127.0.0.1", port), timeout=ANSWER_TIMEOUT, source_address=(ADDRESS, 0))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return tls.wrap_socket(connection) if tls else connection


def ask(connection, event_id):
    connection.sendall(request(event_id))
    answer = b""
    while b"\r\n\r\n" not in answer:
        part = connection.recv(4096)
        if not part:
            raise ConnectionError("closed")
        answer += part
    if not answer.startswith(b"HTTP/1.1 204"):
        raise ConnectionError(answer[:40])


class GoodClient:
    """While it is entered he sends; `taken(begin, end)` afterwards: the seconds that answers took, and his errors."""

    def __init__(self, port, per_second, tls=False):
        self._tls = ssl._create_unverified_context(ssl.PROTOCOL_TLS_CLIENT, check_hostname=False) if tls else None
        context = multiprocessing.get_context("fork")
        self._end, (self._results, sender) = context.Event(), context.Pipe(False)
        self._child = context.Process(target=self._run, args=(port, per_second, sender))
        self._samples = []

    def __enter__(self):
        self._child.start()
        return self

    def __exit__(self, kind, value, trace):
        self._end.set()
        self._samples = self._results.recv()
        self._child.join()

    def taken(self, begin, end):
        within = [sample for sample in self._samples if begin <= sample[0] < end]
        return sorted(took for _, took, error in within if not error), [error for _, _, error in within if error]

    def _run(self, port, per_second, sender):
        samples = []
        own = per_second * OWN_CONNECTION_SHARE
        rates = [(f"kept-{n}", (per_second - own) / KEPT_ALIVE, True) for n in range(KEPT_ALIVE)]
        rates += [(f"own-{n}", own / OWN_AT_ONCE, False) for n in range(OWN_AT_ONCE)]
        threads = [threading.Thread(target=self._send, args=(port, samples, *rate)) for rate in rates]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        sender.send(samples)

    def _send(self, port, samples, name, per_second, keeps):
        connection, begun = None, time.monotonic()
        for number in range(1 << 60):
            due = begun + number / per_second
            if self._end.wait(max(0.0, due - time.monotonic())):
                return
            # Late because the answer before was late: he has waited since he was due. A late wake-up is not that.
            begins = due if time.monotonic() - due > 1 / per_second else time.monotonic()
            error = ""
            try:
                connection = connection or connect(port, self._tls)
                ask(connection, f"good-{name}-{number}")
            except OSError as failure:
                error = str(failure) or type(failure).__name__
            samples.append((begins, time.monotonic() - begins, error))
            if connection and (error or not keeps):
                connection.close()
                connection = None


def percentile(ordered, percent):
    return ordered[math.ceil(len(ordered) * percent / 100) - 1] if ordered else math.nan


def describe(ordered):
    """The median, the 99th percentile and the worst, in milliseconds."""
    worst = ordered[-1] if ordered else math.nan
    return " / ".join(f"{seconds * 1000:.1f}" for seconds in (percentile(ordered, 50), percentile(ordered, 99), worst))
