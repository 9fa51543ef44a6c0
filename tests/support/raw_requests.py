"""Requests that no HTTP library would send, as rows of bytes with the outcome that each must have."""
import collections
import dataclasses
import json
import socket

import harness
from served_test import ServedTest

HOST = b"Host: relay.example\r\n"
# Where a connection is to stay open, this shows that the relay takes the next bytes for the next request.
PROBE = b"GET /healthz HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"
MOST_PIECES = 400  # that one row is sent in


def event(event_id):
    return json.dumps(harness.sign_up(event_id)).encode()


EVENT = event("raw")


def post(fields=b"", body=EVENT, target=b"/collect", version=b"HTTP/1.1", host=HOST, length=True):
    """One POST; `length` False leaves Content-Length to `fields`."""
    if length:
        fields += b"Content-Length: %d\r\n" % len(body)
    return b"POST " + target + b" " + version + b"\r\n" + host + fields + b"\r\n" + body


def get(target=b"/healthz", fields=b""):
    return b"GET " + target + b" HTTP/1.1\r\n" + HOST + fields + b"\r\n"


def chunked(*pieces, end=b"0\r\n\r\n"):
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + end


# What an attacker wants to be executed behind a request whose end is unclear: its event must never arrive.
HIDDEN = post(body=event("hidden"))


@dataclasses.dataclass(frozen=True)
class Row:
    """Bytes, and what must come back: the status of each answer in order, and whether the connection stays open."""
    name: str
    sent: bytes
    statuses: tuple
    is_kept: bool = False
    without_body: tuple = ()  # the places of answers that have none, whatever their Content-Length says
    ends: bool = False  # the sender ends its side, in the middle of a request
    events: int = None  # that are taken; as many as there are answers with 204 unless it is said

    def expected_events(self):
        return self.statuses.count(204) if self.events is None else self.events


def refused(name, sent, status=400):
    """One answer, and then nothing more is read from that connection."""
    return Row(name, sent, (status,))


def refused_alone(rows):
    """{name: bytes} as rows that must be a 400 and closed, each with a hidden request behind it."""
    return [refused(name, sent + HIDDEN) for name, sent in rows.items()]


def taken(name, sent, status=204, **more):
    return Row(name, sent, (status,), is_kept=True, **more)


def show(name):
    """Bytes as the name of a row."""
    text = name.decode("latin-1").encode("unicode_escape").decode()
    return text if len(text) <= 60 else text[:57] + "..."


class Answers:
    """The answers on a connection, one after the other."""

    def __init__(self, connection):
        self._connection, self._bytes = connection, b""

    def _more(self):
        try:
            part = self._connection.recv(65536)
        except ConnectionError:
            part = b""
        self._bytes += part
        return bool(part)

    def next(self, without_body=False):
        """(status, {field: value}, body), interim answers included; None where the relay has closed."""
        while b"\r\n\r\n" not in self._bytes:
            if not self._more():
                if self._bytes:
                    raise AssertionError(f"half an answer: {self._bytes!r}")
                return None
        head, _, self._bytes = self._bytes.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        fields = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines)}
        version, status, _ = first.split(" ", 2)
        if version != "HTTP/1.1":
            raise AssertionError(f"no answer: {first!r}")
        length = 0 if without_body or int(status) < 200 else int(fields.get("content-length", 0))
        while len(self._bytes) < length:
            if not self._more():
                raise AssertionError("half a body")
        body, self._bytes = self._bytes[:length], self._bytes[length:]
        return int(status), fields, body


def connect(port, source="127.0.0.1"):
    connection = socket.create_connection(("127.0.0.1", port), timeout=harness.PATIENCE, source_address=(source, 0))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def send_at_once(connection, sent):
    connection.sendall(sent)


def send_byte_by_byte(connection, sent):
    """Or in as many small pieces as there may be."""
    size = -(-len(sent) // MOST_PIECES) or 1
    for first in range(0, len(sent), size):
        connection.sendall(sent[first:first + size])


WAYS = (send_at_once, send_byte_by_byte)


def outcome(port, row, send, source="127.0.0.1"):
    """(statuses, whether the connection was open and in step afterwards); raises TimeoutError where the relay waits."""
    with connect(port, source) as connection:
        try:
            send(connection, row.sent)
            if row.ends:
                connection.shutdown(socket.SHUT_WR)
        except ConnectionError:
            pass  # closed before it was through: the answer is there to be read
        answers, statuses = Answers(connection), []
        while len(statuses) < len(row.statuses) or not row.is_kept:
            answer = answers.next(len(statuses) in row.without_body)
            if answer is None:
                return tuple(statuses), False
            if answer[0] != 100:
                statuses.append(answer[0])
        try:
            connection.sendall(PROBE)
        except ConnectionError:
            return tuple(statuses), False
        answer = answers.next()
        in_step = answer is not None and (answer[0], answer[2]) == (200, b"ok\n") and answers.next() is None
        return tuple(statuses), in_step


class RawRequests(ServedTest):
    """Rows that are sent to a relay."""

    def assert_outcomes(self, rows, ways=WAYS, source="127.0.0.1"):
        self.assertEqual(len({row.name for row in rows}), len(rows), "names are to tell the rows apart")
        before, counts, events = self.relay.balance()["accepted"], collections.Counter(), 0
        for row in rows:
            for send in ways:
                with self.subTest(row.name, way=send.__name__):
                    statuses, is_kept = outcome(self.relay.port, row, send, source)
                    counts[f"{' '.join(map(str, statuses[:3])) or 'no answer'}, {'open' if is_kept else 'closed'}"] += 1
                    self.assertEqual((statuses, is_kept), (row.statuses, row.is_kept))
                events += row.expected_events()
        self.assertEqual(self.relay.balance()["accepted"] - before, events, "events were taken that nobody was told of")
        self.assert_serves()
        self.print_counts(f"{len(rows)} requests, {len(ways)} ways", counts)

    def assert_serves(self):
        """And nothing that was hidden has arrived."""
        super().assert_serves()
        self.assertEqual([e for e in self.mock.events() if e["event_id"] == "hidden"], [])
