"""Made-up people's data and secrets that occur nowhere else, and a search for them in whatever spelling they came out."""
import base64
import json
import re
import urllib.parse

EMAILS = {"email": "canary.q7x@kanarie-insel.example", "e-mail in upper case": "CANARY.UPPER.Q7X@KANARIE-INSEL.EXAMPLE",
          "e-mail with plus": "canary+plus.q7x@kanarie-insel.example"}
EMAIL = EMAILS["email"]
PHONES = ("+49 151 20983417", "+4915120983417", "0049 (0) 151 / 209 834 17", "(0151) 2098-3417")
PHONE = PHONES[0]
PHONE_DIGITS = "15120983417"  # what all spellings share, without separators

FIRST_NAME, LAST_NAME = "Zebulonqx", "Wintermantelqx"
STREET, CITY, POSTAL_CODE = "Quittengasse 47bqx", "Hinterkanarienqx", "QX47 9ZK"
BIRTH_DATE = "1957-11-23"
USER_ID = "cust-canary-55123"
ADVERTISING_ID = "3f9ac1de-7b42-4c55-9a0e-c4a9a7e1b001"

TOKEN = "pina_CANARY_token_that_is_not_real_8812345"
KEY = "CANARY_sender_key_7712345"
SIGNING_KEY = "CANARY_signing_key_6612345"
OTHER_SECRET = "CANARY_of_the_environment_5512345"
SECRETS = {"token": TOKEN, "key": KEY, "signing key": SIGNING_KEY, "other secret": OTHER_SECRET}

PERSON = {**EMAILS, **{f"phone {phone}": phone for phone in PHONES}, "first name": FIRST_NAME, "last name": LAST_NAME,
          "street": STREET, "city": CITY, "postal code": POSTAL_CODE, "postal code, packed": "QX479ZK",
          "birth date": BIRTH_DATE, "birth date, packed": "19571123", "user id": USER_ID,
          "advertising id": ADVERTISING_ID}
NEEDLES = {name: text.lower().encode() for name, text in {**PERSON, **SECRETS}.items()}

ESCAPE = re.compile(rb"\\u([0-9a-fA-F]{4})")
BASE64_RUN = re.compile(rb"[A-Za-z0-9+/_-]{16,}")
SEPARATORS = re.compile(rb"[ ()\-./+]")


def unescaped(data):
    """JSON's escapes taken off."""
    data = ESCAPE.sub(lambda found: chr(int(found.group(1), 16)).encode("utf-8", "surrogatepass"), data)
    return data.replace(b"\\/", b"/")


def from_base64(data):
    """What every run that may be base64 holds, read from each of its first four characters on."""
    parts = []
    for run in BASE64_RUN.findall(data):
        for start in range(4):
            text = run[start:].replace(b"-", b"+").replace(b"_", b"/")
            parts.append(base64.b64decode(text[:len(text) - len(text) % 4]))
    return b"\n".join(parts)


def views(data):
    """The data as it is, and with each of the encodings taken off in which a value can hide."""
    once = urllib.parse.unquote_to_bytes(data.replace(b"+", b" "))
    yield from (data, unescaped(data), once, urllib.parse.unquote_to_bytes(once), from_base64(data))


def found_in(data):
    """The names of the canaries in the bytes."""
    found = set()
    for view in map(bytes.lower, views(data)):
        found |= {name for name, needle in NEEDLES.items() if needle in view}
        if PHONE_DIGITS.encode() in SEPARATORS.sub(b"", view):
            found.add("phone")
    return sorted(found)


def found_in_folder(folder):
    """{file: canaries} of all files below."""
    found = {str(path): found_in(path.read_bytes()) for path in folder.rglob("*") if path.is_file()}
    return {path: names for path, names in found.items() if names}


def address():
    return {"first_name": FIRST_NAME, "last_name": LAST_NAME, "street": STREET, "city": CITY, "postal_code": POSTAL_CODE,
            "country": "DE"}


def user_data():
    """The person in GA4's words."""
    return {"email_address": list(EMAILS.values()), "phone_number": list(PHONES), "address": [address()],
            "date_of_birth": BIRTH_DATE, "external_id": USER_ID, "madid": ADVERTISING_ID}


def strangers_page(path="", *more):
    """A page's URL with a person that the event itself need not know of."""
    values = [("email", EMAIL), ("e-mail", EMAILS["e-mail with plus"]), ("phone", PHONE), ("tel", PHONES[3]), ("x", PHONES[1]),
              ("name", f"{FIRST_NAME} {LAST_NAME}"), ("first_name", FIRST_NAME), ("lname", LAST_NAME), ("gaid", ADVERTISING_ID),
              ("billing_address", STREET), ("zip", POSTAL_CODE), ("dob", "19571123"), ("token", TOKEN), ("api_secret", KEY),
              ("password", SIGNING_KEY), ("next", f"https://shop.example/?mail={EMAIL}"), *more, ("utm_source", "pinterest"),
              ("epik", "dj0yJnU9canary")]
    return (f"https://{USER_ID}:{KEY}@shop.example/u/{urllib.parse.quote(EMAIL)}{path}?" + urllib.parse.urlencode(values)
            + f"#mail={EMAIL}")


def page():
    """The same, and the event's own person wherever a site may have put it."""
    return strangers_page("/" + urllib.parse.quote(PHONES[3]), ("q", PHONES[2]), ("h", FIRST_NAME), ("d", BIRTH_DATE),
                          ("uid", USER_ID), ("n", f"{FIRST_NAME} {LAST_NAME}"), ("who", ADVERTISING_ID), ("p", POSTAL_CODE))


def texts():
    """Parameters that Pinterest gets as they are, with what can be told to be a person's."""
    return {"page_location": page(), "page_referrer": page(), "page_title": f"Hello {FIRST_NAME} {LAST_NAME} {EMAIL}",
            "search_term": f"reach me: {EMAILS['e-mail in upper case']}", "content_name": f"gift for {PHONE}",
            "content_category": urllib.parse.quote(EMAIL), "content_brand": f"brand {PHONES[3]}", "coupon": EMAIL,
            "my_own_parameter": f"{EMAIL} {FIRST_NAME} {STREET}", "transaction_id": PHONES[1],
            "value": 10, "currency": "EUR",
            "items": [{"item_id": EMAIL, "item_name": f"card for {EMAIL}", "price": 10, "item_brand": f"call {PHONE}",
                       "item_category": EMAIL, "item_variant": LAST_NAME}]}


def as_json(value):
    return json.dumps(value).encode()
