"""A relay under load that is killed and started again on the same data, in front of a mock that goes on running."""
import argparse
import collections
import os
import random
import signal
import sys
import time
import unittest

import crash_account
import crash_load
import harness

CONCURRENCY = 4
IN_FLIGHT = CONCURRENCY + 1  # one more lane is kept for fresh events
SETTINGS = {"concurrency": CONCURRENCY, "retry_base": "20ms", "retry_cap": "200ms"}
LISTENING = "0A"  # the state of a socket in /proc/net/tcp
DRAIN_PATIENCE = 180

LONGEST_LOAD = 0.8  # seconds
LONGEST_START = 0.15
PAUSE = (0.1, 0.4)  # the store copies its WAL when there was nothing to do for 0.2 s
LONGEST_WAIT_FOR_CHANGE = 2
MOST_FOUND = 100_000


def refusals(**more):
    """Pinterest refuses the events that are made for it."""
    return {"fault": "fail_events", "event_id_contains": crash_load.REFUSED, "times": "forever", **more}


def usual(_):
    return [refusals()], set()


def slow(_):
    return [refusals(delay="150ms")], set()


def bursts(next_request):
    bursts_of = ((429, 2, 4), (503, 8, 12), (429, 20, 20))  # status, first and last request
    rules = [{"fault": "status", "status": status, "when": {"requests": [next_request + first, next_request + last]},
              "rate_limit_reset": 1, "times": "forever"} for status, first, last in bursts_of]
    return [*rules, refusals()], set()


def lost_answers(next_request):
    numbers = {next_request + n for n in (1, 4, 5, 9, 14)}
    return [*({"fault": "reset_after", "when": {"requests": number}} for number in numbers), refusals()], numbers


SCRIPTS = (usual, slow, bursts, lost_answers)  # from the number of the next request: (rules, numbers without an answer)


class CrashRun:
    def __init__(self, workspace, seed, power=None):
        self.rng = random.Random(seed)
        self.problems = []  # what a relay said about itself that cannot be
        self.restarts = []  # seconds from a start to the first event that was acknowledged
        self._workspace, self._power = workspace, power
        self.mock = workspace.mock(os.environ["PINTEREST_MOCK"], "--quiet")
        self.load = crash_load.Load(seed)
        self.relay, self._started = None, None
        self._kills, self._lost_answers, self._balance = [], set(), {}

    def play(self, script):
        """Between two relays: how the mock answers from now on."""
        rules, without_answer = script(self.mock.summary()["requests"] + 1)
        self._lost_answers |= without_answer
        self.mock.play(*rules)

    def start(self):
        """Starts a relay, holds its account against the last one's, and lets the load go on."""
        self._begin()
        self.relay.wait_started()
        self._check_balance()
        self.load.aim(self.relay.port)

    def live_and_die(self):
        """One relay under load, killed at a random moment."""
        self.play(self.rng.choice(SCRIPTS))
        self.rng.choice(POWER_ENDS if self._power else ENDS)(self)
        self.kill()

    def under_load(self):
        self.start()
        self._acknowledge_something()
        time.sleep(self.rng.uniform(0, LONGEST_LOAD))

    def while_starting(self):
        self._begin()
        time.sleep(self.rng.uniform(0, LONGEST_START))

    def in_a_pause(self):
        self.under_load()
        self.load.rest()
        time.sleep(self.rng.uniform(*PAUSE))

    def before_a_change(self):
        """The power goes before a write or at a sync that was chosen before; the database itself is only written when
        the WAL is copied into it."""
        name, most = self.rng.choice((("spool.sqlite-wal", 3000), ("spool.sqlite", 100)))
        self._begin(at=(name, int(most ** self.rng.random())))
        try:
            self.relay.wait_started()
            self._check_balance()
        except (RuntimeError, OSError):
            return  # it did not get that far
        self.load.aim(self.relay.port)
        time.sleep(self.rng.uniform(0, LONGEST_LOAD))
        self.load.rest()
        end = time.monotonic() + LONGEST_WAIT_FOR_CHANGE
        while self.relay.running() and time.monotonic() < end:
            time.sleep(0.01)

    def finish(self):
        """A last relay delivers what is there. Gives the account."""
        self.play(usual)
        self.start()
        self._acknowledge_something()
        self.load.end()
        self.drain()
        return self.account()

    def drain(self):
        self.load.rest()
        harness.wait_until(lambda: self.relay.balance()["pending"] == 0, "everything delivered", DRAIN_PATIENCE)

    def account(self):
        return crash_account.draw_up(self.load.sent, self.load.acknowledged, self.mock.records(), self._kills,
                                     self._lost_answers, IN_FLIGHT)

    def figures(self, account):
        return (f"{len(self._kills)} kills, acknowledged {len(self.load.acknowledged)}, delivered {account.delivered}, "
                f"lost {len(account.lost)}, second copies {account.duplicated} ({account.unanswered} after an answer "
                f"that the mock withheld), dead-lettered {account.dead_lettered}, "
                f"slowest restart to the first 204 {max(self.restarts):.2f} s")

    def _begin(self, at=None):
        preload = self._power.before_start(at) if self._power else None
        self._started = time.monotonic()
        self.relay = self._workspace.relay(os.environ["PINRELAY"], self.mock, wait=False, preload=preload, **SETTINGS)

    def _acknowledge_something(self):
        harness.wait_until(lambda: self.load.first_answer, "a first acknowledgement")
        self.restarts.append(self.load.first_answer - self._started)

    def kill(self):
        """Kills the relay where it still runs, and does to its files what the end of the power does."""
        self.load.rest()
        if self.relay.end(signal.SIGKILL) != -signal.SIGKILL:
            self.problems.append(f"a relay ended by itself:\n{self.relay.log()[-2000:]}")
        self._kills.append(self._last_request())
        if self._power:
            self._power.strike(self.rng)

    def _check_balance(self):
        balance = self.relay.balance()
        known = balance["delivered"] + balance["dead_lettered"] + balance["dropped"] + balance["pending"]
        if balance["accepted"] + balance["replayed"] != known:
            self.problems.append(f"the account does not balance: {balance}")
        if balance["accepted"] < len(self.load.acknowledged):
            self.problems.append(f"{balance} after {len(self.load.acknowledged)} were acknowledged")
        self.problems += [f"{name} fell from {before} to {balance[name]}" for name, before in self._balance.items()
                          if name != "pending" and balance[name] < before]
        self._balance = balance

    def _last_request(self):
        """How many requests the mock has received. What a killed relay had sent may still wait in its sockets."""
        port = f":{int(self.mock.address.split(':')[1]):04X}"
        harness.wait_until(lambda: not unread(port), "the mock has read all")
        return self.mock.summary()["requests"]


ENDS = (CrashRun.under_load, CrashRun.under_load, CrashRun.in_a_pause, CrashRun.while_starting)
POWER_ENDS = (*ENDS, CrashRun.before_a_change, CrashRun.before_a_change, CrashRun.before_a_change)


def unread(port):
    """The sockets at that local port with bytes that nobody has read; the end of a connection counts as one byte."""
    with open("/proc/net/tcp") as table:
        rows = [line.split() for line in table][1:]
    return [row for row in rows if row[1].endswith(port) and row[3] != LISTENING and int(row[4].split(":")[1], 16) > 1]


def options(short, long):
    """--long, --rounds and --seed of the command line, which unittest does not get to see; the seed is printed."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**9))
    chosen, rest = parser.parse_known_args()
    sys.argv[1:] = rest
    chosen.rounds = chosen.rounds or (long if chosen.long else short)
    print(f"--rounds {chosen.rounds} --seed {chosen.seed}", flush=True)
    return chosen


class CrashTest(unittest.TestCase):
    def assert_nothing_lost(self, run, account):
        """Lost 0, phantoms 0, each second copy explained, and the relay's own account agrees with the mock's."""
        balance = run.relay.balance()
        self.assertEqual(account.lost, [])
        self.assertEqual(account.phantoms, [])
        self.assertEqual(account.unexplained, [])
        self.assertEqual(run.load.strange_answers, [])
        self.assertEqual(run.problems, [])
        self.assertEqual((balance["accepted"], balance["delivered"], balance["dead_lettered"]),
                         (account.known(), account.delivered, account.dead_lettered))
        self.assert_the_journal_agrees(run, balance)

    def assert_the_journal_agrees(self, run, balance):
        """The journal has the outcome of each event that the relay counts."""
        found = run.relay.find("--last", str(MOST_FOUND))
        statuses = collections.Counter(event["status"] for event in found["events"])
        self.assertEqual(statuses["unknown"], 0)
        if not found["more"]:
            self.assertEqual((statuses["delivered"], statuses["dead_letter"], statuses["pending"]),
                             (balance["delivered"], balance["dead_lettered"], balance["pending"]))
