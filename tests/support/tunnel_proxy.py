"""A small HTTP proxy that opens tunnels, for tests: it notes what it is asked for and what travels, and refuses when told to."""
import base64
import socket
import socketserver
import threading

ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"
PIECE = 65536


class TunnelProxy:
    """Listens on a free port of loopback. `target` is where every tunnel leads, whatever host is asked for."""

    def __init__(self, target, user=None, password=None):
        host, port = target.rsplit(":", 1)
        self.target = (host, int(port))
        self.refusal = None  # bytes, in place of a tunnel
        self.heads = []      # of the requests, as text
        self.carried = b""   # from the clients to the target, all tunnels together
        self.credentials = None
        if user is not None:
            self.credentials = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.address = "127.0.0.1:%d" % self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def answer_to(self, head):
        if self.refusal is not None:
            return self.refusal
        if self.credentials is not None and f"\r\nProxy-Authorization: {self.credentials}\r\n" not in head:
            return b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
        return ESTABLISHED

    def _handler(proxy):
        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                head = b""
                while not head.endswith(b"\r\n\r\n"):
                    piece = self.request.recv(1)
                    if not piece:
                        return
                    head += piece
                text = head.decode("latin-1")
                proxy.heads.append(text)
                answer = proxy.answer_to(text)
                try:
                    self.request.sendall(answer)
                    if answer == ESTABLISHED:
                        proxy.tunnel(self.request)
                except OSError:
                    pass  # either end went away

        return Handler

    def tunnel(self, client):
        with socket.create_connection(self.target) as server:
            back = threading.Thread(target=self._copy, args=(server, client), daemon=True)
            back.start()
            self._copy(client, server, note=True)
            back.join()

    def _copy(self, source, sink, note=False):
        try:
            while piece := source.recv(PIECE):
                if note:
                    self.carried += piece
                sink.sendall(piece)
        except OSError:
            pass
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
