// What one request costs whose hundred events share a person: decoding and translation, without I/O.
// perf stat -e instructions:u shared_people_bench 100 10; the arguments are the values of each person field and the
// number of requests.
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "pinrelay/decode/decoder.hpp"
#include "pinrelay/destinations/pinterest/pinterest.hpp"

namespace {

using namespace pinrelay;

constexpr int events = 100;

std::string list_of(const std::string& before, int count, const std::string& behind) {
    std::string list;
    for (int i = 0; i < count; ++i)
        list.append(list.empty() ? "\"" : ",\"").append(before).append(std::to_string(i)).append(behind).append("\"");
    return "[" + list + "]";
}

http::Request request_of(int values) {
    http::Request request;
    request.method = "POST";
    request.path = "/mp/collect";
    request.received = Time(std::chrono::hours(490'000));
    request.body = R"({"client_id":"1.2","user_data":{"email_address":)" + list_of("jane", values, "@example.com") +
                   R"(,"phone_number":)" + list_of("+4915112345", values, "0") + R"(},"events":[)";
    for (int i = 0; i < events; ++i) request.body += (i == 0 ? "" : ",") + std::string(R"({"name":"add_to_cart"})");
    request.body += "]}";
    return request;
}

}  // namespace

int main(int argc, char** argv) {
    const int values = argc > 1 ? std::atoi(argv[1]) : 100;
    const int requests = argc > 2 ? std::atoi(argv[2]) : 10;
    destinations::pinterest::Settings settings;
    settings.ad_account_id = "549755885175";
    settings.access_token = Secret("token");
    const auto account = destinations::pinterest::make_pinterest(settings);
    const decode::Formats formats;
    const http::Request request = request_of(values);
    std::size_t stored = 0;
    for (int i = 0; i < requests; ++i) {
        model::Arena arena;
        const auto decoded = formats.decode(request, arena);
        const auto memo = account->make_memo();
        for (const auto& member : std::get<decode::Members>(decoded)) {
            const auto& event = std::get<model::Event>(member);
            const auto translation = account->translate_sharing(event, request.received, memo.get());
            if (const auto* record = std::get_if<model::Record>(&translation.outcome)) stored += record->body.size();
        }
    }
    std::printf("received %zu bytes, bodies of records %zu bytes\n", request.body.size(),
                stored / static_cast<std::size_t>(requests));
}
