#include "encode.hpp"

#include <string_view>

#include "pinrelay/core/version.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

constexpr std::string_view envelope_begin = R"({"data":[)";
constexpr std::string_view envelope_end = "]}";

std::string joined(const std::vector<model::StoredRecord>& batch) {
    std::size_t size = envelope_begin.size() + envelope_end.size() + batch.size();
    for (const auto& stored : batch) size += stored.record.body.size();

    std::string body;
    body.reserve(size);
    body += envelope_begin;
    for (const auto& stored : batch) {
        if (body.size() > envelope_begin.size()) body += ',';
        body += stored.record.body;
    }
    body += envelope_end;
    return body;
}

}  // namespace

http::Request encode(const std::vector<model::StoredRecord>& batch, const Settings& settings) {
    http::Request request;
    request.method = "POST";
    request.path = "/v5/ad_accounts/" + settings.ad_account_id + "/events";
    if (settings.test_mode) request.query = "test=true";
    request.headers = {
        {"Authorization", "Bearer " + settings.access_token.reveal()},
        {"Content-Type", "application/json"},
        {"Accept", "application/json"},
        {"User-Agent", "pinrelay/" + std::string(version())},
    };
    request.body = joined(batch);
    return request;
}

}  // namespace pinrelay::destinations::pinterest
