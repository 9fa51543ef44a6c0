"""Drives headless Chromium over the DevTools protocol, by a pair of pipes: no port, no library."""
import base64
import json
import os
import pathlib
import select
import time

import harness
import shop

COMMANDS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
         "--remote-debugging-pipe", "--ignore-certificate-errors", f"--host-resolver-rules=MAP {shop.HOST} 127.0.0.1")
READ, WRITE = 3, 4  # where Chromium looks for the pipes
CHUNK = 65536


class Chromium:
    """A browser with a profile of its own. The workspace ends it."""

    def __init__(self, workspace, command, user_agent):
        commands_out, self._out = os.pipe()
        self._in, answers_in = os.pipe()
        # The shell moves the pipes to their numbers.
        moved = f'exec "$0" "$@" {READ}<&{commands_out} {WRITE}>&{answers_in}'
        self._process = harness.Process(
            "chromium", ["bash", "-c", moved, command, *FLAGS, f"--user-agent={user_agent}",
                         f"--user-data-dir={workspace.path / 'profile'}", "about:blank"],
            {**os.environ, "TMPDIR": str(workspace.path)}, workspace.path, pass_fds=(commands_out, answers_in))
        workspace.processes.append(self._process)
        os.close(commands_out)
        os.close(answers_in)
        self._rest, self._count = b"", 0
        self._pages = {}  # by session

    def new_page(self):
        """A page in a session of its own, without the cookies and the storage of others."""
        context = self.call("Target.createBrowserContext")["browserContextId"]
        target = self.call("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._pages[session] = Page(self, context, session)
        return self._pages[session]

    def call(self, method, session=None, **parameters):
        """Sends a command and waits for its result; events that come in between go to their pages."""
        self._count += 1
        message = {"id": self._count, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        end = time.monotonic() + harness.PATIENCE
        while True:
            answer = self._receive(end, method)
            if "method" in answer and answer.get("sessionId") in self._pages:
                self._pages[answer["sessionId"]].events.append((answer["method"], answer["params"]))
            if answer.get("id") == self._count:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]

    def _receive(self, end, what):
        while b"\0" not in self._rest:
            if not select.select([self._in], [], [], max(0.0, end - time.monotonic()))[0]:
                raise TimeoutError(f"Chromium does not answer: {what}\n{self._process.log()[-2000:]}")
            chunk = os.read(self._in, CHUNK)
            if not chunk:
                raise RuntimeError(f"Chromium ended:\n{self._process.log()[-2000:]}")
            self._rest += chunk
        message, _, self._rest = self._rest.partition(b"\0")
        return json.loads(message)


class Page:
    def __init__(self, browser, context, session):
        self._browser, self._context, self._session = browser, context, session
        self.events = []  # (method, parameters) of what watch() asked for, as they came

    def close(self):
        self._browser.call("Target.disposeBrowserContext", browserContextId=self._context)

    def open(self, url):
        """Goes there, as by a click on a link, and waits until the page is loaded."""
        self._call("Page.navigate", url=url)
        harness.wait_until(lambda: self._loaded(url), f"{url} is loaded")

    def evaluate(self, expression):
        """The value of the expression on the page; of a promise, what it gives."""
        result = self._call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{expression}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def before_load(self, script):
        """Runs the script in every page that is opened from now on, before the page's own."""
        self._call("Page.enable")
        self._call("Page.addScriptToEvaluateOnNewDocument", source=script)

    def watch(self, *domains):
        """From now on `events` gets what these domains of the protocol report: Log, Network, Runtime."""
        for domain in domains:
            self._call(f"{domain}.enable")

    def resize(self, width, height, dark=False):
        self._call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self._call("Emulation.setEmulatedMedia", features=features)

    def press_key(self, key):
        for kind in ("keyDown", "keyUp"):
            self._call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode={"Tab": 9}[key])

    def screenshot(self, path):
        """The whole page, as PNG."""
        image = self._call("Page.captureScreenshot", captureBeyondViewport=True)["data"]
        pathlib.Path(path).write_bytes(base64.b64decode(image))

    def cookies(self, url):
        """{name: cookie} that the browser would send there."""
        return {cookie["name"]: cookie for cookie in self._call("Network.getCookies", urls=[url])["cookies"]}

    def _loaded(self, url):
        return self.evaluate(f"location.href === {json.dumps(url)} && document.readyState === 'complete'")

    def _call(self, method, **parameters):
        return self._browser.call(method, self._session, **parameters)
