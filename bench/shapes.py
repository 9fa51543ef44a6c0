"""Requests that are small to send and long to read: one of each shape that makes work. `CASES` has them by name."""
import gzip
import json

MIB = 1024 * 1024
ROOM = MIB - 1024  # for a body within collect.max_body_bytes
LONGEST_HEADER = 7 * 1024  # of one field, within collect.max_header_bytes


def post(body, path="/collect", fields=b""):
    return b"POST %s HTTP/1.1\r\nHost: a\r\n%sContent-Length: %d\r\n\r\n%s" % (path.encode(), fields, len(body), body)


def filled(head, part, tail, room=ROOM):
    """`head`, as many of `part` as there is room for, and `tail`."""
    return head + part * ((room - len(head) - len(tail)) // len(part)) + tail


def event(**more):
    return {"event": "sign_up", "user_data": {"email": "a@shop.example"}, **more}


def purchase(number=0):
    return post(json.dumps({
        "event": "purchase", "event_id": f"order-{number}", "page_location": "https://shop.example/thanks?order=1",
        "user_data": {"email": f"visitor-{number}@example.com", "phone": "+14155550123"}, "value": 79.99, "currency": "EUR",
        "items": [{"item_id": "SKU-1", "item_name": "Shirt", "price": 39.99, "quantity": 2}]}).encode())


def wide(room=ROOM):
    return filled(b'{"event":"sign_up","x":[', b"0,", b"0]}", room)


def keys():
    return json.dumps(event() | {f"key{n}": n for n in range(60_000)}, separators=(",", ":")).encode()[:ROOM]


def events_with_items(events, items):
    item = {"item_id": "a", "price": 1}
    return json.dumps([event(event="purchase", items=[item] * items)] * events, separators=(",", ":")).encode()


def wire_lines(lines, query):
    return post(b"\n".join([b"en=page_view"] * lines), f"/g/collect?v=2&{query}")


def many_events(count, fields=b"", path="/collect"):
    fields += b"Origin: https://shop.example\r\n" + (b"" if b"User-Agent" in fields else b"User-Agent: Mozilla/5.0\r\n")
    return post(json.dumps([{"event": "search"}] * count, separators=(",", ":")).encode(), path, fields)


def url_body(url):
    return json.dumps(event(page_location=url)).encode()


def url_event(url):
    return post(url_body(url))


CASES = {
    "a purchase": purchase(),
    "[0,0,…]": post(wide()),
    "the same as gzip": post(gzip.compress(wide())),
    "[[],[],…]": post(filled(b'{"event":"sign_up","x":[', b"[],", b"[]]}")),
    '[{"":0},…]': post(filled(b'{"event":"sign_up","x":[', b'{"":0},', b"0]}")),
    "arrays 28 deep": post(filled(b'{"event":"sign_up","x":[', b"[" * 28 + b"]" * 28 + b",", b"0]}")),
    "180 events of 200 items": post(events_with_items(180, 200)),
    "120 events of 130 items": post(events_with_items(120, 130)),
    "one key, repeated": post(filled(b'{"event":"sign_up",', b'"value":1,', b'"value":1}')),
    "60,000 keys": post(keys()),
    "JSON in a text": post(filled(b'{"event":"sign_up","ecommerce":"[', b"0,", b'0]"}')),
    "the same, escaped": post(filled(b'{"event":"sign_up","items":"[', b"0\\u002c", b'0]"}')),
    "broken JSON": post(filled(b'[{"event":"a"},', b"{},", b"{")),
    "200 lines that share a query": wire_lines(200, "&".join(f"ep.a{n}=1" for n in range(700))),
    "70 lines that share a query": wire_lines(70, "&".join(f"ep.a{n}=1" for n in range(700))),
    "a form of one pair": post(filled(b"event=sign_up&items=[", b"0%2C", b"0]")),
    "a form of many pairs": post(filled(b"event=sign_up", b"&a=1", b"")),
    "a URL of a megabyte": url_event("https://shop.example/?" + "a=%25&" * 170_000),
    "a path of a megabyte": url_event("https://shop.example/" + "a%25b/" * 170_000),
    "120 URLs of 8 KiB": post(json.dumps([event(page_location="https://shop.example/?" + "a=%25;" * 1_350)] * 120).encode()),
    "a text of a megabyte": post(json.dumps(event(page_title="a@b " * 255_000)).encode()),
    "5,000 events": many_events(5_000),
    "5,000 events, a long Referer": many_events(5_000, b"Referer: https://a.example/?" + b"a=%25&" * 1_150 + b"\r\n"),
    "5,000 events, a long User-Agent": many_events(5_000, b"User-Agent: " + b"Mozilla/5.0 a " * 500 + b"\r\n"),
    "5,000 events, fields at their bounds": many_events(
        5_000, b"Referer: https://a.example/?" + b"a=%25&" * 15 + b"\r\nUser-Agent: Mozilla/5.0" + b" a" * 55 + b"\r\n"),
    "5,000 events, 90 fields": many_events(5_000, b"".join(b"X-Field-%d: a\r\n" % n for n in range(90))),
    "5,000 events, a long Host": many_events(5_000, b"Host: %s\r\n" % (b"a.example." * 900)).replace(b"Host: a\r\n", b"", 1),
    "5,000 events, a long Cookie": many_events(5_000, b"Cookie: " + b"a=b; " * 1_400 + b"\r\n"),
    "5,000 events, a long query": many_events(5_000, path="/collect?" + "a=b&" * 1_700),
    "5,000 objects, a long query": post(json.dumps([{"e": 1}] * 5_000).encode(), "/collect?" + "a=b&" * 1_700),
}
