"""An admin port with every state that the page can show, and the page from the files of src/admin/page: a test sees in one moment
what takes a relay hours to reach. Its answers have the form of docs/page.md."""
import http.server
import json
import threading
import time

import harness

PAGE = harness.ROOT / "src" / "admin" / "page"
TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
          "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'")
ACCOUNTS = ("pinterest:549755885175", "pinterest:549755990021", "pinterest:549756012340")
PAUSED_REASON = "Pinterest answered 401: Authentication failed. Check access_token"


def status(now):
    healthy = {"account": ACCOUNTS[0], "delivery": "working", "pending": 12, "waiting_alone": 0, "last_answer": "200",
               "answered": now - 1, "oldest_event": now - 95, "accepted": 48210, "delivered": 48100, "dropped": 98,
               "dead_lettered": 7, "duplicates": 40, "per_minute": {"accepted": 41, "delivered": 40, "dropped": 1}}
    paused = {**healthy, "account": ACCOUNTS[1], "delivery": "paused", "pending": 1840, "reason": PAUSED_REASON, "attempts": 44,
              "since": now - 5400, "next_try": now + 33, "last_answer": "401", "answered": now - 27, "oldest_event": now - 5460}
    failing = {**healthy, "account": ACCOUNTS[2], "delivery": "failing", "pending": 310, "reason": "no answer within 30 s",
               "attempts": 3, "since": now - 140, "next_try": now + 8, "last_answer": "ambiguous", "answered": now - 12,
               "oldest_event": now - 150}
    return {"version": "0.1.0", "process": "1", "started": now - 90000, "now": now, "ready": True,
            "accounts": [healthy, paused, failing], "reasons": []}


def history(now, span):
    length, step = (60, 60) if span == "hour" else (96, 900)
    size = step // 60

    def wave(base, shift):
        return [round(base * size * (1 + 0.35 * ((i * 7 + shift) % 11) / 11 - 0.2 * ((i + shift) % 3))) for i in range(length)]

    series = []
    for number, (event, base) in enumerate((("page_visit", 40), ("view_category", 14), ("add_to_cart", 7), ("checkout", 3), ("signup", 1))):
        accepted = wave(base, number)
        delivered = [max(0, value - (i % 5 == 0)) for i, value in enumerate(accepted)]
        series.append({"account": ACCOUNTS[0], "event": event, "accepted": accepted, "delivered": delivered,
                       "dropped": [i % 4 == 0 and number == 0 and size or 0 for i in range(length)],
                       "pending": [max(0, base // 4 + (i * 3 + number) % 5) for i in range(length)]})
    drops = wave(3, 5)
    series.append({"account": ACCOUNTS[0], "event": "", "accepted": drops, "delivered": [0] * length, "dropped": drops, "pending": [0] * length})
    series.append({"account": "none", "event": "", "accepted": [1] * length, "delivered": [0] * length, "dropped": [1] * length,
                   "pending": [0] * length})
    return {"step": step, "end": now, "since": now - 90000, "series": series}


def events(now):
    rows = (("purchase", "checkout", "delivered", "", [], ["em", "ph", "client_ip_address", "client_user_agent", "click_id"]),
            ("view_item", "page_visit", "accepted", "", [], ["external_id", "client_ip_address", "client_user_agent"]),
            ("purchase", "checkout", "duplicate", "duplicate", [], ["em"]),
            ("page_view", "", "dropped", "no_match_keys", ["proxy_not_trusted"], []),
            ("add_to_cart", "add_to_cart", "delivered", "", ["value_without_currency", "key_misspelt"], ["em", "external_id"]),
            ("quiz_started", "", "dropped", "unknown_event", [], ["em"]),
            ("sign_up", "signup", "dead", "refused", [], ["em"]), ("", "", "rejected", "not_json", [], []),
            ("generate_lead", "lead", "retried", "", [], ["em"]))
    listed = []
    for number in range(27):
        event, name, state, reason, warnings, identifiers = rows[number % len(rows)]
        entry = {"seq": number, "time": now - 200 + number * 7.3, "event": event, "name": name, "account": ACCOUNTS[number % 2],
                 "event_id": f"order-{4700 + number}", "identifiers": identifiers, "status": state, "reason": reason,
                 "message": "Invalid value for custom_data.currency: 'EURO'" if state == "dead" else "", "warnings": warnings}
        listed.append({**entry, "latency": 0.84} if state == "delivered" else entry)
    return {"events": listed, "missed": 0}


def letters(now):
    def letter(number, reason, message):
        return {"number": number, "account": ACCOUNTS[0], "reason": reason, "meaning": "", "message": message, "died": now - 600 * number,
                "event": "purchase", "name": "checkout", "event_id": f"order-{number}", "time": now - 700 * number,
                "accepted": now - 700 * number, "attempts": 1, "bytes": 1200, "identifiers": ["em", "client_ip_address"]}

    return {"groups": [{"account": ACCOUNTS[0], "reason": "refused", "meaning": "", "count": 5, "oldest": now - 6000, "newest": now - 600},
                       {"account": ACCOUNTS[1], "reason": "too_old", "meaning": "", "count": 2, "oldest": now - 90000, "newest": now - 86000}],
            "letters": [letter(number, "refused", "Invalid value for custom_data.currency: 'EURO'") for number in range(1, 6)]}


def attention(now):
    return {"items": [
        {"urgency": "act", "kind": "account_paused", "title": f"{ACCOUNTS[1]} is paused: Pinterest refuses its events", "detail": PAUSED_REASON,
         "advice": "Fix the token or the ad account id, then reload the configuration.", "since": now - 5400, "count": 1, "facts": []},
        {"urgency": "look", "kind": "dead_letters", "title": "7 events could not be delivered", "detail": "They are kept as dead letters.",
         "advice": "Read the reasons, fix them, and replay or delete the dead letters.", "count": 7, "facts": []},
        {"urgency": "look", "kind": "log", "title": "A peer that is not in collect.trusted_proxies forwards visitors", "since": now - 900,
         "last": now - 60, "count": 3, "advice": "List it in collect.trusted_proxies (PINRELAY_TRUSTED_PROXIES) if it is your proxy",
         "facts": [{"name": "peer", "value": "10.0.3.7"}, {"name": "header", "value": "X-Forwarded-For"}]}]}


REPLAYED = {"state": "done", "dry_run": True, "selected": 5, "examined": 5, "moved": 0, "sent": [{"what": "checkout", "count": 4}],
            "stays": [{"what": "too_old: event_time: older than seven days", "count": 1}], "changed": []}
EXPLAINED = {"request": {"kind": "a JSON body", "method": "POST", "path": "/collect", "from": "127.0.0.1"}, "report": {"events": [{
    "index": 0, "event": "purchase", "status": "would_send", "destination": ACCOUNTS[0], "destination_because": "the only account",
    "form": "data layer event", "sender": {"is": "server", "because": "the user agent is a program's", "trust": "anonymous",
                                           "trust_because": "no key and no signature", "consent": "none", "consent_policy": "respect"},
    "pinterest": {"event_name": "checkout", "event_id": "order-4711", "user_data": {"em": ["8c87b489ce35cf2e2f39f80e282cb2e804932a56a213983eeeb428407d43b52d"]},
                  "custom_data": {"value": "79.99", "currency": "EUR"}},
    "origins": [{"field": "event_name", "from": "event", "rule": "the name that the table of event names gives"},
                {"field": "user_data.em", "from": "user_data.email", "rule": "SHA-256 of each address in lower case, without blanks"},
                {"field": "custom_data.value", "from": "ecommerce.value", "rule": "the amount as a decimal number"}],
    "unused": [{"key": "curency", "did_you_mean": "currency"}],
    "warnings": [{"code": "key_misspelt", "field": "curency", "message": "is one slip away from currency", "advice": "Correct the key."}]}]}}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        now = time.time()
        path, _, query = self.path.partition("?")
        answers = {"/status": lambda: status(now), "/history": lambda: history(now, "day" if "day" in query else "hour"),
                   "/events": lambda: events(now), "/dead-letters": lambda: letters(now), "/attention": lambda: attention(now),
                   "/dead-letters/replay": lambda: REPLAYED,
                   "/page/paths": lambda: {"paths": ["/status", "/history", "/events", "/dead-letters", "/attention", "/explain"]}}
        if path in answers:
            return self.answer(json.dumps(answers[path]()).encode(), "application/json")
        if path == "/events/stream":
            return self.stream(now)
        file = PAGE / ("index.html" if path == "/" else path.removeprefix("/page/"))
        if not file.is_file():
            return self.answer(b"{}", "application/json", 404)
        return self.answer(file.read_bytes(), TYPES[file.suffix])

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        answer = EXPLAINED if self.path == "/explain" else {**REPLAYED, "dry_run": "dry_run=true" in self.path, "moved": 4}
        self.answer(json.dumps(answer).encode(), "application/json")

    def answer(self, body, kind, code=200):
        self.send_response(code)
        for name, value in (("Content-Type", kind), ("Content-Length", str(len(body))), ("Content-Security-Policy", POLICY)):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def stream(self, now):
        """One event and the outcome of another, then silence until the end."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        fresh = {**events(now)["events"][1], "seq": 1000, "event_id": "order-live", "time": now}
        known_by_id = {"account": ACCOUNTS[1], "event_id": "order-4701", "status": "dead", "reason": "refused"}
        for kind, data in (("event", fresh), ("outcome", {"seq": 10, "status": "delivered", "latency": 1.5}), ("outcome", known_by_id)):
            self.wfile.write(f"event: {kind}\ndata: {json.dumps(data)}\n\n".encode())
        self.server.ended.wait()
        self.close_connection = True

    def log_message(self, *_):
        pass


class FakeAdmin:
    def __enter__(self):
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.ended = threading.Event()
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.ended.set()
        self._server.shutdown()
        self._server.server_close()
