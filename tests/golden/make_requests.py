#!/usr/bin/env python3
"""Writes request.json of the golden cases that are one GA4 event in one JSON form: every event that Google recommends or
collects by itself, as server-container event data (nested and flattened), dataLayer push and Measurement Protocol.

The same input gives the same files. Cases that are not named here were written by hand; this script leaves them alone.
After a change: run it, then the program `golden` with PINRELAY_BLESS=1, and read the difference.
"""

import json
from pathlib import Path

HERE = Path(__file__).resolve().parent

ITEMS = [
    {"item_id": "SKU-A", "item_name": "Blue shirt", "item_brand": "Acme", "item_category": "Shirts",
     "item_variant": "M", "price": 39.99, "quantity": 1},
    {"item_id": "SKU-B", "item_name": "Red shirt", "price": 40.0, "discount": 2.5, "quantity": 2},
]
MONEY = {"currency": "USD", "value": 119.99}
CART = {**MONEY, "items": ITEMS}
ITEM_LIST = {"item_list_id": "related", "item_list_name": "Related products"}
PROMOTION = {"promotion_id": "P1", "promotion_name": "Spring", "creative_name": "Banner", "creative_slot": "top"}
VIDEO = {"video_title": "How it is made", "video_url": "https://shop.example/film", "video_provider": "youtube",
         "video_current_time": 0, "video_duration": 90, "video_percent": 0, "visible": True}

WEB_EVENTS = {
    "page_view": {},
    "view_item": CART,
    "view_item_list": {**ITEM_LIST, "items": ITEMS},
    "search": {"search_term": "linen shirt"},
    "view_search_results": {"search_term": "linen shirt", "items": ITEMS},
    "add_to_cart": CART,
    "begin_checkout": {**CART, "coupon": "SUMMER"},
    "purchase": {**CART, "transaction_id": "ORDER-12345", "tax": 8.4, "shipping": 4.99, "coupon": "SUMMER",
                 "affiliation": "Online", "customer_type": "new"},
    "generate_lead": {**MONEY, "lead_source": "Trade show"},
    "sign_up": {"method": "email"},
    "add_to_wishlist": CART,
    "add_payment_info": {**CART, "payment_type": "Credit card", "coupon": "SUMMER"},
    "add_shipping_info": {**CART, "shipping_tier": "Ground", "coupon": "SUMMER"},
    "view_cart": CART,
    "select_item": {**ITEM_LIST, "items": ITEMS[:1]},
    "select_promotion": {**PROMOTION, "items": ITEMS[:1]},
    "view_promotion": {**PROMOTION, "items": ITEMS[:1]},
    "remove_from_cart": CART,
    "refund": {**CART, "transaction_id": "ORDER-12345"},
    "video_start": VIDEO,
    "video_progress": {**VIDEO, "video_current_time": 45, "video_percent": 50},
    "video_complete": {**VIDEO, "video_current_time": 90, "video_percent": 100},
    "select_content": {"content_type": "product", "content_id": "C_12345"},
    "qualify_lead": MONEY,
    "working_lead": {**MONEY, "lead_status": "Called"},
    "disqualify_lead": {**MONEY, "disqualified_lead_reason": "Not looking to buy"},
    "close_convert_lead": MONEY,
    "close_unconvert_lead": {**MONEY, "unconvert_lead_reason": "Never responded"},
    "login": {"method": "email"},
    "share": {"method": "link", "content_type": "image", "item_id": "C_12345"},
    "join_group": {"group_id": "G_12345"},
    "tutorial_begin": {},
    "tutorial_complete": {},
    "earn_virtual_currency": {"virtual_currency_name": "Gems", "value": 5},
    "spend_virtual_currency": {"value": 5, "virtual_currency_name": "Gems", "item_name": "Starter boost"},
    "level_start": {"level_name": "The journey begins"},
    "level_up": {"level": 5, "character": "Player 1"},
    "level_end": {"level_name": "The journey begins", "success": True},
    "post_score": {"score": 10000, "level": 5, "character": "Player 1"},
    "unlock_achievement": {"achievement_id": "A_12345"},
    "ad_impression": {**MONEY, "ad_platform": "MoPub", "ad_source": "networkname", "ad_format": "Banner",
                      "ad_unit_name": "Top"},
    "campaign_details": {"campaign_id": "google_1234", "campaign": "Spring", "source": "google", "medium": "cpc",
                         "term": "shirt", "content": "logolink"},
    "screen_view": {"screen_name": "Home", "screen_class": "Main"},
    "exception": {"description": "TypeError", "fatal": False},
    "scroll": {"percent_scrolled": 90},
    "click": {"link_url": "https://elsewhere.example/", "link_domain": "elsewhere.example", "outbound": True},
    "file_download": {"file_name": "/size-guide.pdf", "file_extension": "pdf"},
    "form_start": {"form_id": "contact", "form_name": "Contact"},
    "form_submit": {"form_id": "contact", "form_name": "Contact", "form_submit_text": "Send"},
    "user_engagement": {"engagement_time_msec": 1200},
    "session_start": {},
    "first_visit": {},
}
APP_EVENTS = {
    "first_open": {"previous_gmp_app_id": "none"},
    "app_open": {},
    "in_app_purchase": {**MONEY, "product_id": "gems_100", "quantity": 1, "subscription": False},
    "app_store_subscription_convert": {**MONEY, "product_id": "plus_yearly", "quantity": 1, "subscription": True},
}

USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/123.0.0.0 Safari/537.36"
PAGE = {"page_location": "https://shop.example/shirts?epik=dj0yJnU9abc", "page_referrer": "https://www.pinterest.com/",
        "page_title": "Shirts"}
PERSON = {"email_address": "jane.doe@example.com", "phone_number": "+14155552671",
          "address": {"first_name": "Jane", "last_name": "Doe", "city": "San Francisco", "region": "CA",
                      "postal_code": "94103", "country": "US"}}
ECOMMERCE_KEYS = {"currency", "value", "items", "transaction_id", "tax", "shipping", "coupon", "affiliation",
                  "item_list_id", "item_list_name", "payment_type", "shipping_tier", *PROMOTION}
SECONDS = 1713571200


def event_data(name, params):
    """As a server container's tags see it: every parameter at the top."""
    return {"event_name": name, "event_id": f"{name}-1", "client_id": "1234567890.1713570000", **PAGE, **params,
            "page_hostname": "shop.example", "language": "en-us", "screen_resolution": "1920x1080",
            "ip_override": "203.0.113.45", "user_agent": USER_AGENT, "user_id": "user-77", "user_data": PERSON,
            "timestamp": SECONDS, "ga_session_id": "1713570000", "ga_session_number": 1,
            "x-ga-protocol_version": "2", "x-ga-measurement_id": "G-TEST123", "x-ga-gcs": "G111",
            "x-ga-gcd": "13t3t3t3t5", "x-ga-page_id": 1029384756, "x-ga-request_count": 2,
            "x-ga-system_properties": {"fv": "1"}}


def flattened(value, prefix=""):
    """As the tag's option "flatten" does it: '_' between the levels and for '-'; arrays stay."""
    flat = {}
    for key, inside in value.items():
        name = prefix + key.replace("-", "_")
        if isinstance(inside, dict):
            flat.update(flattened(inside, name + "_"))
        else:
            flat[name] = inside
    return flat


def data_layer(name, params):
    """A push of a page: ecommerce parameters in `ecommerce`, the rest beside it."""
    ecommerce = {key: value for key, value in params.items() if key in ECOMMERCE_KEYS}
    other = {key: value for key, value in params.items() if key not in ECOMMERCE_KEYS}
    push = {"event": name, "event_id": f"{name}-1", "timestamp_ms": SECONDS * 1000 + 123, **PAGE, **other,
            "user_id": "user-77", "user_data": PERSON, "consent_state": {"ad_storage": True, "ad_user_data": True},
            "gtm.uniqueEventId": 7}
    if ecommerce:
        push["ecommerce"] = ecommerce
    return push


def measurement_protocol(name, params, identity):
    return {**identity, "user_id": "user-77", "timestamp_micros": str(SECONDS * 1000000 + 123456),
            "user_properties": {"plan": {"value": "plus"}},
            "user_data": {"sha256_email_address": ["86e0b9e56c17cc4d12387e1949b85053fbe73bc3ce5a1188713a9d300cc6133d"],
                          "address": [{"city": "San Francisco", "region": "CA", "postal_code": "94103",
                                       "country": "US"}]},
            "consent": {"ad_user_data": "GRANTED", "ad_personalization": "DENIED"},
            "events": [{"name": name, "params": {**params, "event_id": f"{name}-1", "engagement_time_msec": 100}}]}


def write(form, case, request, meta):
    folder = HERE / form / case
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "request.json").write_text(json.dumps(request, indent=2) + "\n", encoding="utf-8")
    (folder / "request.meta.json").write_text(json.dumps(meta, indent=2) + "\n", encoding="utf-8")


CONTAINER = {"headers": {"Content-Type": "application/json"}}
BROWSER = {"headers": {"Content-Type": "text/plain;charset=UTF-8", "User-Agent": USER_AGENT,
                       "Origin": "https://shop.example", "Sec-Fetch-Site": "same-origin"}}
WEB_STREAM = {"path": "/collect/mp/collect", "query": "measurement_id=G-TEST123&api_secret=x",
              "headers": {"User-Agent": "python-requests/2.31.0"}}
APP_STREAM = {"path": "/collect/mp/collect", "query": "firebase_app_id=1:42:android:f00&api_secret=x",
              "headers": {"User-Agent": "okhttp/4.12.0"}}


def main():
    for name, params in WEB_EVENTS.items():
        nested = event_data(name, params)
        write("event_data", name, nested, CONTAINER)
        write("event_data", name + "_flattened", flattened(nested), CONTAINER)
        write("data_layer", name, data_layer(name, params), BROWSER)
        web = {**params, "page_location": PAGE["page_location"]}
        write("measurement_protocol", name, measurement_protocol(name, web, {"client_id": "1234567890.1713570000"}),
              WEB_STREAM)
    for name, params in APP_EVENTS.items():
        app = {"app_instance_id": "0123456789abcdef0123456789abcdef"}
        write("measurement_protocol", name, measurement_protocol(name, params, app), APP_STREAM)


if __name__ == "__main__":
    main()
