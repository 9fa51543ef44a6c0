"""One purchase, as every client sends it in its own form, and what Pinterest must get of it."""

CLICK_ID = "dj0yJnU9abcdefghijklmnop"
PAGE = f"/thanks?epik={CLICK_ID}"
VISITOR = "203.0.113.45"
USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"

VALUE = 79.99
CURRENCY = "EUR"
ITEMS = [{"item_id": "SKU-A", "item_name": "Blue shirt", "price": 39.99, "quantity": 1},
         {"item_id": "SKU-B", "item_name": "Red shirt", "price": 20, "quantity": 2}]

CONTENTS = [{"id": "SKU-A", "item_name": "Blue shirt", "item_price": "39.99", "quantity": 1},
            {"id": "SKU-B", "item_name": "Red shirt", "item_price": "20", "quantity": 2}]


def parameters(event_id):
    """The parameters that GA4 recommends for a purchase. The event's id is also that of the order."""
    return {"transaction_id": event_id, "value": VALUE, "currency": CURRENCY, "items": ITEMS}


def assert_arrived(test, event, event_id, user_agent=USER_AGENT):
    """The event at Pinterest has the right value, items, ids, click id and visitor."""
    test.assertEqual((event["event_name"], event["action_source"], event["event_id"]), ("checkout", "web", event_id))
    test.assertEqual(event["custom_data"], {
        "currency": CURRENCY, "value": "79.99", "order_id": event_id, "content_ids": ["SKU-A", "SKU-B"],
        "contents": CONTENTS, "num_items": 3})
    user = event["user_data"]
    test.assertEqual((user.get("client_ip_address"), user.get("client_user_agent"), user.get("click_id")),
                     (VISITOR, user_agent, CLICK_ID))
