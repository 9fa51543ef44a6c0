"""Many connections that mean no good, in a process of lower priority: attackers have machines of their own."""
import collections
import itertools
import json
import multiprocessing
import os
import re
import resource
import selectors
import socket
import struct
import ssl
import subprocess
import threading
import zlib

from shapes import post

NICENESS = 10
OPENED_AT_ONCE = 200  # connections between two looks at those that are open
PAUSE = 0.05
COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")  # as slowhttptest writes them wherever its output goes
CLOSE_BY_RESET = struct.pack("ii", 1, 0)  # so that ports are free again at once


def raise_descriptor_limit():
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def addresses(count):
    return [f"127.0.{2 + n // 250}.{1 + n % 250}" for n in range(count)]


def bomb(size=256 * 1024 * 1024):
    packer, blanks = zlib.compressobj(9, zlib.DEFLATED, 31), b" " * 1024 * 1024
    return post(b"".join([packer.compress(blanks) for _ in range(size // len(blanks))] + [packer.flush()]))


def forged_events():
    for number in itertools.count():
        yield post(json.dumps({"event": "sign_up", "event_id": f"forged-{number}",
                               "user_data": {"email": f"forged-{number}@example.com"}}).encode())


def always(sent):
    return itertools.repeat(sent)


class Attackers:
    """`count` of them from `sources`, in a process of their own while the object is entered; `_run` is what they do.
    `counts` afterwards: what was opened, answered and closed without a word."""

    def __init__(self, port, count, sources):
        self._port, self._count, self._sources = port, count, sources
        context = multiprocessing.get_context("fork")
        self._end, (self._results, self._sender) = context.Event(), context.Pipe(False)
        self._child = context.Process(target=self._run)
        self.counts = collections.Counter()

    def __enter__(self):
        self._child.start()
        return self

    def __exit__(self, kind, value, trace):
        self._end.set()
        self.counts = self._results.recv()
        self._child.join()


class Swarm(Attackers):
    """Connections that each send the next of `requests`, again after each answer unless they `churn`; what is closed is
    opened anew."""

    def __init__(self, port, count, sources, requests=None, churn=False):
        super().__init__(port, count, sources)
        self._requests, self._churn = requests, churn

    def _run(self):
        os.nice(NICENESS)
        raise_descriptor_limit()
        self._open, self._selector = {}, selectors.DefaultSelector()
        self._turn = itertools.cycle(self._sources)
        while not self._end.is_set():
            for _ in range(min(OPENED_AT_ONCE, self._count - len(self._open))):
                self._begin()
            for key, ready in self._selector.select(PAUSE):
                self._go_on(key.fileobj, ready)
        for connection in list(self._open):
            self._close(connection)
        self._sender.send(self.counts)

    def _begin(self):
        connection = socket.socket()
        connection.setblocking(False)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, CLOSE_BY_RESET)
        try:
            connection.bind((next(self._turn), 0))
            connection.connect_ex(("127.0.0.1", self._port))
        except OSError:
            self.counts["not opened"] += 1
            connection.close()
            return
        self._open[connection] = next(self._requests) if self._requests else b""
        self._selector.register(connection, selectors.EVENT_READ | selectors.EVENT_WRITE)
        self.counts["opened"] += 1

    def _go_on(self, connection, ready):
        try:
            if ready & selectors.EVENT_READ:
                self._read(connection)
            if ready & selectors.EVENT_WRITE and connection in self._open:
                rest = self._open[connection]
                self._open[connection] = rest = rest[connection.send(rest):] if rest else rest
                if not rest:
                    self._selector.modify(connection, selectors.EVENT_READ)
        except OSError:
            self.counts["reset"] += 1
            self._close(connection)

    def _read(self, connection):
        answer = connection.recv(65536)
        if not answer:
            self.counts["closed by the relay"] += 1
            return self._close(connection)
        for part in answer.split(b"HTTP/1.1 ")[1:]:
            self.counts[part[:3].decode("latin-1")] += 1
        if self._churn:
            return self._close(connection)
        # An answer comes in one piece here, and one asks for the next.
        self._open[connection] = next(self._requests)
        self._selector.modify(connection, selectors.EVENT_READ | selectors.EVENT_WRITE)

    def _close(self, connection):
        self._selector.unregister(connection)
        del self._open[connection]
        connection.close()


class SlowHttpTest:
    """Debian's slowhttptest with these options; `counts` afterwards: the most of its connections, as it said."""

    def __init__(self, port, seconds, connections, *options, path="/collect"):
        self._command = ["nice", "-n", str(NICENESS), "slowhttptest", *options, "-c", str(connections), "-r",
                         str(connections // 2),
                         "-l", str(seconds), "-p", "5", "-u", f"http://127.0.0.1:{port}{path}"]
        self.counts = collections.Counter()

    def __enter__(self):
        self._child = subprocess.Popen(self._command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                       stderr=subprocess.STDOUT, text=True, preexec_fn=raise_descriptor_limit)
        return self

    def __exit__(self, kind, value, trace):
        try:
            output, _ = self._child.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            self._child.kill()
            output, _ = self._child.communicate()
        for what, number in re.findall(r"^(connected|error|closed):\s+(\d+)", COLOURS.sub("", output), re.MULTILINE):
            self.counts[what] = max(self.counts[what], int(number))


class Handshakes(Attackers):
    """Threads that each begin TLS again and again, and send nothing."""

    def _run(self):
        os.nice(NICENESS)
        threads = [threading.Thread(target=self._shake, args=(number,)) for number in range(self._count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self._sender.send(self.counts)

    def _shake(self, number):
        context = ssl._create_unverified_context(ssl.PROTOCOL_TLS_CLIENT, check_hostname=False)
        source = (self._sources[number % len(self._sources)], 0)
        while not self._end.is_set():
            try:
                with socket.create_connection(("127.0.0.1", self._port), timeout=10, source_address=source) as plain:
                    context.wrap_socket(plain).close()
                self.counts["handshakes"] += 1
            except OSError:
                self.counts["refused"] += 1


class BusyProcessors:
    """Programs that keep every processor busy at the usual priority, and send nothing: what sharing alone does."""
    counts = collections.Counter()

    def __enter__(self):
        context = multiprocessing.get_context("fork")
        self._children = [context.Process(target=self._spin, daemon=True) for _ in range(os.cpu_count())]
        for child in self._children:
            child.start()
        return self

    def __exit__(self, kind, value, trace):
        for child in self._children:
            child.kill()
            child.join()

    def _spin(self):
        while True:
            pass


class Nobody:
    """For the figures without an attack."""
    counts = collections.Counter()

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        pass
