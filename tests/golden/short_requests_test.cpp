// What short requests can make of the store, with the real decoders and the real destination.
#include <gtest/gtest.h>

#include <functional>
#include <ostream>

#include "fixtures/gzip.hpp"
#include "ingest/limits/request_cost.hpp"
#include "pinrelay/destinations/pinterest/pinterest.hpp"
#include "unit/ingest/collect_handler_fixture.hpp"

namespace pinrelay::ingest {
namespace {

// `count` times `one`, in which each # is the number; between them commas.
std::string many(int count, const std::string& one, const std::string& between = ",") {
    std::string all;
    for (int i = 0; i < count; ++i) {
        if (i > 0) all += between;
        for (const char c : one) {
            if (c == '#')
                all += std::to_string(i);
            else
                all += c;
        }
    }
    return all;
}

std::string list(int count, const std::string& one) { return "[" + many(count, one) + "]"; }

const std::string hundred_events = R"("events":)" + list(100, R"({"name":"add_to_cart"})");
const std::string item = R"({"item_id":"SKU-#","item_name":"A thing with a name","price":9.99})";
const std::string purchase =
    R"({"event":"purchase","event_id":"order-#","transaction_id":"T-#","value":79.99,"currency":"EUR",)"
    R"("page_location":"https://shop.example/thanks?order=#","client_id":"1234567890.#","items":[)"
    R"({"item_id":"SKU-#","item_name":"A thing","price":79.99,"quantity":1}],)"
    R"("user_data":{"email":"jane#@example.com","phone_number":"+49151123#45678"}})";

struct ShortRequest {
    const char* name;
    bool is_taken;
    std::string body;
    std::string path = "/collect";
    std::string query{};
    std::string agent = "Mozilla/5.0 (X11; Linux x86_64)";
};
void PrintTo(const ShortRequest& request, std::ostream* out) { *out << request.name; }

const ShortRequest short_requests[] = {
    {"SharedEmailsPhonesAndAddresses", false,
     R"({"user_data":{"email_address":)" + list(100, R"("jane#@example.com")") + R"(,"phone_number":)" +
         list(100, R"("+4915112345#00")") + R"(,"address":)" +
         list(20, R"({"first_name":"Jane#","last_name":"Doe#","city":"City#","postal_code":"1000#","country":"DE"})") +
         "}," + hundred_events + "}"},
    {"SharedPhones", false,
     R"({"user_data":{"email":"j@e.com","phone_number":)" + list(100, R"("+4915112345#00")") + "}," + hundred_events +
         "}"},
    {"SharedExternalIds", false,
     R"({"user_data":{"email":"j@e.com","external_id":)" + list(100, R"("id-#")") + "}," + hundred_events + "}"},
    {"SharedItems", false,
     R"({"user_data":{"email":"j@e.com"},"items":)" + list(100, item) + "," + hundred_events + "}"},
    {"SharedItemsAndPeople", false,
     R"({"items":)" + list(50, item) + R"(,"user_data":{"email":)" + list(50, R"("jane#@example.com")") + "}," +
         hundred_events + "}"},
    {"SharedItemsOfAnEnvelope", false,
     R"({"items":)" + list(100, item) + R"(,"data":)" + list(100, R"({"event":"purchase"})") + "}"},
    {"SharedItemsOfAGtagCommand", false,
     R"([["set",{"items":)" + list(100, item) + "}]," + many(100, R"(["event","purchase",{}])") + "]"},
    {"SharedPage", false,
     R"({"user_data":{"email":"j@e.com"},"page_location":"https://e.com/)" + std::string(2'000, 'x') + "\"," +
         hundred_events + "}"},
    {"SharedTexts", false,
     R"({"user_data":{"email":"j@e.com"},"search_term":")" + std::string(4'000, 'x') + R"(","content_name":")" +
         std::string(4'000, 'y') + "\"," + hundred_events + "}"},
    {"SharedQueryOfLines", false, many(200, "en=page_view&_s=#", "\r\n"), "/collect/g/collect",
     "v=2&tid=G-1&cid=1.2&dl=https%3A%2F%2Fe.com%2F" + std::string(4'000, 'x')},
    {"UserAgentOfEachEvent", false, list(60, R"({"event":"sign_up","event_id":"#"})"), "/collect", "",
     std::string(8'000, 'x')},
    {"ThousandsOfTinyEvents", false, list(2'000, R"({"event":"sign_up"})")},
    {"ThousandsOfTinyEventsInGzip", false, test::gzip(list(2'000, R"({"event":"sign_up","event_id":"#"})"))},

    {"OneShortEvent", true, R"({"event":"sign_up"})"},
    {"OnePersonsSession", true,
     R"({"client_id":"1.2","user_data":{"email_address":"jane@example.com","phone_number":"+4915112345678","address":)"
     R"({"first_name":"Jane","last_name":"Doe","city":"Berlin","postal_code":"10115","country":"DE"}},"events":)" +
         list(25, R"({"name":"add_to_cart","params":{"currency":"EUR","value":9.99,"items":[{"item_id":"SKU-#"}]}})") +
         "}"},
    {"APageOfTheGoogleTag", true, many(20, "en=view_item&_et=#&pr1=idSKU-#~nmA%20thing~pr9.99", "\r\n"),
     "/collect/g/collect",
     "v=2&tid=G-1&cid=1.2&ul=en-us&sr=1920x1080&dl=https%3A%2F%2Fshop.example%2Fthings%2F1&dt=Things"},
    {"AThousandPurchases", true, list(1'000, purchase)},
    {"AThousandPurchasesInGzip", true, test::gzip(list(1'000, purchase))},
};

class ShortRequests : public CollectHandlerTest, public testing::WithParamInterface<ShortRequest> {
protected:
    ShortRequests() { start({}); }

    void start(const CollectSettings& settings) {
        destinations::pinterest::Settings account;
        account.ad_account_id = "549755885175";
        account.access_token = Secret("token");
        pinterest_ = destinations::pinterest::make_pinterest(std::move(account));
        serve(settings, {{pinterest_.get(), {}, {}, {}}});
    }

    http::Request request_of(const ShortRequest& wanted, const std::string& client = "203.0.113.7") const {
        http::Request request = post(wanted.body, wanted.path, wanted.query);
        request.peer_address = client;
        request.received = Time(std::chrono::hours(490'000));
        for (auto& [name, value] : request.headers)
            if (name == "User-Agent") value = wanted.agent;
        return request;
    }

    std::uint64_t stored() const {
        std::uint64_t bytes = 0;
        for (const auto& record : spool.records) bytes += spool::bytes_of(record);
        return bytes;
    }

private:
    std::unique_ptr<destination::Destination> pinterest_;
};

TEST_P(ShortRequests, AreTakenOnlyWhereTheyStoreLittle) {
    const ShortRequest& sent = GetParam();

    const auto response = send(request_of(sent));

    if (sent.is_taken) {
        EXPECT_EQ(response.status, 204) << response.body;
        EXPECT_GT(stored(), 0U);
        return;
    }
    EXPECT_EQ(response.status, 413);
    EXPECT_NE(response.body.find("stores_too_much"), std::string::npos) << response.body;
    EXPECT_EQ(stored(), 0U);
    EXPECT_EQ(metrics["rejected:stores_too_much"], 1U);
}

INSTANTIATE_TEST_SUITE_P(Requests, ShortRequests, testing::ValuesIn(short_requests),
                         [](const auto& test) { return std::string(test.param.name); });

// Just below the bound: 60 kB of records for 1 kB of request.
TEST_F(ShortRequests, OfOneClientAreRefusedLongBeforeTheyFillTheStore) {
    CollectSettings settings;
    settings.requests_per_client = PerSecond{10};  // 100 at once
    start(settings);
    const ShortRequest dear{"", true,
                            R"({"user_data":{"email":)" + list(10, R"("j#@e.com")") + R"(},"events":)" +
                                list(40, R"({"name":"sign_up"})") + "}"};
    int requests = 0;
    while (requests < 1'000 && send(request_of(dear)).status == 204) ++requests;

    EXPECT_LT(requests, 1'000);
    EXPECT_LT(stored(), 1'000'000U) << "100 of one KiB at once, and one request beyond them";
    EXPECT_EQ(send(request_of(dear)).status, 429);
    const ShortRequest good{"", true, R"({"event":"sign_up","event_id":"good"})"};
    EXPECT_EQ(send(request_of(good, "198.51.100.1")).status, 204);
}

}  // namespace
}  // namespace pinrelay::ingest
