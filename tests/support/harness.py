"""Starts the relay and a local Pinterest on free ports, for the end-to-end tests, the demonstration and the benchmark.

Only the standard library. Every process started here is ended here, by its own handle, and ends with this one however
that ends.
"""
import hashlib
import hmac
import http.client
import json
import os
import pathlib
import re
import signal
import ssl
import subprocess
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOKEN = "pina_TEST_ONLY_token_that_is_not_real_0123456789"
ACCOUNT = "549755885175"
PATIENCE = 30  # seconds until something that must happen counts as not happening

SANITIZER_REPORT = re.compile(r"(WARNING|ERROR): \w*Sanitizer|:\d+:\d+: runtime error: ")
SANITIZER_EXIT = 66  # TSAN_OPTIONS, in cmake/tests.cmake
PROXY_VARIABLES = {"https_proxy", "no_proxy"}  # of whoever runs the tests; a local Pinterest needs no proxy
CRASHES = {-signal.SIGSEGV, -signal.SIGABRT, -signal.SIGBUS, -signal.SIGILL, -signal.SIGFPE}
REPORT_LENGTH = 8000

# A test that is killed cleans nothing up: the kernel then ends its children. setpriv is part of util-linux.
ENDS_WITH_PARENT = ("setpriv", "--pdeathsig", "KILL", "--")


def wait_until(condition, what, patience=PATIENCE, pause=0.02):
    """Polls until the condition gives something true, and gives that; raises when patience ends."""
    end = time.monotonic() + patience
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > end:
            raise TimeoutError(f"not within {patience} s: {what}")
        time.sleep(pause)


class Process:
    """A child with its output in a file."""

    def __init__(self, name, command, env, folder, **more):
        self.name = name
        self.log_path = pathlib.Path(folder) / f"{name}-{time.monotonic_ns()}.log"
        with open(self.log_path, "wb") as log:
            self.child = subprocess.Popen([*ENDS_WITH_PARENT, *(str(part) for part in command)],
                                          **{"env": env, "stdout": log, "stderr": subprocess.STDOUT, **more})

    def log(self):
        return self.log_path.read_text(errors="replace")

    def running(self):
        return self.child.poll() is None

    def complaint(self):
        """What a sanitizer said or how it crashed, of a process that has ended; "" where nothing is wrong."""
        log = self.log()
        found = SANITIZER_REPORT.search(log)
        if found:
            return f"{self.name}: {log[found.start():][:REPORT_LENGTH]}"
        code = self.child.returncode
        return f"{self.name} ended with {code}:\n{log[-REPORT_LENGTH:]}" if code in CRASHES | {SANITIZER_EXIT} else ""

    def end(self, how=signal.SIGTERM, patience=PATIENCE):
        """Sends the signal, waits, and gives the exit code."""
        if self.running():
            self.child.send_signal(how)
        try:
            return self.child.wait(patience)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()
            raise


class Mock(Process):
    """pinterest-mock over HTTPS with a certificate of its own."""

    def __init__(self, binary, folder, *options, token=TOKEN, listen="127.0.0.1:0", record=True):
        folder = pathlib.Path(folder)
        self.ca_file = folder / "mock-ca.pem"
        self.record_path = folder / "mock-events.jsonl"
        url_file = folder / "mock-url"
        url_file.unlink(missing_ok=True)
        super().__init__("mock", [binary, "--listen", listen, "--token", token, "--ca-out", self.ca_file,
                                  "--url-file", url_file, "--closed-user-data", *options,
                                  *(("--record", self.record_path) if record else ())],
                         dict(os.environ), folder)
        self.url = wait_until(lambda: self._url(url_file), "the mock listens")
        self.address = self.url.split("//")[1]

    def _url(self, url_file):
        if not self.running():
            raise RuntimeError(f"the mock ended at once:\n{self.log()}")
        return url_file.read_text().strip() if url_file.exists() else ""

    def control(self, method, page, body=None):
        """One of the mock's own pages. It is asked whatever its certificate and protocol: those are for the relay."""
        anything = ssl._create_unverified_context(ssl.PROTOCOL_TLS_CLIENT, check_hostname=False)
        anything.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        anything.set_ciphers("DEFAULT@SECLEVEL=0")
        connection = http.client.HTTPSConnection(self.address, timeout=PATIENCE, context=anything)
        try:
            connection.request(method, f"/__mock/{page}", body)
            response = connection.getresponse()
            answer = response.read().decode()
            if response.status != 200:
                raise RuntimeError(f"{method} {page}: {answer}")
            return json.loads(answer)
        finally:
            connection.close()

    def summary(self):
        """Its counts: requests, events, unique, duplicates, …"""
        return self.control("GET", "summary")

    def play(self, *rules):
        """A new script, in place of the one that it was started with; without rules it answers as usual."""
        self.control("PUT", "script", json.dumps({"rules": rules}))

    def records(self):
        """One dict per event that reached the mock."""
        if not self.record_path.exists():
            return []
        lines = self.record_path.read_text().split("\n")
        return [json.loads(line) for line in lines[:-1]]  # the last part is empty, or a line being written

    def events(self):
        return [record["event"] for record in self.records()]


def clean_environment():
    """The tests' own variables without those that configure a relay."""
    return {name: value for name, value in os.environ.items()
            if not name.startswith("PINRELAY") and name.lower() not in PROXY_VARIABLES}


class Relay(Process):
    """pinrelay serve, configured by the environment alone. `preload` is LD_PRELOAD and what that library reads,
    `variables` are others that are not PINRELAY's own. Without `wait` the caller waits for the start, if at all."""

    def __init__(self, binary, folder, mock=None, data_dir=None, preload=None, wait=True, variables=None, **settings):
        self.data_dir = pathlib.Path(data_dir or pathlib.Path(folder) / "data")
        env = clean_environment()
        env.update({"PINRELAY_LISTEN": "127.0.0.1:0", "PINRELAY_ADMIN": "127.0.0.1:0",
                    "PINRELAY_DATA_DIR": str(self.data_dir), "PINRELAY_BATCH_LINGER": "50ms",
                    "PINRELAY_MAX_REQUESTS_PER_CLIENT": "0"})  # a test's load comes from one address
        if mock is not None:
            env.update({"PINRELAY_ENDPOINT": mock.url, "PINRELAY_CA_FILE": str(mock.ca_file),
                        "PINRELAY_AD_ACCOUNT_ID": ACCOUNT, "PINRELAY_ACCESS_TOKEN": TOKEN,
                        "PINRELAY_MAX_EVENTS_PER_SECOND": "0"})  # for the same reason
        for name, value in settings.items():
            if value is None:
                env.pop(f"PINRELAY_{name.upper()}", None)
            else:
                env[f"PINRELAY_{name.upper()}"] = str(value)
        env.update(variables or {})
        if preload is not None:
            env.update({name: str(value) for name, value in preload.items()})
            env["ASAN_OPTIONS"] = env.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"
        self.binary = binary
        super().__init__("relay", [binary, "serve"], env, folder)
        if wait:
            self.wait_started()

    def wait_started(self):
        line = wait_until(self._started, "the relay listens")
        if "cannot be preloaded" in self.log():
            raise RuntimeError(f"a preloaded library is missing:\n{self.log()}")
        self.port = int(re.search(r"\blisten=\S*:(\d+)", line).group(1))
        self.admin_port = int(re.search(r"\badmin=\S*:(\d+)", line).group(1))
        self.url = f"http://127.0.0.1:{self.port}"

    def _started(self):
        if not self.running():
            raise RuntimeError(f"the relay ended at once:\n{self.log()}")
        return next((line for line in self.log().splitlines() if 'msg="started"' in line), None)

    def request(self, method, path, body=None, headers=None):
        """One request on a connection of its own: (status, headers, body)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            try:
                connection.request(method, path, body, headers or {})
            except BrokenPipeError:
                pass  # refused before the body was through: the answer is there to be read
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read()
        finally:
            connection.close()

    def post(self, body, path="/collect", headers=None):
        if not isinstance(body, (bytes, str)):
            body = json.dumps(body)
        if isinstance(body, str):
            body = body.encode("utf-8", "surrogatepass")
        return self.request("POST", path, body, headers)

    def admin(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.admin_port}{path}", timeout=PATIENCE) as answer:
            return answer.read().decode()

    def find(self, *question, code=0):
        """What `pinrelay find` answers from this relay's store, as JSON."""
        env = {**clean_environment(), "PINRELAY_DATA_DIR": str(self.data_dir)}
        result = subprocess.run([self.binary, "find", *question, "--json"], env=env, capture_output=True, text=True,
                                timeout=4 * PATIENCE)
        if result.returncode != code:
            raise RuntimeError(f"find {question}: {result.returncode}\n{result.stdout}{result.stderr}")
        return json.loads(result.stdout)

    def metrics(self):
        """{"name{labels}": value} of a scrape."""
        pairs = (line.rsplit(" ", 1) for line in self.admin("/metrics").splitlines() if line and line[0] != "#")
        return {name: float(value) for name, value in pairs}

    def total(self, name):
        """The sum of a metric over its labels."""
        return sum(value for key, value in self.metrics().items() if key == name or key.startswith(name + "{"))

    def balance(self):
        """accepted, replayed, delivered, dead-lettered, dropped, pending of one scrape."""
        metrics = self.metrics()

        def total(name):
            return int(sum(v for key, v in metrics.items() if key == name or key.startswith(name + "{")))

        return {"accepted": total("pinrelay_events_accepted_total"), "replayed": total("pinrelay_events_replayed_total"),
                "delivered": total("pinrelay_events_delivered_total"),
                "dead_lettered": total("pinrelay_events_dead_lettered_total"),
                "dropped": total("pinrelay_events_dropped_total"), "pending": total("pinrelay_events_pending")}


def wait_delivered(relay, count):
    """Until that many events are delivered and none is pending; gives the balance."""

    def done():
        balance = relay.balance()
        return balance if balance["delivered"] >= count and balance["pending"] == 0 else None

    return wait_until(done, f"{count} events delivered")


def sign_up(event_id, **more):
    """A small event that Pinterest takes."""
    return {"event": "sign_up", "event_id": event_id, "user_data": {"email": f"{event_id}@example.com"}, **more}


def large_purchase(event_id):
    """Some 12 kB in the store."""
    items = [{"item_id": f"{number}-{'x' * 100}", "item_name": "y" * 100, "price": 1, "quantity": 1} for number in range(30)]
    return {"event": "purchase", "event_id": event_id, "value": 1, "currency": "EUR", "items": items,
            "user_data": {"email": f"{event_id}@example.com"}}


def signature(body, key, at=None):
    """The headers of a request that is signed, as docs/access.md describes it; `at` in seconds, else now."""
    stamp = str(int(at if at is not None else time.time()))
    digest = hmac.new(key.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {"X-Pinrelay-Timestamp": stamp, "X-Pinrelay-Signature": digest}


class Workspace:
    """A folder for one run; ends what was started in it, and fails where a process crashed or a sanitizer spoke."""

    def __init__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="pinrelay-")
        self.path = pathlib.Path(self._folder.name)
        self.processes = []

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        complaints = []
        for process in reversed(self.processes):
            if kind is not None:
                print(f"--- {process.name}\n{process.log()[-4000:]}")
            try:
                if process.running():
                    process.end()
                complaints += filter(None, [process.complaint()])
            except subprocess.TimeoutExpired:
                complaints.append(f"{process.name} did not end and was killed")
        self._folder.cleanup()
        if complaints:
            raise AssertionError("\n".join(complaints))

    def script(self, *rules):
        """The mock's options for a script with these rules."""
        path = self.path / f"script-{time.monotonic_ns()}.json"
        path.write_text(json.dumps({"rules": rules}))
        return ["--script", path]

    def mock(self, binary, *options, **more):
        self.processes.append(Mock(binary, self.path, *options, **more))
        return self.processes[-1]

    def relay(self, binary, mock=None, **settings):
        self.processes.append(Relay(binary, self.path, mock, **settings))
        return self.processes[-1]
