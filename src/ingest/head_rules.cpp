#include "head_rules.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "pinrelay/core/ascii.hpp"

namespace pinrelay::ingest {
namespace {

constexpr std::array methods = {"GET", "HEAD", "POST", "PUT", "OPTIONS"};
constexpr std::string_view allow = "GET, HEAD, POST, PUT, OPTIONS";

constexpr http::Refusal no_path{404, "not_found", "no such path here"};
constexpr http::Refusal wrong_method{405, "method_not_allowed", "use POST"};
constexpr http::Refusal wrong_encoding{415, "unsupported_encoding", "send the body uncompressed or as gzip"};
constexpr http::Refusal wrong_type{415, "unsupported_media_type", "send JSON, not a form"};

constexpr std::array encodings = {"identity", "gzip", "x-gzip"};

// "True" as Python writes it, too: a test that is not known as one becomes a conversion.
constexpr std::array<std::string_view, 4> debug_words = {"1", "true", "yes", "on"};

bool asks_debug(const http::Request& head) {
    const auto flag = head.query.empty() ? std::nullopt : head.query_value("debug");
    return flag && std::ranges::any_of(debug_words,
                                       [&](std::string_view word) { return ascii::equals_ignoring_case(*flag, word); });
}

}  // namespace

http::Response to_response(const HeadRefusal& refused) {
    const auto& [status, code, message] = refused.refusal;
    auto response = http::error_response(status, code, refused.field, message);
    if (!refused.allow.empty()) response.headers.emplace_back("Allow", refused.allow);
    return response;
}

bool may_lose_events(const http::Request& head, const HeadRefusal& refused) noexcept {
    if (refused.refusal == debug_off || refused.refusal == debug_for_known) return false;
    return refused.refusal != no_path || head.method == "POST";
}

std::optional<HeadRefusal> HeadRules::refuse_target(const http::Request& head) const {
    const auto endpoint = endpoints_.find(head.path);
    if (!endpoint) return HeadRefusal{no_path, {}, {}};
    // A test that cannot be answered must not become a conversion.
    if (!debug_ && (*endpoint == Endpoint::Debug || asks_debug(head))) return HeadRefusal{debug_off, {}, {}};
    if (std::ranges::find(methods, head.method) == methods.end()) return HeadRefusal{wrong_method, {}, allow};
    return std::nullopt;
}

Purpose HeadRules::purpose(const http::Request& head) const {
    const auto endpoint = endpoints_.find(head.path);
    if (endpoint == Endpoint::Health) return Purpose::Health;  // by any method: HAProxy asks with OPTIONS
    if (head.method == "OPTIONS") return Purpose::Preflight;
    if (head.method == "HEAD") return Purpose::Health;
    return debug_ && (endpoint == Endpoint::Debug || asks_debug(head)) ? Purpose::Explain : Purpose::Collect;
}

std::optional<HeadRefusal> refuse_body_type(const http::Request& head) {
    const std::string* encoding = head.header("Content-Encoding");
    const auto is_encoding = [&](const char* known) { return ascii::equals_ignoring_case(*encoding, known); };
    if (encoding != nullptr && std::ranges::none_of(encodings, is_encoding))
        return HeadRefusal{wrong_encoding, "Content-Encoding", {}};
    const std::string* type = head.header("Content-Type");
    if (type != nullptr && ascii::starts_with_ignoring_case(*type, "multipart/"))
        return HeadRefusal{wrong_type, "Content-Type", {}};
    return std::nullopt;
}

}  // namespace pinrelay::ingest
