"""A shop of two pages over HTTPS, in front of a relay: what a site's proxy does for /collect."""
import http.client
import http.server
import ssl
import subprocess
import sys
import threading

import harness
import one_purchase

HOST = "shop.example"
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "te", "upgrade"}


def make_certificate(folder):
    """A key and a certificate for the shop that vouches for itself: (certificate, key)."""
    certificate, key = folder / "shop.pem", folder / "shop-key.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-days", "2", "-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST},DNS:localhost",
                    "-keyout", key, "-out", certificate], check=True, capture_output=True)
    return certificate, key


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status, headers, body = self.server.shop.answer(self.command, self.path, self.headers.items(), body)
        self.send_response(status)
        for name, value in headers:
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = answer

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    block_on_close = False

    def __init__(self, shop, certificate, key):
        super().__init__(("127.0.0.1", 0), Handler)
        self.shop = shop
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        # The handshake is the business of each connection's own thread: browsers open some that they never use.
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def handle_error(self, request, client_address):
        """A browser that goes away in the middle is none of the shop's business."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class Shop:
    """/collect and what is below it goes on to the relay with the visitor's address, as from a proxy that it trusts;
    other paths are pages that the tests make."""

    def __init__(self, folder, relay):
        self.passed_on = []  # (path, body) of what the relay has answered, in the order of the answers
        self._relay = relay
        self._pages = {}  # path: (text, content type)
        self.ca_file, key = make_certificate(folder)
        self._server = Server(self, self.ca_file, key)
        self.port = self._server.server_port
        self.url = f"https://{HOST}:{self.port}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, kind, value, trace):
        self._server.shutdown()
        self._server.server_close()

    def page(self, path, script="", head=""):
        """Makes a page that runs the script; gives its URL."""
        text = f"<!doctype html><title>Thank you</title>{head}<body>Thanks<script>{script}</script>"
        self._pages[path.partition("?")[0]] = (text, "text/html; charset=utf-8")
        return self.url + path

    def script(self, path, text):
        """Makes a file with JavaScript."""
        self._pages[path] = (text, "text/javascript; charset=utf-8")

    def answer(self, method, path, headers, body):
        """(status, headers, body)"""
        page = path.partition("?")[0]
        if page.startswith("/collect"):
            return self._pass_on(method, path, headers, body)
        if page not in self._pages:
            return 404, [], b""
        text, kind = self._pages[page]
        return 200, [("Content-Type", kind)], text.encode()

    def _pass_on(self, method, path, headers, body):
        kept = {name: value for name, value in headers if name.lower() not in HOP_BY_HOP}
        kept["X-Forwarded-For"] = one_purchase.VISITOR
        connection = http.client.HTTPConnection("127.0.0.1", self._relay.port, timeout=harness.PATIENCE)
        try:
            connection.request(method, path, body, kept)
            answer = connection.getresponse()
            result = answer.status, answer.getheaders(), answer.read()
        finally:
            connection.close()
        self.passed_on.append((path, body.decode()))
        return result
