#!/usr/bin/env python3
"""Writes vectors.tsv: what the rules of identity make of real and of broken input, worked out without the C++ code.

    make_vectors.py            writes vectors.tsv beside this file
    make_vectors.py --check    compares it with what would be written; 1 and a difference where they differ

Text rules are implemented here a second time on Python's standard library (its own Unicode tables, hashlib, ipaddress,
base64). Where a rule is a table (words for a gender, names of countries and regions) or a library of numbering plans
(phones), the expected value is written by hand beside the input. A row: field, input as JSON text, hint (country or
region), normalised text as JSON text or "-", SHA-256 of it or "-".
"""
import base64
import binascii
import datetime
import difflib
import hashlib
import ipaddress
import json
import pathlib
import re
import sys
import unicodedata

VECTORS = pathlib.Path(__file__).with_name("vectors.tsv")
LONGEST = 1000

# Published or worked out by others; whatever this file computes has to agree with them.
PINNED = {
    "user@example.com": "b4c9a289323b21a01c3e940f150eb9b8c542587f1abfd8f0e1cc1ffc5e475514",
    "15551234567": "d6736136ea896c1bfdc553e0e86e702c70d060d805696ca3e4e9e0961353860a",
    "+15551234567": "8a59780bb8cd2ba022bfa5ba2ea3b6e07af17a7d8b30c1f9b3390e36f69019e4",
    "f": "252f10c83610ebca1a059c0bae8255eba2f95be4d1d7bcfa89d7248a82d9f111",
    "m": "62c66a7a5dd70c3146618063c344e531e6d4b59e379808443ce962b3abd63c5a",
    "n": "1b16b1df538ba12dc3f97edbb85caa7050d46c148134290feba80f8236c83db9",
    "19971226": "069068313b0b2dd680b9f0b8082228a817fb100433ad1d825ccc4d20123669a8",
    "john": "96d9632f363564cc3032521409cf22a852f2032eec099ed5967c0d000cec607a",
    "josé": "d994e1d001886fe5b45b1267bd1fa2b752ac50742579bd3dad7b2a2aa0ed6866",
    "sanfrancisco": "1a6bd4d9d79dc0a79b53795c70d3349fa9e38968a3fbefbfe8783efb1d2b6aac",
    "sãopaulo": "3eda1428ae1aece064071f8d40f08fe2bc59ffa66c171a163caf15122ec4d7f0",
    "ca": "6959097001d10501ac7d54c0bdb8db61420f658f2922cc26e46d536119a31126",
    "CA": "4b650e5c4785025dee7bd65e3c5c527356717d7a1c0bfef5b4ada8ca1e9cbe17",
    "us": "79adb2a2fce5c6ba215fe5f27f532d4e7edbac4b6a5e09e1ef3a08084a904621",
    "US": "9b202ecbc6d45c6d8901d989a918878397a3eb9d00e8f48022fc051b19d21a1d",
    "94107": "c884a209ebe08750a7d13db63bd02233b375bd79786cbe329ab11586cc35dead",
    "aece52e7-03ee-455a-b3c4-e57283966239": "e6a11334660bb4c2d68090399aaf9d80b433a569b993c5e32e6cad9bcf550e11",
    "jane.doe@example.com": "86e0b9e56c17cc4d12387e1949b85053fbe73bc3ce5a1188713a9d300cc6133d",
    "+14155552671": "cb6880e416769253645cb9c6b8989154bf66a56a77fc14c81fb1019663cbb928",
    "14155552671": "758fbf68945f21c416814c539ab578876c8d98fb69e6da692def92cd52417fe0",
    "user-77": "def2f8cbd6ea70e00c8941af86f00a3a2eda32f4d4e279792655dfa41b6f8da3",
    "jane": "81f8f6dde88365f3928796ec7aa53f72820b06db8664f5fe76a7eb13e24546a2",
    "doe": "799ef92a11af918e3fb741df42934f3b568ed2d93ac1df74f1b8d41a27932a6f",
    "94103": "91dc2519ea98c5002cf2091e6a12b772eafdce9dca618e626d7d3b8275361789",
}
# Of these only the ends are published.
PINNED_ENDS = {
    "abc@gmail.com": ("48ddb93f", "8e08"),
    "1234589947": ("d164bbe0", "413b"),
    "in": ("58296753", "8ccf"),
    "wb": ("3b45022a", "3fdcd"),
    "99999": ("fd5f56b4", ""),
}


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


# --- the rules, a second time -------------------------------------------------------------------------------------

WHITE = set("\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000") | {chr(c) for c in range(0x2000, 0x200B)}
INVISIBLE = set("\u00ad\u061c\u180e\ufeff") | {
    chr(c) for a, b in ((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064), (0x2066, 0x2069)) for c in range(a, b + 1)}
ABSENT = set("undefined|(undefined)|null|(null)|none|(none)|nil|nan|n/a|#n/a|not set|(not set)|unknown|(unknown)|unset|"
             "anonymous|(anonymous)|(not provided)|(empty)|-|--|[]|{}|[object object]|\"\"|''|[null]".split("|"))
EMPTY_DIGESTS = {digest(word) for word in ("", "undefined", "null")}
EMPTY_BASE64 = base64.urlsafe_b64encode(hashlib.sha256(b"").digest()).decode().rstrip("=")


def blank(c):
    return c in WHITE or c in INVISIBLE or unicodedata.category(c) == "Cc"


def trim(text):
    while text and blank(text[0]):
        text = text[1:]
    while text and blank(text[-1]):
        text = text[:-1]
    return text


def absent(text):
    text = trim(text)
    folded = "".join(c.lower() if c < "\x80" else c for c in text)
    return (not text or folded in ABSENT or folded in EMPTY_DIGESTS or text == EMPTY_BASE64
            or bool(re.fullmatch(r"\{\{.*\}\}", text, re.S)) or bool(re.fullmatch(r"[0-]{32,}", text)))


def field(text):
    return None if len(text.encode()) > LONGEST or absent(text) else trim(text)


def lower_nfc(text):
    if len(text.encode()) > LONGEST:
        return None
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())


def email(text):
    if field(text) is None:
        return None
    text = lower_nfc("".join(c for c in text if not blank(c)))
    return text if re.fullmatch(r'[^@()<>\[\]:;,\\"]+@[^@()<>\[\]:;,\\"]+', text) else None


def name(text):
    text = field(text)
    return lower_nfc(text) if text and any(unicodedata.category(c)[0] == "L" for c in text) else None


def default_ignorable(c):
    return c in INVISIBLE or 0xFE00 <= ord(c) <= 0xFE0F or 0xE0000 <= ord(c) <= 0xE0FFF or c == "\u034f"


def city(text):
    text = field(text)
    if not text or not any(unicodedata.category(c)[0] == "L" for c in text):
        return None
    text = lower_nfc("".join(c for c in text if unicodedata.category(c)[0] in "LMN" and not default_ignorable(c)))
    return None if absent(text) else text


def calendar(year, month, day):
    try:
        return datetime.date(int(year), int(month), int(day)) if 1900 <= int(year) <= 2100 else None
    except ValueError:
        return None


def birth_date(text):
    text = field(text)
    if not text:
        return None
    if ":" in text:
        text = re.split("[Tt ]", text)[0]
    found = None
    if re.fullmatch("[0-9]{8}", text):
        found = calendar(text[:4], text[4:6], text[6:])
    elif m := re.fullmatch(r"([0-9]{4})( *[-/.,] *| +)([0-9]{1,2})( *[-/.,] *| +)([0-9]{1,2})", text):
        found = calendar(m[1], m[3], m[5]) if m[2].strip() == m[4].strip() else None
    elif m := re.fullmatch(r"([0-9]{1,2})( *[-/.,] *| +)([0-9]{1,2})( *[-/.,] *| +)([0-9]{4})", text):
        readings = {calendar(m[5], m[3], m[1])}
        if m[2].strip() != ".":
            readings.add(calendar(m[5], m[1], m[3]))
        readings.discard(None)
        found = readings.pop() if len(readings) == 1 and m[2].strip() == m[4].strip() else None
    return found.strftime("%Y%m%d") if found else None


def postal_code(text, country):
    text = field(text)
    if not text or any(c > "\x7f" and unicodedata.category(c)[0] == "L" for c in text):
        return None
    code = "".join(str(unicodedata.decimal(c)) if unicodedata.decimal(c, None) is not None else c.lower()
                   for c in text if unicodedata.decimal(c, None) is not None or re.fullmatch("[A-Za-z]", c))
    if country.lower() in ("us", "usa", "pr", "united states") or (not country and re.fullmatch(r"[0-9]{5}-[0-9]{4}", text)):
        code = re.sub("[a-z]", "", code)
        if len(code) < 5:
            return None
        code = code[:5]
    return code if 3 <= len(code) <= 10 and re.search("[0-9]", code) and code.strip("0") else None


def external_id_exact(text):
    text = field(text)
    return text if text and text.strip("0") else None


def external_id(text):
    text = external_id_exact(text)
    return lower_nfc(text) if text else None


def advertising_id(text):
    text = (field(text) or "").lower()
    return text if re.fullmatch("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text) else None


def public_address(text):
    try:
        address = ipaddress.ip_address(trim(text))
    except ValueError:
        return None
    if address.version == 6 and (address.scope_id or not (address.ipv4_mapped or address in ipaddress.ip_network("2000::/3"))):
        return None
    if address.version == 6:
        address = address.ipv4_mapped or address
    samples = [ipaddress.ip_network(n) for n in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")]
    if any(address.version == n.version and address in n for n in samples):
        return str(address)
    if address.version == 4 and address in ipaddress.ip_network("192.0.0.0/24"):
        return None  # versions of Python differ
    return str(address) if address.is_global and not address.is_multicast else None


def existing_digest(text):
    text = trim(text)
    if re.fullmatch("[0-9A-Fa-f]{64}", text):
        return text.lower()
    if re.fullmatch("[A-Za-z0-9_-]{43}", text):
        text += "="
    if not re.fullmatch("[A-Za-z0-9_+/-]{43}=", text):
        return None
    raw = base64.urlsafe_b64decode(text.replace("+", "-").replace("/", "_"))
    canonical = base64.urlsafe_b64encode(raw).decode() == text.replace("+", "-").replace("/", "_")
    return binascii.hexlify(raw).decode() if canonical else None


# --- the input ----------------------------------------------------------------------------------------------------

TEXTS = {
    "trim": [
        "", " ", "a", " a ", "\t\r\na b\v\f", "\u00a0a\u3000", "\u2003a\u2009", "\u200ba\u200b", "\ufeffa", "a\ufeff",
        "\u202a+1 415\u202c", "\u2068Jane\u2069", "\x00a\x1f", "\x7fa\x85", "a\u200bb", "\u2060\u00ada\u061c", "é ", " é",
        "\U0001f600 ", "\u1680a\u180e", "日本 ", "a\u0301 ",
    ],
    "lower_nfc": [
        "", "ABC", "JOSÉ", "JOSE\u0301", "İstanbul", "I\u0307stanbul", "ISPARTA", "ı", "STRASSE", "Straße", "STRAẞE", "ΟΔΥΣΣΕΥΣ",
        "ΣΑΣ ΣΑΣ", "Σ", "ÅNGSTRÖM", "\u212bngstro\u0308m", "\u2126", "한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8", "ǅ", "ДЖЕЙН",
        "ԱՐԱՄ", "Ꭰ", "ａＢＣ", "\u1e9b\u0323", "\U00010400", "ﬁ", "🙂", "a\u200bb", "\u0344", "Ā\u0300", "x" * 1000, "x" * 1001,
        "é" * 500, "é" * 501,
    ],
    "email": [
        " User@Example.COM ", " Jane.Doe@Example.com ", "abc@gmail.com", "jane.doe@gmail.com", "JaneDoe+shop@GMAIL.com",
        "jane @ example . com", "jane\u200b@example.com", "\ufeffjane@example.com", "jane\u00a0@example.com", "jane@example.com\n",
        "\tjane@example.com\r\n", "jane", "jane@", "@example.com", "@", "jane@doe@example.com", "a@x.org,b@x.org",
        "a@x.org;b@x.org", "Jane <jane@x.org>", "mailto:jane@x.org", "", " ", "undefined", "null", "NULL", "(not set)",
        "n/a", "[object Object]", "{{email}}", "user@localhost", "ÜMIT@EXAMPLE.COM", "U\u0308mit@example.com",
        "İpek@example.com", "jane@münchen.de", "JANE@MU\u0308NCHEN.DE", "ΝΙΚΟΣ@παράδειγμα.gr", "用户@例子.中国", "🙂@example.com",
        "jane%40example.com", "o'brien@example.com", "a_b-c.d@sub.example.co.uk", "x" * 988 + "@example.com",
        "x" * 989 + "@example.com", "jane\x00@example.com", "JANE@EXAMPLE.COM.", "\"jane\"@example.com",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    ],
    "name": [
        "John", "JOSÉ", "JOSE\u0301", "José", "Jane", "Doe", " Jane ", "Davis, Jr.", "O'Brien", "Mary Ann", "Anne-Marie",
        "\u200bJane\u200b", "van der Berg", "İpek", "I\u0307pek", "IŞIK", "Weiß", "WEISS", "ΟΔΥΣΣΕΥΣ", "Οδυσσεύς", "ÅSA",
        "A\u030aSA", "\u212bSA", "Nguyễn", "Nguye\u0302\u0303n", "NGUYỄN", "김민준", "\u1100\u1175\u11b7\u1106\u1175\u11ab\u110c\u116e\u11ab",
        "محمد", " محمد عبد الله ", "\u200fمحمد\u200f", "דוד", "山田", "Юлия", "ЮЛИЯ", "प्रिया", "สมชาย", "🙂", "Jane 🙂", "123", "?", "...",
        "undefined", "Null", "none", "(not set)", "Unknown", "anonymous", "-", "", "   ", "Na", "{{first name}}", "{name",
        "X Æ A-12", "ß", "ſmith", "Þór", "ŁUKASZ", "Ǆordan", "J", "نادیا‌زهرا", "x" * 1000, "x" * 1001, "[object Object]",
        "ﬁona", "Ｊａｎｅ",
    ],
    "birth_date": [
        "1997-12-26", "19971226", "1997/12/26", "1997.12.26", "1997 12 26", "1990,12,26", "1990, 12, 26", "1997-1-5",
        "1997-12-26T00:00:00Z", "1997-12-26T23:30:00.000+02:00", "1997-12-26 00:00:00", "1997-12-26t01:02", "26.12.1997",
        "5.1.1997", "26. 12. 1997", "12.26.1997", "12/26/1997", "26/12/1997", "26-12-1997", "12-26-1997", "05/05/1990",
        "05/06/1990", "5-6-1990", "05.06.1990", "12/26/1997 12:00:00 AM", "26 12 1997", "26,12,1997", "97-12-26", "12/26/97",
        "971226", "1997-02-29", "1996-02-29", "1900-02-29", "2000-02-29", "31.04.1980", "1997-13-01", "1997-00-10", "1997-10-00",
        "0000-00-00", "1899-12-31", "1900-01-01", "2100-12-31", "2101-01-01", "26121997", "1997-12", "1997", "1997-12/26",
        "1997--12-26", "-1997-12-26", "1997-12-26-", "1997-12-26x", "1997-012-26", "01997-12-26", "881107200",
        "881107200000", "Dec 26, 1997", "(not set)", "", "undefined", " 1997-12-26 ", "1997 - 12 - 26", "19970229",
        "99999999999999999999-1-1", "1997-12-99999999999", "١٩٩٧-١٢-٢٦", "13/13/1990", "31/12/1999", "1/31/1999", "1997-12-26T",
    ],
    "city": [
        "San Francisco", "São Paulo", "SA\u0303O PAULO", "Saint-Étienne", "St. Louis", "Washington, D.C.", "L'Aquila", "’s-Hertogenbosch",
        "Łódź", "MÜNCHEN", "Mu\u0308nchen", "Den Haag", "İstanbul", "I\u0307STANBUL", "ΑΘΗΝΑΣ", "東京", "서울", "\u1109\u1165\u110b\u116e\u11af",
        "القاهرة", "नई दिल्ली", "กรุงเทพฯ", "Köln (Innenstadt)", "Paris ❤\ufe0f", "Paris\u200b 8", "Paris 8e", "null,", "undefined.", "(null) ", "Nulles", "\u00a0Rome\u2003", "New_York",
        "Aix\u2011en\u2011Provence", "12345", "...", "🙂", "", "(not set)", "undefined", "Sankt Pölten", "Straßburg", "Zürich/Oerlikon",
        "x" * 1001, "Москва", "Hà Nội", "Ha\u0300 No\u0323\u0302i",
    ],
    "external_id": [
        "user-77", " User-77 ", "USER-77", "12345", "0", "000", " 0 ", "", "undefined", "null", "(not set)", "anonymous",
        "É-1", "E\u0301-1", "jane@example.com", "GA1.2.123.456", "\u200bid\ufeff", "id with space", "x" * 1001,
        "00000000-0000-0000-0000-000000000000", "A1B2C3D4-0000-0000-0000-000000000000", "007", "-1", "{{User ID}}",
    ],
    "external_id_exact": ["user-77", " User-77 ", "USER-77", "É-1", "E\u0301-1", "0", "undefined", "", "\ufeffAbC\n"],
    "advertising_id": [
        "AECE52E7-03EE-455A-B3C4-E57283966239", " aece52e7-03ee-455a-b3c4-e57283966239 ", "00000000-0000-0000-0000-000000000000",
        "00000000000000000000000000000000", "AECE52E703EE455AB3C4E57283966239", "AECE52E7-03EE-455A-B3C4-E5728396623",
        "AECE52E7-03EE-455A-B3C4-E57283966239A", "GECE52E7-03EE-455A-B3C4-E57283966239", "AECE52E7_03EE-455A-B3C4-E57283966239",
        "{AECE52E7-03EE-455A-B3C4-E57283966239}", "", "undefined", "AECE52E70-3EE-455A-B3C4-E57283966239",
    ],
    "public_address": [
        "203.0.113.45", "198.51.100.7", "192.0.2.1", "8.8.8.8", " 8.8.8.8 ", "1.1.1.1", "100.63.255.255", "100.64.0.1",
        "100.127.255.255", "100.128.0.1", "10.0.0.1", "11.0.0.1", "172.15.255.255", "172.16.0.1", "172.31.255.255", "172.32.0.1",
        "192.168.1.1", "192.167.255.255", "192.169.0.1", "127.0.0.1", "127.255.255.255", "0.0.0.0", "0.1.2.3", "169.254.1.1", "169.253.1.1",
        "198.18.0.1", "198.19.255.255", "198.20.0.1", "192.0.0.8", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        "223.255.255.255", "2001:db8::1", "2001:DB8:0:0:0:0:0:1", "2001:4860:4860::8888", "2a00:1450:4001:82a:0:0:0:200e", "::", "::1",
        "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1", "fec0::1", "::ffff:8.8.8.8", "::ffff:10.0.0.1",
        "::ffff:cb00:712d", "::8.8.8.8", "64:ff9b::808:808", "100::1", "8.8.8.8:443", "[2001:db8::1]", "[2001:db8::1]:443", "8.8.8",
        "8.8.8.256", "8.8.8.8.8", "08.8.8.8", "8.8.8.8, 10.0.0.1", "8.8.8.0/24", "example.com", "unknown", "", "2001:db8:::1",
        "8.8.8.8\x00", "0x8.8.8.8", "134744072", "2001:db8::g", "-1.2.3.4", "8.8.8.8 9.9.9.9",
    ],
    "existing_digest": [
        digest("jane@example.com"), digest("jane@example.com").upper(), " " + digest("jane@example.com") + "\n",
        digest("x")[:-1], digest("x") + "0", "g" + digest("x")[1:], digest("x")[:40], digest("x")[:32],
        base64.urlsafe_b64encode(hashlib.sha256(b"jane@example.com").digest()).decode().rstrip("="),
        base64.urlsafe_b64encode(hashlib.sha256(b"jane@example.com").digest()).decode(),
        base64.b64encode(hashlib.sha256(b"user@example.com").digest()).decode(),
        base64.b64encode(hashlib.sha256(b"a+b/c").digest()).decode().rstrip("="),
        base64.b64encode(b"\xff\xfe" * 16).decode(), base64.b64encode(b"\xff\xfe" * 16).decode().rstrip("="),
        "A" * 43, "A" * 42 + "B", "A" * 42 + "E", "A" * 44, "A" * 43 + "=", "A" * 42 + "==", "A" * 42 + "=",
        "A" * 42, "A" * 42 + "!", "", "jane@example.com", "é" + "A" * 41,
    ],
    "sha256": ["", "abc", "15551234567", "1234589947", "14155552671", "CA", "US", "01/01/1900", "male", "99999", "josé", "x" * 1000],
}

POSTAL_CODES = [
    ("94107-1234", "US"), ("94107", "us"), ("94103", "US"), ("941071234", "US"), ("94107 1234", "USA"), ("CA 94107", "US"),
    ("9410", "US"), ("abcde", "US"), ("99999", "US"), ("00000", "US"), ("00907-1234", "PR"), ("02139", "United States"),
    ("94107-1234", ""), ("94107", ""), ("94107-1234", "SA"), ("SW1A 1AA", "GB"), ("sw1a1aa", "GB"), ("SW1A-1AA", "UK"), ("K1A 0B1", "CA"),
    ("k1a-0b1", "CA"), ("1234 AB", "NL"), ("D02 AF30", "IE"), ("10115", "DE"), ("75 001", "FR"), ("01310-100", "BR"),
    ("100-0001", "JP"), ("〒１００－０００１", "JP"), ("١٢٣٤٥", "SA"), ("123", "IS"), ("12", "IS"), ("1234567890", "IR"), ("12345678901", "IR"),
    ("101", ""), ("ABC", "GB"), ("", "US"), ("(not set)", "US"), ("undefined", ""), ("SW1A 1ÄA", "GB"), ("110001", "IN"), ("0000", "AU"),
    ("2000", "AU"), (" 8001 ", "CH"), ("AD500", "AD"), ("LV-1010", "LV"), ("x" * 1001, "GB"), ("94107\u200b", "US"), ("9\u200b4107", "US"),
]

# Expected by hand: the table of words is the rule.
GENDERS = {
    "f": "f F Female female FEMALE Woman girl Lady w W weiblich Frau femme Féminin FE\u0301MININ femenino mujer femmina Donna feminino "
         "mulher vrouw kvinna kobieta Kadın женский Ж Mrs. Ms Mme 女 女性",
    "m": "m M Male male man boy H männlich MA\u0308NNLICH maennlich Mann Herr homme masculin masculino hombre varón maschio uomo homem "
         "mannelijk erkek мужской М Mr Mr. 男",
    "n": "n N x X other Other non-binary Non-Binary nonbinary non_binary diverse Divers divers neutral intersex nb otro autre altro anders",
    None: "unknown undefined null (not\u00a0set) g k v d 1 2 0 male/female prefer-not-to-say ? 🙂 fm mf femal",
}

COUNTRIES = {
    "us": ["US", "us", " US ", "USA", "usa", "U.S.", "U.S.A.", "United States", "UNITED STATES", "United States of America", "united  states"],
    "gb": ["GB", "GBR", "UK", "U.K.", "United Kingdom", "Great Britain", "England"],
    "de": ["DE", "DEU", "Germany", "germany", "Deutschland"], "fr": ["FR", "FRA", "France"], "es": ["ES", "España", "ESPAN\u0303A", "Spain"],
    "nl": ["NL", "Netherlands", "The Netherlands", "Holland"], "cz": ["CZ", "CZE", "Czech Republic", "Czechia"], "in": ["IN", "IND", "India"],
    "na": ["NA", "na", "NAM", "Namibia"], "no": ["NO", "Norway"], "ci": ["CI", "Côte d'Ivoire", "Cote d’Ivoire", "Ivory Coast"],
    "kr": ["KR", "South Korea", "Korea, Republic of"], "tr": ["TR", "Turkey", "Türkiye"], "tt": ["Trinidad and Tobago", "Trinidad & Tobago"],
    "lc": ["St. Lucia", "Saint Lucia"], "hk": ["HK", "Hong Kong"], "gr": ["GR", "EL", "Greece"], "ca": ["CA", "CAN", "Canada"],
    "ax": ["Åland Islands", "A\u030aland Islands", "Aland Islands"], "re": ["Réunion", "REUNION"], "xk": ["XK", "Kosovo"], "at": ["Österreich"],
    "ru": ["Russia", "Russian Federation"], "jp": ["日本", "Japan"], "vn": ["Viet Nam", "Vietnam"], "ae": ["UAE", "United Arab Emirates"],
    None: ["XX", "ZZ", "EU", "EA", "IC", "U", "", "undefined", "(not set)", "Atlantis", "049", "USB", "🇺🇸", "US, CA", "x" * 1001],
}

REGIONS = {
    ("ca", "US"): ["CA", "ca", " CA ", "California", "CALIFORNIA", "US-CA", "us-ca", "US_CA", "C.A."], ("ca", ""): ["CA", "California", "US-CA"],
    ("ny", "USA"): ["NY", "New York", "N.Y.", "new  york"], ("dc", "US"): ["DC", "D.C.", "District of Columbia", "Washington, D.C."],
    ("wa", "US"): ["WA", "Washington"], ("pr", "US"): ["PR", "Puerto Rico"], ("ae", "US"): ["AE"], ("wv", "US"): ["West Virginia"],
    ("on", "CA"): ["ON", "Ontario", "CA-ON"], ("qc", "CA"): ["QC", "Québec", "QUE\u0301BEC", "Quebec"], ("qc", ""): ["Québec"],
    ("bc", "Canada"): ["B.C.", "British Columbia"], ("nl", "CA"): ["Newfoundland and Labrador", "Newfoundland & Labrador"],
    ("wb", "IN"): ["WB", "wb", "IN-WB"], ("by", "DE"): ["BY", "DE-BY"], ("mi", "IT"): ["MI"],
    (None, "US"): ["ZZ", "ON", "Ontario", "CA-ON", "DE-BY", "XX-CA", "", "undefined", "(not set)", "C", "Californi", "12", "US-C", "x" * 1001],
    (None, "AU"): ["NSW", "New South Wales", "AU-NSW"], (None, "GB"): ["ENG", "GB-ENG", "London"], (None, "FR"): ["75", "FR-75", "Île-de-France"],
    (None, "CA"): ["California", "US-CA", "CA-CA"], (None, ""): ["Bavaria", "NSW", "XX-CA"], (None, "DE"): ["California", "Bayern", "ß"],
}

# The numbering plans' answer, by hand.
PHONES = [
    ("(555) 123-4567", "US", "+15551234567"), ("(415) 555-2671", "US", "+14155552671"), ("415-555-2671", "us", "+14155552671"),
    ("415.555.2671", "USA", "+14155552671"), ("1 (415) 555-2671", "US", "+14155552671"), ("14155552671", "US", "+14155552671"),
    ("+1 415 555 2671", "", "+14155552671"), ("+14155552671", "DE", "+14155552671"), ("001 415 555 2671", "DE", "+14155552671"),
    ("001 415 555 2671", "US", "+14155552671"), ("001 415 555 2671", "", "+14155552671"), ("011 44 20 7946 0958", "US", "+442079460958"),
    ("(415) 555-2671 ext. 12", "US", "+14155552671"), ("415-555-2671 x12", "US", "+14155552671"), ("+1-415-555-2671;ext=12", "", "+14155552671"),
    ("tel:+1-415-555-2671", "", "+14155552671"), ("tel:+1-415-555-2671;ext=5", "GB", "+14155552671"), ("\u202a+1 (415) 555\u20112671\u202c", "", "+14155552671"),
    ("４１５５５５２６７１", "US", "+14155552671"), ("415\u00a0555\u00a02671", "US", "+14155552671"), ("(415) 555-2671", "", None),
    ("4155552671", "", None), ("14155552671", "", "+14155552671"), ("15551234567", "", None), ("1-800-FLOWERS", "US", "+18003569377"),
    ("+1234589947", "", None), ("+1234589947", "US", None), ("555-1234", "US", None), ("911", "US", None), ("12345", "US", None),
    ("0000000000", "US", None), ("+1 000 000 0000", "", None), ("9999999999", "US", None), ("+10000000000", "", None), ("call me", "US", None),
    ("abc", "", None), ("", "US", None), ("undefined", "US", None), ("null", "US", None), ("(not set)", "US", None), ("N/A", "US", None),
    ("+", "US", None), ("00", "US", None), ("+1", "US", None), ("++14155552671", "", "+14155552671"), ("+999 1234567", "", None),
    ("020 7946 0958", "GB", "+442079460958"), ("020 7946 0958", "UK", "+442079460958"), ("+44 (0) 20 7946 0958", "US", "+442079460958"),
    ("0044 20 7946 0958", "US", "+442079460958"), ("0044 (0)20 7946 0958", "FR", "+442079460958"), ("07911 123456", "GB", "+447911123456"),
    ("447911123456", "GB", "+447911123456"), ("447911123456", "US", "+447911123456"), ("+447911123456", "", "+447911123456"), ("030 901820", "DE", "+4930901820"),
    ("0151 12345678", "DE", "+4915112345678"), ("+49 (0)151 12345678", "", "+4915112345678"), ("4915112345678", "US", "+4915112345678"),
    ("004915112345678", "", "+4915112345678"), ("06 12 34 56 78", "FR", "+33612345678"), ("0033 6 12 34 56 78", "FR", "+33612345678"),
    ("+33 (0)6 12 34 56 78", "", "+33612345678"), ("06 12345678", "IT", "+390612345678"), ("+39 06 12345678", "", "+390612345678"),
    ("347 123 4567", "IT", "+393471234567"), ("612 34 56 78", "ES", "+34612345678"), ("(11) 98765-4321", "BR", "+5511987654321"),
    ("0055 11 98765-4321", "BR", "+5511987654321"), ("0 11 98765-4321", "BR", "+5511987654321"), ("0011 44 20 7946 0958", "AU", "+442079460958"),
    ("0412 345 678", "AU", "+61412345678"), ("0011 64 21 345 678", "AU", "+6421345678"), ("010 1 415 555 2671", "JP", "+14155552671"),
    ("090-1234-5678", "JP", "+819012345678"), ("98765 43210", "IN", "+919876543210"), ("09876543210", "IN", "+919876543210"),
    ("8 (912) 345-67-89", "RU", "+79123456789"), ("044 668 18 00", "CH", "+41446681800"), ("0612345678", "NL", "+31612345678"),
    ("٠٧٩١١١٢٣٤٥٦", "GB", "+447911123456"), ("55 1234 5678", "MX", "+525512345678"), ("(604) 555-0123", "CA", "+16045550123"),
    ("604 555 0123", "Canada", "+16045550123"), ("020 7946 0958", "XX", None), ("+1 415 555 2671 99999999", "", None), ("+49", "", None), ("1" * 300, "US", None),
    ("(415) 555-2671" + " " * 1000, "US", None), ("4155552671, 4155552672", "US", None), (";phone-context=+1", "US", None),
]

# --- the rows -----------------------------------------------------------------------------------------------------

RULES = {"trim": trim, "lower_nfc": lower_nfc, "email": email, "name": name, "birth_date": birth_date, "city": city,
         "external_id": external_id, "external_id_exact": external_id_exact, "advertising_id": advertising_id,
         "public_address": public_address, "existing_digest": existing_digest, "sha256": lambda text: text}


def rows():
    for rule, texts in TEXTS.items():
        yield from ((rule, text, "", RULES[rule](text)) for text in texts)
    yield from (("postal_code", text, hint, postal_code(text, hint)) for text, hint in POSTAL_CODES)
    for expected, words in GENDERS.items():
        yield from (("gender", word, "", expected) for word in words.split(" "))
    for expected, words in COUNTRIES.items():
        yield from (("country", word, "", expected) for word in words)
    for (expected, hint), words in REGIONS.items():
        yield from (("region", word, hint, expected) for word in words)
    yield from (("phone", text, hint, expected) for text, hint, expected in PHONES)


def compose():
    lines = ["# Written by make_vectors.py. field, input, hint, normalised, SHA-256"]
    seen = set()
    for rule, text, hint, expected in rows():
        if (rule, text, hint) in seen:
            sys.exit(f"make_vectors.py: twice: {rule} {text!r} {hint!r}")
        seen.add((rule, text, hint))
        hashed = "-" if expected is None else digest(expected)
        if expected in PINNED and PINNED[expected] != hashed:
            sys.exit(f"make_vectors.py: {expected!r} does not give the published digest")
        begin, end = PINNED_ENDS.get(expected, ("", ""))
        if expected in PINNED_ENDS and not (hashed.startswith(begin) and hashed.endswith(end)):
            sys.exit(f"make_vectors.py: {expected!r} does not give the published digest")
        lines.append("\t".join((rule, json.dumps(text), hint, "-" if expected is None else json.dumps(expected), hashed)))
    missing = [text for text in list(PINNED) + list(PINNED_ENDS) if digest(text) not in "\n".join(lines)]
    if missing:
        sys.exit(f"make_vectors.py: no row gives {missing}")
    return "\n".join(lines) + "\n"


def main():
    text = compose()
    if sys.argv[1:] != ["--check"]:
        VECTORS.write_text(text)
        return 0
    difference = list(difflib.unified_diff(VECTORS.read_text().splitlines(), text.splitlines(), "vectors.tsv", "expected", "", "", 0, ""))
    print("\n".join(difference) or f"vectors.tsv: {text.count(chr(10)) - 1} rows as written")
    return 1 if difference else 0


sys.exit(main())
