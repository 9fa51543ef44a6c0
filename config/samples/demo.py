#!/usr/bin/env python3
"""What ./run does: a local Pinterest and a relay, the samples of this folder sent through both, and what came out."""
import argparse
import json
import pathlib
import signal
import sys
import threading

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "tests" / "support"))
import harness  # noqa: E402

BOLD, DIM, GREEN, RED, OFF = ("\033[1m", "\033[2m", "\033[32m", "\033[31m", "\033[0m") if sys.stdout.isatty() else [""] * 5
SHORT_DIGEST = 12

# A purchase of its own each time: one that was sent before is a duplicate. The shell fills in the time.
TRY = ("{\"event\": \"purchase\", \"event_id\": \"test-'$(date +%s)'\", \"value\": 79.99, \"currency\": \"EUR\", "
       "\"user_data\": {\"email\": \"jane@example.com\"}}")


def shortened(value):
    """Digests cut for reading; everything else as it is."""
    if isinstance(value, dict):
        return {key: shortened(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shortened(inner) for inner in value]
    if isinstance(value, str) and len(value) == 64 and all(c in "0123456789abcdef" for c in value):
        return value[:SHORT_DIGEST] + "…"
    return value


def sample_ids(body):
    """The event ids that a sample carries, in any of its shapes."""
    members = body if isinstance(body, list) else body.get("events", [body])
    return [member.get("event_id") or member["params"]["event_id"] for member in members]


def show(title, value):
    print(f"{DIM}{title}{OFF}")
    for line in json.dumps(value, ensure_ascii=False, indent=2).splitlines():
        print("    " + line)


def send_samples(relay, mock):
    """Sends every sample; gives the number of events that were sent and that Pinterest acknowledged."""
    wanted = {}
    for path in sorted(HERE.glob("*.json")):
        text = path.read_text()
        status, _, answer = relay.post(text)
        print(f"{BOLD}POST /collect  {path.name}{OFF} → {status} {answer.decode()}")
        wanted[path.name] = sample_ids(json.loads(text))

    total = sum(len(ids) for ids in wanted.values())
    try:
        harness.wait_delivered(relay, total)
    except TimeoutError as late:
        print(f"{RED}{late}{OFF}")
    received = {record["event"]["event_id"]: record for record in mock.records()}

    acknowledged = 0
    for name, ids in wanted.items():
        print(f"\n{BOLD}{name}{OFF}")
        show("came in", json.loads((HERE / name).read_text()))
        for event_id in ids:
            record = received.get(event_id)
            if record is None:
                print(f"{RED}Pinterest did not get {event_id}{OFF}")
                continue
            answer = record["verdict"]["status"]
            acknowledged += answer == "processed"
            show(f"Pinterest got, and answered {answer}", shortened(record["event"]))
    return total, acknowledged


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binaries", required=True, type=pathlib.Path, help="folder of pinrelay and pinterest-mock")
    parser.add_argument("--once", action="store_true", help="end after the samples")
    options = parser.parse_args()

    with harness.Workspace() as workspace:
        mock = workspace.mock(options.binaries / "pinterest-mock")
        relay = workspace.relay(options.binaries / "pinrelay", mock, allowed_origins="http://localhost:3000")
        print(f"Pinterest (local) {mock.url}    relay {relay.url}    admin http://127.0.0.1:{relay.admin_port}\n")
        total, acknowledged = send_samples(relay, mock)
        balance = relay.balance()
        all_there = acknowledged == total
        print(f"\n{GREEN if all_there else RED}{acknowledged} of {total} events acknowledged by Pinterest{OFF}; "
              + ", ".join(f"{name} {count}" for name, count in balance.items()))
        if options.once:
            return 0 if all_there else 1

        print(f"\n{BOLD}Try it{OFF} (Ctrl-C ends):\n"
              f"  curl -s {relay.url}/collect -H 'Accept: application/json' -d '{TRY}'\n"
              f"  curl -s '{relay.url}/collect?debug=1' -d @config/samples/purchase.json\n"
              f"  curl -s http://127.0.0.1:{relay.admin_port}/metrics | grep ^pinrelay_events\n"
              f"What Pinterest gets is appended to {mock.record_path}")
        ended = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: ended.set())
        ended.wait()
        return 0


if __name__ == "__main__":
    sys.exit(main())
