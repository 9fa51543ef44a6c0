#include <gtest/gtest.h>

#include <chrono>
#include <ostream>
#include <string>

#include "golden_case.hpp"
#include "pinrelay/decode/decoder.hpp"
#include "pinrelay/destinations/pinterest/pinterest.hpp"

// The owner's purchase in every form that can arrive: one Pinterest event, equal byte for byte. Its parts are those of
// data_layer/owners_purchase. What a form cannot carry comes from where it then comes from in life:
//   time                     of the Google tag's hits: the moment of receipt, here the same second
//   address and user agent   of a browser's own hit: the connection and its header
namespace pinrelay::test {
namespace {

namespace pinterest = destinations::pinterest;

struct Form {
    const char* name;
    std::string body;
    std::string query;
    friend void PrintTo(const Form& form, std::ostream* out) { *out << form.name; }
};

constexpr const char* user_agent =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 "
    "Mobile/15E148 Safari/604.1";
constexpr const char* ip_address = "203.0.113.45";
constexpr std::chrono::seconds event_time{1'713'571'200};

std::string encoded(std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        const auto byte = static_cast<unsigned char>(c);
        result += plain ? std::string(1, c) : std::string{'%', hex[byte >> 4U], hex[byte & 0xFU]};
    }
    return result;
}

std::string base64(std::string_view text) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string result;
    for (std::size_t i = 0; i < text.size(); i += 3) {
        unsigned bits = 0;
        for (std::size_t j = i; j < i + 3; ++j)
            bits = bits << 8U | (j < text.size() ? static_cast<unsigned char>(text[j]) : 0U);
        for (std::size_t j = 0; j < 4; ++j)
            result += i + j > text.size() ? '=' : digits[bits >> (18U - 6U * static_cast<unsigned>(j)) & 0x3FU];
    }
    return result;
}

Json owners_purchase() { return Json::parse(read_file(golden_root() / "data_layer/owners_purchase/request.json")); }

// As a server container sees it: the parameters of `ecommerce` at the top.
Json event_data() {
    Json event = owners_purchase();
    const Json ecommerce = event["ecommerce"];
    event.erase("ecommerce");
    event.erase("event");
    event["event_name"] = "purchase";
    event.update(ecommerce);
    return event;
}

// `value` under paths of keys, joined by `separator`; arrays stay whole where `keep_arrays`.
void flatten(const Json& value, const std::string& path, char separator, bool keep_arrays, Json& flat) {
    if (!value.is_structured() || (value.is_array() && keep_arrays)) {
        flat[path] = value;
        return;
    }
    for (const auto& [key, inside] : value.items())
        flatten(inside, path.empty() ? key : path + separator + key, separator, keep_arrays, flat);
}

Json flattened(const Json& value, char separator, bool keep_arrays) {
    Json flat = Json::object();
    flatten(value, "", separator, keep_arrays, flat);
    return flat;
}

std::string pairs_of(const Json& flat) {
    std::string pairs;
    for (const auto& [key, value] : flat.items()) {
        pairs += pairs.empty() ? "" : "&";
        pairs += encoded(key) + '=' + encoded(value.is_string() ? value.get<std::string>() : value.dump());
    }
    return pairs;
}

std::string measurement_protocol() {
    Json params = event_data();
    Json body = {{"client_id", "1.2"}, {"user_id", params["user_id"]}, {"user_data", params["user_data"]}};
    body["timestamp_micros"] = params["timestamp_ms"].get<std::int64_t>() * 1000;
    for (const char* key : {"user_id", "user_data", "timestamp_ms", "event_name"}) params.erase(key);
    body["events"] = Json::array({Json{{"name", "purchase"}, {"params", params}}});
    return body.dump();
}

// What the Google tag would have sent, without the name; it writes its own keys for some parameters.
std::string tag_parameters() {
    return "dl=" + encoded(owners_purchase()["page_location"].get<std::string>()) +
           "&uid=user-77&cu=USD&ep.event_id=pin-ORDER-12345-1713571200&ep.transaction_id=ORDER-12345&epn.value=79.99&"
           "pr2=idSKU-B~nmRed%20shirt~pr40.0~qt1&pr1=idSKU-A~nmBlue%20shirt~pr39.99~qt1&ec_mode=c&"
           "ep.user_data.email_address=%20Jane.Doe%40Example.com%20&ep.user_data.phone_number=(415)%20555-2671&"
           "ep.user_data.address.first_name=Jane&ep.user_data.address.last_name=Doe&"
           "ep.user_data.address.city=San+Francisco&ep.user_data.address.region=CA&"
           "ep.user_data.address.postal_code=94103&ep.user_data.address.country=US";
}

// With Segment's names for everything, and as a call of its Node library, which tells the time to the millisecond.
std::string segment_call() {
    const Json push = owners_purchase();
    const Json& person = push["user_data"];
    const Json& address = person["address"];
    Json products = Json::array();
    for (const Json& item : push["ecommerce"]["items"])
        products.push_back({{"product_id", item["item_id"]},
                            {"name", item["item_name"]},
                            {"price", item["price"]},
                            {"quantity", item["quantity"]}});
    Json traits = {{"email", person["email_address"]},
                   {"phone", person["phone_number"]},
                   {"firstName", address["first_name"]},
                   {"lastName", address["last_name"]}};
    traits["address"] = {{"city", address["city"]},
                         {"state", address["region"]},
                         {"postalCode", address["postal_code"]},
                         {"country", address["country"]}};
    Json call = {{"type", "track"}, {"event", "Order Completed"}, {"messageId", push["event_id"]}};
    call["timestamp"] = "2024-04-20T00:00:00.123Z";
    call["userId"] = push["user_id"];
    call["context"] = {{"ip", push["ip_override"]}, {"userAgent", push["user_agent"]}, {"traits", traits}};
    call["context"]["page"]["url"] = push["page_location"];
    call["properties"] = {{"order_id", push["ecommerce"]["transaction_id"]},
                          {"revenue", push["ecommerce"]["value"]},
                          {"total", 99.99},
                          {"currency", push["ecommerce"]["currency"]},
                          {"products", products}};
    return call.dump();
}

std::vector<Form> forms() {
    const std::string push = owners_purchase().dump();
    const std::string data = event_data().dump();
    const std::string shared = "v=2&tid=G-TEST123&cid=1.2&_p=1713571190000&_s=1";
    Json unnamed = event_data();
    unnamed.erase("event_name");
    Json form_pairs = flattened(event_data(), '.', false);
    return {
        {"data_layer", push, ""},
        {"data_layer_gtag_call", Json::array({"event", "purchase", unnamed}).dump(), ""},
        {"data_layer_name_in_query", unnamed.dump(), "event_name=purchase"},
        {"event_data", data, ""},
        {"event_data_flattened", flattened(event_data(), '_', true).dump(), ""},
        {"event_data_dotted", flattened(event_data(), '.', true).dump(), ""},
        {"measurement_protocol", measurement_protocol(), "measurement_id=G-TEST123&api_secret=x"},
        {"batch_array", '[' + push + ']', ""},
        {"batch_envelope", R"({"data":[)" + data + "]}", ""},
        {"json_lines", push + "\n" + R"({"ecommerce":null})", ""},
        {"gtag_query", "", shared + "&en=purchase&" + tag_parameters() + "&richsstsse"},
        {"gtag_line", "en=purchase&" + tag_parameters(), shared},
        {"gtag_lines", "en=purchase&" + tag_parameters() + "\r\nen=scroll&_s=2\r\n", shared},
        {"gtag_all_in_body", shared + "&en=purchase&" + tag_parameters(), ""},
        {"gtag_name_shared", tag_parameters(), shared + "&en=purchase"},
        {"data_tag_base64", "", "v=2&event_name=purchase&dtdc=" + encoded(base64(unnamed.dump()))},
        {"data_tag_json", "", "v=2&event=purchase&dtcd=" + encoded(unnamed.dump())},
        {"form_query", "", pairs_of(form_pairs)},
        {"form_body", pairs_of(form_pairs), ""},
        {"segment_call", segment_call(), ""},
        {"segment_batch", R"({"batch":[)" + segment_call() + R"(],"sentAt":"2024-04-20T00:00:01Z"})", ""},
        {"form_of_a_push", pairs_of(flattened(owners_purchase(), '.', false)), ""},
    };
}

http::Request request_of(const Form& form) {
    http::Request request;
    request.method = form.body.empty() ? "GET" : "POST";
    request.path = "/collect";
    request.query = form.query;
    request.body = form.body;
    request.peer_address = ip_address;
    request.headers = {{"User-Agent", user_agent}, {"Sec-Fetch-Site", "same-origin"}};
    request.received = Time(event_time);
    return request;
}

// The first event of the request, with what ingest adds from the connection of a browser.
std::optional<model::Event> first_event(const http::Request& request) {
    auto decoded = test::decoded(decode::Formats({.segment = true}), request);
    auto* members = std::get_if<decode::Members>(&decoded);
    auto* event = members == nullptr || members->empty() ? nullptr : std::get_if<model::Event>(&members->front());
    if (event == nullptr) return std::nullopt;
    if (event->sender == model::Sender::Server) return std::move(*event);
    if (!event->ip_address) event->ip_address = request.peer_address;
    if (!event->user_agent) event->user_agent = user_agent;
    return std::move(*event);
}

class OnePurchase : public testing::TestWithParam<Form> {};

TEST_P(OnePurchase, BecomesTheSamePinterestEventInEveryForm) {
    pinterest::Settings settings;
    settings.ad_account_id = "549755885175";
    settings.access_token = Secret("t");
    settings.default_region = "US";
    const auto destination = pinterest::make_pinterest(std::move(settings));
    const http::Request request = request_of(GetParam());
    const auto expected = Json::parse(read_file(golden_root() / "data_layer/owners_purchase/pinterest.json"));

    const std::optional<model::Event> event = first_event(request);

    ASSERT_TRUE(event);
    const auto translation = destination->translate(*event, request.received);
    const auto* record = std::get_if<model::Record>(&translation.outcome);
    ASSERT_NE(record, nullptr);
    EXPECT_EQ(record->body, expected[0]["sent"].dump());
    EXPECT_TRUE(translation.warnings.empty());
}

INSTANTIATE_TEST_SUITE_P(Forms, OnePurchase, testing::ValuesIn(forms()),
                         [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace pinrelay::test
