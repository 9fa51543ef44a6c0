"""`pinrelay tail`, `status` and `top`, and the stream behind them: what an operator sees of a running relay."""
import fcntl
import http.client
import json
import os
import pty
import re
import signal
import socket
import struct
import subprocess
import sys
import termios
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

PINRELAY = os.environ["PINRELAY"]
MOCK = os.environ["PINTEREST_MOCK"]

NO_TOKEN = {"fault": "status", "status": 401, "times": "forever"}
MOST_STREAMS = 16


def environment(port):
    return {**harness.clean_environment(), "PINRELAY_ADMIN": f"127.0.0.1:{port}"}


def run(port, *arguments):
    return subprocess.run([PINRELAY, *arguments], env=environment(port), capture_output=True, text=True,
                          timeout=harness.PATIENCE)


def without_figures(text):
    """Times, process ids and latencies differ from run to run."""
    text = re.sub(r"\d\d:\d\d:\d\d\.\d{3}", "08:00:00.000", text)
    text = re.sub(r"after \d+\.\d{3} s", "after 0.000 s", text)
    text = re.sub(r"process \d+", "process 1", text)
    return re.sub(r"\d+s ago", "0s ago", text)


class Watching(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.workspace = self.enterContext(harness.Workspace())
        self.mock = self.workspace.mock(MOCK)
        self.relay = self.workspace.relay(PINRELAY, self.mock)
        self.probes = 0

    def tail(self, *arguments):
        """The command, once it shows what comes."""
        tail = harness.Process("tail", [PINRELAY, "tail", *arguments], environment(self.relay.admin_port), self.workspace.path)
        self.workspace.processes.append(tail)
        harness.wait_until(lambda: self.probe(tail), "tail is connected", pause=0.2)
        return tail

    def probe(self, tail):
        """Sends another event, and says whether tail has shown any."""
        self.probes += 1
        self.post(f"probe-{self.probes}")
        return "probe" in tail.log()

    def shown(self, tail):
        return [line for line in tail.log().splitlines() if "probe" not in line]

    def open_stream(self, streams):
        connection = http.client.HTTPConnection("127.0.0.1", self.relay.admin_port, timeout=harness.PATIENCE)
        connection.request("GET", "/events/stream")
        answer = connection.getresponse()
        if answer.status != 200:
            self.assertEqual(answer.status, 503)
            answer.read()
            connection.close()
            return False
        streams.append((connection, answer))
        return True

    def post(self, *ids):
        self.assertEqual(self.relay.post([harness.sign_up(each) for each in ids])[0], 204)

    def test_tail_shows_each_event_and_what_becomes_of_it(self):
        tail = self.tail()

        self.post("e-1")
        self.post("e-1")
        self.relay.post("no JSON")
        self.relay.post([{"event": "purchase", "event_id": "e-2", "value": 5}])
        harness.wait_until(lambda: len(self.shown(tail)) >= 5, "all is shown")

        self.assertEqual(sorted(map(without_figures, self.shown(tail))), [
            "08:00:00.000  accepted   sign_up → signup              pinterest:549755885175  e-1                   em",
            "08:00:00.000  delivered  sign_up → signup              pinterest:549755885175  e-1                   "
            "external_id_missing,click_id_missing; after 0.000 s",
            "08:00:00.000  dropped    purchase                      pinterest:549755885175  -                     no_match_keys; "
            "neither an e-mail nor an advertising id nor both address and user agent; warnings: value_without_currency",
            "08:00:00.000  duplicate  sign_up → signup              pinterest:549755885175  e-1                   em; "
            "an event of this name with the same id, about the same order or visitor, was taken before",
            "08:00:00.000  rejected   -                             -                       -                     not_json; "
            "the body is neither JSON nor any other known form"])
        self.assertNotIn("\x1b", tail.log(), "colour is for terminals")
        self.assertEqual(tail.end(signal.SIGINT), 0)

    def test_tail_shows_what_was_asked_for(self):
        tail = self.tail("--json", "--status", "delivered", "--status", "dead", "--event", "sign_up", "--account", harness.ACCOUNT)

        self.post("e-1")
        harness.wait_until(lambda: self.shown(tail), "a line")

        shown = json.loads(self.shown(tail)[0])
        self.assertEqual((shown["event_id"], shown["status"], shown["name"]), ("e-1", "delivered", "signup"))
        self.assertGreater(shown["latency"], 0)
        wrong = run(self.relay.admin_port, "tail", "--status", "delivred")
        self.assertEqual(wrong.returncode, 2)
        self.assertIn("delivred", wrong.stderr)

    def test_tail_goes_on_when_the_relay_comes_back(self):
        tail = self.tail()
        port = self.relay.admin_port

        self.relay.end()
        harness.wait_until(lambda: "has gone; waiting until it is back" in tail.log(), "tail says so")
        self.relay = self.workspace.relay(PINRELAY, self.mock, admin=f"127.0.0.1:{port}")
        harness.wait_until(lambda: "connected again" in tail.log(), "tail is back")
        self.post("later")
        harness.wait_until(lambda: "  later  " in tail.log(), "tail shows the event")

        self.assertEqual(tail.log().count("has gone"), 1)

    def test_without_a_relay_each_command_ends_with_one_line(self):
        with socket.create_server(("127.0.0.1", 0)) as nobody:
            port = nobody.getsockname()[1]
        for command in ("tail", "status"):
            result = run(port, command)
            self.assertEqual((result.returncode, result.stdout), (2, ""), command)
            self.assertIn("no relay answers on the admin port", result.stderr)
            self.assertEqual(len(result.stderr.splitlines()), 1)

    def test_status_of_a_relay_that_is_well(self):
        self.post("e-1", "e-2", "e-1")
        harness.wait_delivered(self.relay, 2)

        result = run(self.relay.admin_port, "status")

        self.assertEqual(result.returncode, 0, result.stderr)
        version = subprocess.run([PINRELAY, "--version"], capture_output=True, text=True, timeout=harness.PATIENCE).stdout.split()[-1]
        self.assertEqual(without_figures(result.stdout), f"""pinrelay {version}, process 1, started 0s ago: ready

pinterest:549755885175: healthy
  last minute   3 accepted, 2 delivered, 1 dropped
  in all        3 accepted, 2 delivered, 1 dropped, 0 dead letters, 1 duplicate
  waiting       0 to be delivered
  last answer   200, 0s ago

Events dropped in the last hour
  1  duplicate  pinterest:549755885175  expected where a browser and a server both send an event, or a sender tries again
""")
        machine = json.loads(run(self.relay.admin_port, "status", "--json").stdout)
        self.assertEqual(machine["accounts"][0]["per_minute"], {"accepted": 3, "delivered": 2, "dropped": 1})

    def test_status_of_a_relay_with_a_paused_account(self):
        self.mock.play(NO_TOKEN)
        self.post("e-1")
        harness.wait_until(lambda: "paused" in self.relay.admin("/accounts"), "the account is paused")

        result = run(self.relay.admin_port, "status")

        self.assertEqual(result.returncode, 1)
        self.assertIn("pinterest:549755885175: paused until somebody acts\n  why           ", result.stdout)
        self.assertIn("access token is invalid", result.stdout)
        self.assertRegex(result.stdout, r"  since         \d+s, 1 failed attempt\n  next try      in ")
        self.assertIn("  waiting       1 to be delivered, the oldest happened", result.stdout)

    def test_top_fills_a_terminal_and_restores_it(self):
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 5, 40, 0, 0))
        top = subprocess.Popen([PINRELAY, "top", "--every", "1"], stdout=theirs, stderr=subprocess.PIPE,
                               env={**environment(self.relay.admin_port), "TERM": "xterm"})
        os.close(theirs)
        screen = self.read_until(ours, b"", b"\x1b[J")
        screen = self.read_until(ours, screen, b"\x1b[J", 2)
        top.send_signal(signal.SIGINT)
        self.assertEqual(top.wait(harness.PATIENCE), 0)
        screen = self.read_until(ours, screen, b"\x1b[?1049l")
        os.close(ours)
        top.stderr.close()

        self.assertTrue(screen.startswith(b"\x1b[?1049h\x1b[?25l\x1b[Hpinrelay "), screen)
        self.assertIn(b"\x1b[32mhealthy\x1b[0m", screen)
        self.assertTrue(screen.endswith(b"\x1b[?25h\x1b[?1049l"))
        first = screen.split(b"\x1b[J")[0]
        self.assertEqual(first.count(b"\r\n"), 4, "five rows")

    def read_until(self, descriptor, known, end, times=1):
        while known.count(end) < times:
            known += os.read(descriptor, 65536)
        return known

    def test_top_refuses_what_is_no_terminal(self):
        result = run(self.relay.admin_port, "top")

        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertIn("needs a terminal", result.stderr)

    def test_a_reader_that_is_stuck_costs_nothing_and_learns_what_it_missed(self):
        stuck = socket.socket()
        stuck.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        stuck.settimeout(harness.PATIENCE)
        stuck.connect(("127.0.0.1", self.relay.admin_port))
        stuck.sendall(b"GET /events/stream HTTP/1.1\r\nHost: localhost\r\n\r\n")
        received = stuck.recv(1024)
        for number in range(150):
            self.post(*(f"e-{number}-{each}" for each in range(200)))
        harness.wait_delivered(self.relay, 30_000)

        end = b""
        while b"event: missed" not in end:
            piece = stuck.recv(65536)
            self.assertTrue(piece, "the stream ended")
            received += piece
            end = end[-100:] + piece
        stuck.close()

        self.assertTrue(received.startswith(b"HTTP/1.1 200 OK\r\n"))
        self.assertRegex(end, rb'event: missed\ndata: \{"count":\d+\}')

    def test_streams_leave_connections_for_others_and_end_with_the_relay(self):
        streams = []
        while self.open_stream(streams):
            pass

        self.assertEqual(len(streams), MOST_STREAMS)
        self.assertEqual(self.relay.admin("/healthz"), "ok\n")
        self.assertEqual(self.relay.end(), 0)
        for connection, answer in streams:
            self.assertTrue(answer.read().startswith(b"retry: 2000\n\n"))
            connection.close()

    def test_the_last_events_say_what_became_of_them(self):
        self.post("e-1", "e-2")
        harness.wait_delivered(self.relay, 2)

        page = json.loads(self.relay.admin("/events?limit=1"))

        self.assertEqual(page["missed"], 0)
        self.assertEqual([(event["event_id"], event["status"]) for event in page["events"]], [("e-2", "delivered")])
        self.assertEqual(page["events"][0]["identifiers"], ["em"])


if __name__ == "__main__":
    unittest.main()
