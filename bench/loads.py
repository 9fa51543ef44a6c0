"""The loads of bench/run: what wrk sends, over how many connections, and how much each request holds."""
import dataclasses
import json
import pathlib
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[1]
ID = "@ID@"  # stands for what tells requests apart: duplicates would not be stored
BROWSER = ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 "
           "Safari/605.1.15")

# Each request has an id of its run, of its thread and of its own. `delay` is in milliseconds.
SCRIPT = """
local thread_count = 0
function setup(thread) thread:set("number", thread_count); thread_count = thread_count + 1 end
local count = 0
local run = os.time()
local function pieces(text)
    local all = {}
    local from = 1
    while true do
        local at, to = text:find("%(id)s", from, true)
        if not at then table.insert(all, text:sub(from)); return all end
        table.insert(all, text:sub(from, at - 1))
        from = to + 1
    end
end
local path, body = pieces([==[%(path)s]==]), pieces([==[%(body)s]==])
local headers = {["Content-Type"] = "%(type)s", ["User-Agent"] = "%(agent)s"}
function request()
    count = count + 1
    local id = run .. "-" .. number .. "-" .. count
    return wrk.format("POST", table.concat(path, id), headers, table.concat(body, id))
end
%(delay)s
function done(summary, latency)
    io.write(string.format("RESULT %%d %%d %%f %%f %%d\\n", summary.requests, summary.duration, latency:percentile(50.0),
        latency:percentile(99.0), summary.errors.status + summary.errors.read + summary.errors.timeout))
end
"""


@dataclasses.dataclass(frozen=True)
class Load:
    name: str
    connections: int
    goal: str = ""  # as a ratio to nginx proxy_pass, of the same request in the same round
    events: int = 1  # of a request
    body: str = ""
    query: str = ""
    durability: str = "disk"
    rate: float = 0.0  # as a part of what the load before it reached; 0: as fast as it goes

    def script(self, path, delay):
        return SCRIPT % {"id": ID, "path": path + ("?" + self.query if self.query else ""), "body": self.body,
                         "type": "application/json" if self.body else "text/plain", "agent": BROWSER,
                         "delay": f"function delay() return {delay:.0f} end" if delay else ""}


def purchase():
    event = json.loads((ROOT / "config/samples/purchase.json").read_text())
    return json.dumps({**event, "event_id": ID})


def measurement_protocol(events):
    case = json.loads((ROOT / "tests/golden/measurement_protocol/purchase/request.json").read_text())
    case.pop("timestamp_micros", None)
    first = case["events"][0]
    case["events"] = [{**first, "params": {**first["params"], "event_id": f"{ID}-{number}",
                                           "transaction_id": f"{ID}-{number}"}} for number in range(events)]
    return json.dumps(case)


def google_tag():
    items = {f"pr{number}": f"id{name}~nm{name} shirt~pr39.99~qt1~brAcme" for number, name in ((1, "Blue"), (2, "Red"))}
    return urllib.parse.urlencode({
        "v": "2", "tid": "G-TEST123", "cid": "1234567890.1713570000", "dl": "https://shop.example/thanks", "en": "purchase",
        "cu": "USD", "epn.value": "79.98", **items,
        "em": "tv.1~em.huC55WwXzE0SOH4ZSbhQU_vnO8POWhGIcTqdMAzGEz0"}) + f"&ep.transaction_id={ID}"


LOADS = [
    Load("32 connections", 32, "2", body=purchase()),
    Load("a third of that rate", 32, "", body=purchase(), rate=1 / 3),
    Load("256 connections", 256, "1.2", body=purchase()),
    Load("1 connection", 1, "", body=purchase()),
    Load("durability memory", 32, "", body=purchase(), durability="memory"),
    Load("25 events a request", 32, "", events=25, body=measurement_protocol(25)),
    Load("Google tag, 2 items", 32, "2.2", query=google_tag()),
]
