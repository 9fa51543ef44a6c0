#include "access.hpp"

#include <algorithm>

#include "own_hosts.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/core/url_text.hpp"

namespace pinrelay::admin {
namespace {

constexpr std::string_view bearer = "Bearer ";

bool needs_token(Kind kind) noexcept { return kind != Kind::Check && kind != Kind::Asset && kind != Kind::Scrape; }

bool is_of_the_page(Kind kind) noexcept { return kind == Kind::Data || kind == Kind::Action; }

// Takes as long wherever the texts differ, so that nobody finds the token byte by byte.
bool is_equal(std::string_view given, std::string_view token) noexcept {
    if (given.size() != token.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < token.size(); ++i)
        difference |= static_cast<unsigned char>(given[i]) ^ static_cast<unsigned char>(token[i]);
    return difference == 0;
}

bool carries(const http::Request& head, const Secret& token) {
    const auto* given = head.header("Authorization");
    if (given == nullptr || given->size() < bearer.size()) return false;
    const std::string_view text = *given;
    return ascii::equals_ignoring_case(text.substr(0, bearer.size()), bearer) &&
           is_equal(text.substr(bearer.size()), token.reveal());
}

// The scheme does not matter: a proxy in front may speak TLS.
bool is_same_origin(std::string_view origin, std::string_view host) noexcept {
    const auto parts = split_origin(origin, Backslash::IsOrdinary);
    return parts && ascii::equals_ignoring_case(parts->authority, host);
}

http::Response wrong_method(std::string allow, std::string_view hint) {
    auto response = http::error_response(405, "method_not_allowed", "", hint);
    response.headers.emplace_back("Allow", std::move(allow));
    return response;
}

std::optional<http::Response> refuse_method(const http::Request& head, bool is_check) {
    if (head.method == "GET" || head.method == "HEAD") return std::nullopt;
    if (!is_check) return wrong_method("GET, HEAD", "use GET");
    if (head.method == "OPTIONS") return std::nullopt;
    return wrong_method("GET, HEAD, OPTIONS", "use GET");
}

http::Response unauthorised(std::string_view hint) {
    auto response = http::error_response(401, "token_required", "Authorization", hint);
    response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"pinrelay\"");
    return response;
}

}  // namespace

std::optional<http::Response> Access::refuse(const http::Request& head, std::optional<Kind> kind) const {
    if (auto refusal = refuse_stranger(head, kind == Kind::Check)) return refusal;
    if (!kind) return http::error_response(404, "not_found", "", "no such path here");
    if (auto refusal = refuse_without_token(head, *kind)) return refusal;
    if (kind == Kind::Action) return refuse_action(head);
    if (kind != Kind::Command) return refuse_method(head, kind == Kind::Check);
    if (head.method != "POST") return wrong_method("POST", "use POST");
    if (head.header("Origin") != nullptr) return forbid("site", "Origin", "not from a page in a browser");
    return std::nullopt;
}

bool Access::knows_host(const http::Request& head) const {
    const auto* host = head.header("Host");
    if (host == nullptr) return true;
    return is_own_host(*host, parts_.listen, parts_.hosts ? parts_.hosts() : std::vector<std::string>());
}

std::optional<http::Response> Access::refuse_stranger(const http::Request& head, bool is_check) const {
    if (!is_check && !knows_host(head)) {
        return forbid("host", "Host",
                      "this name is not known as the relay's; if it is, add it to `admin_names` "
                      "(PINRELAY_ADMIN_NAMES)");
    }
    const auto* site = head.header("Sec-Fetch-Site");
    if (site != nullptr && *site != "same-origin" && *site != "none")
        return forbid("site", "Sec-Fetch-Site", "not from a page of another site");
    return std::nullopt;
}

std::optional<http::Response> Access::refuse_without_token(const http::Request& head, Kind kind) const {
    if (!needs_token(kind)) return std::nullopt;
    const Secret token = parts_.token ? parts_.token() : Secret();
    if (!token.empty()) {
        if (carries(head, token)) return std::nullopt;
        parts_.metrics.admin_refused("token");
        return unauthorised("send `Authorization: Bearer` with the token of admin_token");
    }
    if (!is_of_the_page(kind) || listens_on_loopback(parts_.listen)) return std::nullopt;
    return forbid("token", "",
                  "the admin port listens beyond loopback, so this needs a token: set `admin_token_file` "
                  "(PINRELAY_ADMIN_TOKEN_FILE)");
}

std::optional<http::Response> Access::refuse_action(const http::Request& head) const {
    if (head.method != "POST") return wrong_method("POST", "use POST");
    const auto* origin = head.header("Origin");
    const auto* host = head.header("Host");
    if (origin != nullptr && (host == nullptr || !is_same_origin(*origin, *host)))
        return forbid("site", "Origin", "not from a page of another site");
    if (head.header(action_header) == nullptr)
        return forbid("site", action_header, "an action needs this header, with any value");
    return std::nullopt;
}

http::Response Access::forbid(std::string_view reason, std::string_view field, std::string_view hint) const {
    parts_.metrics.admin_refused(reason);
    return http::error_response(403, "forbidden", field, hint);
}

}  // namespace pinrelay::admin
