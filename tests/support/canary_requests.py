"""The canaries in every form of request that src/decode reads, and in places where nobody expects them."""
import base64
import gzip
import json
import re
from urllib.parse import quote, urlencode

import harness
from canaries import (ADVERTISING_ID, BIRTH_DATE, CITY, EMAIL, EMAILS, FIRST_NAME, KEY, LAST_NAME, PHONE, PHONES, POSTAL_CODE,
                      STREET, TOKEN, USER_ID, address, as_json, page, strangers_page, texts, user_data)

BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
           "X-Forwarded-For": "203.0.113.45", "Sec-Fetch-Site": "same-origin"}
MOST_BODY = 64 * 1024


def known_formats():
    """The names of the decoders, from their table."""
    table = (harness.ROOT / "src" / "decode" / "formats.cpp").read_text()
    return re.findall(r"^    make_(\w+),", table, re.MULTILINE)


def event(event_id, name="purchase", **more):
    return {"event": name, "event_id": event_id, "user_id": USER_ID, "user_data": user_data(), **texts(), **more}


def flat(event_id):
    """Pairs of a form, with dotted keys."""
    pairs = {"event_name": "purchase", "event_id": event_id, "user_id": USER_ID, "page_location": page(),
             "search_term": EMAIL, "user_data.email_address": EMAIL, "user_data.phone_number": PHONE,
             "user_data.date_of_birth": BIRTH_DATE, "user_data.madid": ADVERTISING_ID}
    return {**pairs, **{f"user_data.address.0.{key}": value for key, value in address().items()}}


def segment(event_id):
    traits = {"email": EMAIL, "phone": PHONE, "firstName": FIRST_NAME, "lastName": LAST_NAME, "birthday": BIRTH_DATE,
              "address": {"street": STREET, "city": CITY, "postalCode": POSTAL_CODE, "country": "DE"}}
    call = {"type": "track", "event": "Order Completed", "messageId": event_id, "userId": USER_ID, "anonymousId": "a-1",
            "properties": {**texts(), "event_id": event_id, "advertisingId": ADVERTISING_ID},
            "context": {"traits": traits, "page": {"url": page()},
                                                  "ip": "203.0.113.45", "userAgent": BROWSER["User-Agent"]}}
    return {"batch": [call, {"type": "identify", "userId": USER_ID, "traits": traits}]}


def hit(event_id):
    """A hit of the Google tag."""
    pairs = {"v": "2", "tid": "G-TEST123", "cid": "1.2", "uid": USER_ID, "en": "purchase", "dl": page(), "dr": page(),
             "dt": FIRST_NAME, "ep.event_id": event_id, "ep.search_term": EMAIL, "ep.user_data.email": EMAIL,
             "ep.user_data.phone_number": PHONE, "ep.user_data.date_of_birth": BIRTH_DATE,
             "ep.user_data.madid": ADVERTISING_ID, "pr1": f"id{EMAIL}~nm{quote(EMAIL)}~pr10", "cu": "EUR", "epn.value": "10"}
    return urlencode({**pairs, **{f"ep.user_data.address.{key}": value for key, value in address().items()}})


def in_forms():
    """{form: (method, path, body)}; the event's id is the form's name."""
    data = as_json({"event_id": "data_tag", "user_id": USER_ID, "user_data": user_data(), **texts()})
    protocol = {"client_id": "1.2", "user_id": USER_ID, "user_data": user_data(), "ip_override": "203.0.113.45",
                "events": [{"name": "purchase", "params": {**texts(), "event_id": "measurement_protocol"}}]}
    lines = b"\n".join([as_json(event("json_lines")), as_json(event("json_lines-2")), b'{"event": "' + EMAIL.encode()])
    return {
        "measurement_protocol": ("POST", "/collect/mp/collect", as_json(protocol)),
        "segment": ("POST", "/collect", as_json(segment("segment"))),
        "batch": ("POST", "/collect", as_json([event("batch"), event("batch-2"), {"event": {EMAIL: PHONE}}])),
        "event_data": ("POST", "/collect", as_json({**event("event_data"), "event_name": "purchase", "x-ga-gcs": "G111"})),
        "data_layer": ("POST", "/collect", as_json({"event": "purchase", "event_id": "data_layer", "user_id": USER_ID,
                                                    "user_data": user_data(), "ecommerce": texts()})),
        "json_lines": ("POST", "/collect", lines),
        "gtag": ("GET", f"/collect/g/collect?{hit('gtag')}", b""),
        "data_tag": ("GET", "/collect/data?v=2&event_name=purchase&dtdc=" + quote(base64.b64encode(data), safe=""), b""),
        "form": ("POST", "/collect", urlencode(flat("form")).encode()),
        "universal_analytics": ("POST", "/collect", urlencode({"v": "1", "t": "pageview", "uid": USER_ID, "dl": page()}).encode()),
    }


def not_sent():
    """{name: event} of events that are taken and dropped, or refused one by one."""
    return {
        "an unknown name": event("unknown", EMAIL), "a name that is a person's": event("unknown-2", f"{FIRST_NAME} {PHONE}"),
        "not forwarded": event("refund", "refund"), "no consent": event("denied", consent_state={"ad_storage": False}),
        "too old": event("old", timestamp="2001-01-01T00:00:00Z"), "an unreadable time": event("time", timestamp=EMAIL),
        "unreadable amounts": event("amounts", value=EMAIL, currency=PHONE),
        "no match keys": {"event": "purchase", "ip_override": EMAIL, "user_agent": "", "user_data": {"phone_number": PHONE},
                          "page_location": strangers_page()},
        "impossible identifiers": event("odd", page_location=strangers_page(), content_brand="", user_data={"email": f"{FIRST_NAME}@{LAST_NAME}@", "phone_number": FIRST_NAME,
                                                          "address": STREET, "date_of_birth": EMAIL}),
        "ids of people": event(EMAIL, transaction_id=PHONE), "a phone as id": event(PHONES[3], client_id=EMAIL),
        "words that have none": event("words", action_source=EMAIL, language=EMAIL, opt_out_type=EMAIL, customer_type=PHONE,
                                      click_id=EMAIL, epik=EMAIL, debug_mode=EMAIL, partner_id=EMAIL, app_name=EMAIL),
    }


def not_read():
    """{name: body} of bodies that no decoder takes."""
    whole = as_json(event("unread"))
    return {
        "cut off": whole[:-30], "cut off in a value": whole[:whole.index(EMAIL.encode()) + 9],
        "a value without quotes": f'{{"event":"purchase","email":{EMAIL}}}'.encode(),
        "invalid UTF-8": whole.replace(FIRST_NAME.encode(), FIRST_NAME.encode() + b"\xff"),
        "no event": as_json({"user_data": user_data(), EMAIL: PHONE}), "keys of canaries": as_json({EMAIL: {PHONE: TOKEN}}),
        "a name of another type": as_json({"event": {EMAIL: PHONE}}), "a text": as_json(EMAIL), "bare": EMAIL.encode(),
        "a number too large": as_json(event("n")).replace(b": 10,", b": 1e999,"),
        "too deep": b'{"event":"' + EMAIL.encode() + b'","x":' + b"[" * 64 + b"]" * 64 + b"}",
        "events of names": as_json({"events": [{"name": {EMAIL: 1}}, {EMAIL: 2}]}),
        "too large": as_json(event("large", filler=EMAIL * MOST_BODY)),
        "gzip that unpacks to too much": gzip.compress(as_json(event("large", filler=EMAIL * MOST_BODY))),
        "gzip cut off": gzip.compress(whole)[:-9],
    }


def in_odd_places():
    """(method, path, body, headers) with canaries around a good event, or in place of one."""
    good = as_json(harness.sign_up("odd-place", user_data=user_data()))
    who = urlencode({"email": EMAIL, "phone": PHONE, "name": FIRST_NAME, "debug": "0"})
    named = {"X-Email": EMAIL, "X-Phone": PHONES[1], "X-" + FIRST_NAME: LAST_NAME, "Cookie": f"mail={EMAIL}; _epik={EMAIL}",
             "Referer": page(), "Origin": f"https://{FIRST_NAME}.example", "Accept-Language": EMAIL}
    preflight = {"Origin": f"https://{FIRST_NAME}.example", "Access-Control-Request-Headers": FIRST_NAME}
    return [
        ("POST", f"/collect?{who}", good, {}), ("POST", f"/collect?{who}&api_secret={KEY}", good, {}),
        ("POST", "/collect", good, named), ("POST", "/collect", good, {"Content-Type": f"text/{EMAIL}"}),
        ("POST", "/collect", good, {"Content-Type": f"multipart/form-data; boundary={EMAIL}"}),
        ("POST", "/collect", good, {"Content-Encoding": EMAIL}), ("POST", "/collect", good, {"X-Pinrelay-Key": TOKEN}),
        ("POST", "/collect", good, {"X-Pinrelay-Signature": EMAIL, "X-Pinrelay-Timestamp": PHONES[1]}),
        ("POST", "/collect", good, {"User-Agent": f"Shop/1.0 (+mailto:{EMAIL}; {PHONE})"}),
        ("POST", "/collect", good, {"X-Forwarded-For": f"{FIRST_NAME}, {EMAIL}"}),
        ("GET", f"/{quote(EMAIL)}/{FIRST_NAME}?{who}", b"", {}), ("POST", f"/collect/{quote(EMAIL)}", good, {}),
        (f"{FIRST_NAME.upper()}", "/collect", good, {}), ("OPTIONS", "/collect", b"", preflight),
        ("POST", "/collect", gzip.compress(good), {"Content-Encoding": "gzip"}),
        ("GET", f"/collect?event=sign_up&{who}&user_data.email_address={quote(EMAILS['e-mail with plus'])}", b"", {}),
    ]
