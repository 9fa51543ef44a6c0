#include "head_rules.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "pinrelay/core/ascii.hpp"

namespace pinrelay::ingest {
namespace {

constexpr std::array methods = {"GET", "HEAD", "POST", "PUT", "OPTIONS"};
constexpr std::string_view allow = "GET, HEAD, POST, PUT, OPTIONS";

constexpr std::array encodings = {"identity", "gzip", "x-gzip"};

bool asks_debug(const http::Request& head) {
    const auto flag = head.query.empty() ? std::nullopt : head.query_value("debug");
    return flag && (*flag == "1" || *flag == "true");
}

}  // namespace

std::optional<http::Response> HeadRules::refuse_target(const http::Request& head) const {
    const auto endpoint = endpoints_.find(head.path);
    if (!endpoint) return http::error_response(404, "not_found", "", "no such path here");
    // A test that cannot be answered must not become a conversion.
    if (!debug_ && (*endpoint == Endpoint::Debug || asks_debug(head)))
        return http::error_response(404, "debug_off", "", "debug answers are switched off here");
    if (std::ranges::find(methods, head.method) == methods.end()) {
        auto response = http::error_response(405, "method_not_allowed", "", "use POST");
        response.headers.emplace_back("Allow", allow);
        return response;
    }
    return std::nullopt;
}

Purpose HeadRules::purpose(const http::Request& head) const {
    const auto endpoint = endpoints_.find(head.path);
    if (endpoint == Endpoint::Health) return Purpose::Health;  // by any method: HAProxy asks with OPTIONS
    if (head.method == "OPTIONS") return Purpose::Preflight;
    if (head.method == "HEAD") return Purpose::Health;
    return debug_ && (endpoint == Endpoint::Debug || asks_debug(head)) ? Purpose::Explain : Purpose::Collect;
}

std::optional<http::Response> refuse_body_type(const http::Request& head) {
    const std::string* encoding = head.header("Content-Encoding");
    const auto is_encoding = [&](const char* known) { return ascii::equals_ignoring_case(*encoding, known); };
    if (encoding != nullptr && std::ranges::none_of(encodings, is_encoding))
        return http::error_response(415, "unsupported_encoding", "Content-Encoding",
                                    "send the body uncompressed or as gzip");
    const std::string* type = head.header("Content-Type");
    if (type != nullptr && ascii::starts_with_ignoring_case(*type, "multipart/"))
        return http::error_response(415, "unsupported_media_type", "Content-Type", "send JSON, not a form");
    return std::nullopt;
}

}  // namespace pinrelay::ingest
