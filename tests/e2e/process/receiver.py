"""A receiver of alarms: what is posted to alarms.webhook, as a list."""
import http.server
import json
import threading


class Receiver:
    """Listens on a free port of this machine. `status` is what it answers; `requests` has (path, headers, message)."""

    def __init__(self, status=200):
        self.status = status
        self.requests = []
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.requests.append((self.path, dict(self.headers), json.loads(body)))
                self.send_response(receiver.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def messages(self):
        return [message for _, _, message in self.requests]

    def close(self):
        self.server.shutdown()
        self.server.server_close()
